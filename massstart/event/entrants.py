"""Who is who: the skaters of an event, and under which ids the races and sheets know them.

Decides when a row of a record is a skater of the field. Sheets number skaters in different ways, or not at all, so a
name counts more than a number that belongs to another name. What follows from the rows is not decided here.
"""

from collections.abc import Hashable, Iterator, Sequence

from attrs import field, frozen

from massstart.problems import Problem
from massstart.race import Race
from massstart.records import Starter
from massstart.sheet import Sheet

Record = Race | Sheet


@frozen
class Entrants:
    """The skaters of an event, and who they are in its records.

    Attributes:
        starters: the field, in its order, with names and nations from the records where the field has none.
        ids: for each record the id in the field of each of its skaters; ``None`` where the field has no such skater.
        spellings: places where a skater was recognised by the id under another name, with what to say about it.
    """

    starters: tuple[Starter, ...]
    ids: tuple[tuple[Hashable | None, ...], ...]
    spellings: tuple[Problem, ...] = field(eq=False)

    def starter(self, id: Hashable) -> Starter:
        """The skater of the field with an id."""
        return next(one for one in self.starters if one.id == id)


def identify(entered: Sequence[Starter] | None, records: Sequence[tuple[str, Record | None]]) -> Entrants:
    """Recognise the skaters of an event.

    Args:
        entered: the field; ``None`` where the records have to tell it.
        records: the semifinals in their order, then the final, each with the place where it stands.

    A row is the skater of the field with its id, unless the two are called differently and somebody else in the
    field has that name; failing the id, it is the skater with its name. An id under another name is taken for the
    same skater in another spelling, but not where sheets alone tell the field: there the numbers may be start numbers.
    Nor is one name in two semifinals one skater there, for nobody skates in two.

    Example:
        >>> from massstart import Sheet, SheetRow, Starter
        >>> from massstart.event.entrants import identify
        >>> final = Sheet(id="final", rulebook="isu-2018", rows=[SheetRow(bib="4", name="Bart Swings")])
        >>> identify([Starter("4", "Lee"), Starter("81", "Bart Swings")], [("final", final)]).ids
        (('81',),)
    """
    field = [] if entered is None else list(entered)
    found: list[tuple[Hashable | None, ...]] = []
    spellings: list[Problem] = []
    for where, record in records:
        trusted = entered is not None or isinstance(record, Race)
        ids: list[Hashable | None] = []
        for index, skater in enumerate(() if record is None else record.skaters):
            named = field if entered is not None or where == "final" else ()
            known = _same(skater, field, named, trusted=trusted)
            if known is None and entered is None:
                known = Starter(_free_id(skater, field), skater.name, skater.nation)
                field.append(known)
            ids.append(None if known is None else known.id)
            if known is not None:
                field[field.index(known)] = merged = _merged(known, skater)
                if skater.name not in (None, merged.name):
                    place = f"{where}.{rows(record)}[{index}]"
                    spellings.append(
                        Problem(
                            "name", place, f"{skater.id} is {skater.name!r} here and {merged.name!r} in the field",
                            "check that they are one skater",
                        )
                    )  # fmt: skip
        found.append(tuple(ids))
    return Entrants(tuple(field), tuple(found), tuple(spellings))


def rows(record: Record | None) -> str:
    """Where the skaters of a record stand in its file."""
    return "rows" if isinstance(record, Sheet) else "starters"


def check_entrants(entrants: Entrants, records: Sequence[tuple[str, Record | None]]) -> Iterator[Problem]:
    """Rows that are nobody of the field, or somebody who stands there already: in the same race, or another semifinal."""
    seen: dict[Hashable, str] = {}
    for (where, record), ids in zip(records, entrants.ids, strict=True):
        if where == "final":
            seen = {}
        for index, id in enumerate(ids):
            place = f"{where}.{rows(record)}[{index}]"
            if id is None:
                assert record is not None  # it has this row
                label = record.skaters[index].label
                yield Problem("unknown-id", place, f"{label!r} is not in the field", "correct it, or enter the skater")
            elif id in seen:
                yield Problem("repeated-id", place, f"{id!r} stands at {seen[id]} already", "name each skater once")
            else:
                seen[id] = place


def _same(skater: Starter, field: Sequence[Starter], named: Sequence[Starter], *, trusted: bool) -> Starter | None:
    by_id = next((one for one in field if one.id == skater.id), None)
    if by_id is not None and (None in (by_id.name, skater.name) or by_id.name == skater.name):
        return by_id
    by_name = [one for one in named if one.name is not None and one.name == skater.name]
    if len(by_name) == 1:
        return by_name[0]
    return by_id if trusted else None


def _free_id(skater: Starter, field: Sequence[Starter]) -> Hashable:
    taken = {one.id for one in field}
    return skater.name if skater.id in taken and skater.name not in taken else skater.id


def _merged(known: Starter, skater: Starter) -> Starter:
    return Starter(known.id, known.name or skater.name, known.nation or skater.nation)
