"""Who is who: the skaters of an event, and under which ids the races and sheets know them.

Decides when a row of a record is a skater of the field. Names and nations are compared as `massstart.identity` says.
Sheets number skaters in different ways, or not at all, so a name counts more than a number that a sheet gives its own
rows. What follows from the rows is not decided here.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence

from attrs import field, frozen

from massstart.identity import alike, contained, nation, nearly, same_name
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
        spellings: places where a skater was recognised under another name, with what to say about it.
        contradictions: places where a number stands under the name or the nation of somebody else.
    """

    starters: tuple[Starter, ...]
    ids: tuple[tuple[Hashable | None, ...], ...]
    spellings: tuple[Problem, ...] = field(eq=False)
    contradictions: tuple[Problem, ...] = field(default=(), eq=False)

    def starter(self, id: Hashable) -> Starter:
        """The skater of the field with an id."""
        return next(one for one in self.starters if one.id == id)


def identify(entered: Sequence[Starter] | None, records: Sequence[tuple[str, Record | None]]) -> Entrants:
    """Recognise the skaters of an event.

    Args:
        entered: the field; ``None`` where the records have to tell it.
        records: the semifinals in their order, then the final, each with the place where it stands.

    A row is the skater of the field with its id, if name and nation do not say otherwise; else the only one with its
    name; else the one with its id, if the two names can be spellings of one; else the only one whose name is nearly the
    same. What is not the same name is warned of. A number under the name or the nation of somebody else contradicts
    itself, but not where a sheet numbers its own rows from 1 on, or where the sheets of the semifinals give one number
    to two skaters: there the names tell who it is. Nor is one name in two semifinals one skater where the records have to
    tell the field, for nobody skates in two.

    Example:
        >>> from massstart import Sheet, SheetRow, Starter
        >>> from massstart.event.entrants import identify
        >>> final = Sheet(id="final", rulebook="isu-2018", rows=[SheetRow(bib="1", name="SWINGS Bart")])
        >>> identify([Starter("1", "Lee"), Starter("81", "Bart Swings")], [("final", final)]).ids
        (('81',),)
    """
    field = [] if entered is None else list(entered)
    ids_of_each: list[tuple[Hashable | None, ...]] = []
    spellings: list[Problem] = []
    contradictions: list[Problem] = []
    is_shared = _give_one_number_to_two([record for where, record in records if where != "final"])
    for where, record in records:
        skaters = () if record is None else record.skaters
        known = _recognised(
            skaters,
            field,
            names_count=entered is not None or where == "final",
            numbers_count=not is_shared
            and not _numbers_its_rows(record)
            and (entered is not None or isinstance(record, Race)),
        )
        ids: list[Hashable | None] = []
        for index, (skater, of_the_field) in enumerate(zip(skaters, known, strict=True)):
            entrant = of_the_field
            place = f"{where}.{rows(record)}[{index}]"
            holder = next((one for one in field if one.id == skater.id), None)
            if entrant is None and entered is None:
                entrant = Starter(_free_id(skater, field), skater.name, skater.nation)
                field.append(entrant)
            elif entrant is not None:
                contradiction = _contradiction(skater, entrant, holder, place)
                if contradiction is not None and not is_shared and not _numbers_its_rows(record):
                    contradictions.append(contradiction)
                index_there = [one.id for one in field].index(entrant.id)
                field[index_there] = entrant = _merged(field[index_there], skater)
                if skater.name and not same_name(skater.name, entrant.name):
                    spellings.append(
                        Problem(
                            "name", place, f"{skater.id} is {skater.name!r} here and {entrant.name!r} in the field",
                            "check that they are one skater",
                        )
                    )  # fmt: skip
            ids.append(None if entrant is None else entrant.id)
        ids_of_each.append(tuple(ids))
    return Entrants(tuple(field), tuple(ids_of_each), tuple(spellings), tuple(contradictions))


def _numbers_its_rows(record: Record | None) -> bool:
    """Whether a sheet gives its rows the numbers from 1 on: start numbers, or the places."""
    if not isinstance(record, Sheet):
        return False
    numbers = {row.bib for row in record.rows}
    return numbers <= {str(number) for number in range(1, max(len(record.rows), record.starters or 0) + 1)}


def _give_one_number_to_two(semifinals: Sequence[Record | None]) -> bool:
    """Whether the sheets of the semifinals have one number for skaters of different names."""
    worn: dict[Hashable, list[str]] = defaultdict(list)
    for record in semifinals:
        skaters = record.skaters if isinstance(record, Sheet) else ()
        for number, name in [(skater.id, skater.name) for skater in skaters if skater.name]:
            worn[number].append(name)
    return any(not same_name(names[0], name) for names in worn.values() for name in names[1:])


def _contradiction(skater: Starter, entrant: Starter, holder: Starter | None, place: str) -> Problem | None:
    """A number under the name or the nation of somebody else, if it is one."""
    if holder is None or (holder == entrant and _can_be(skater, holder)):
        return None
    here = " of ".join(filter(None, (skater.name, skater.nation)))
    there = " of ".join(filter(None, (holder.name, holder.nation)))
    return Problem(
        "other-skater", place, f"{skater.id!r} is {there} in the field, and {here} here",
        "correct the number, the name or the nation",
    )  # fmt: skip


def rows(record: Record | None) -> str:
    """Where the skaters of a record stand in its file."""
    return "rows" if isinstance(record, Sheet) else "starters"


def check_entrants(entrants: Entrants, records: Sequence[tuple[str, Record | None]]) -> Iterator[Problem]:
    """Rows that are nobody of the field, somebody else, or somebody who stands there already: in a race or another semifinal."""
    yield from entrants.contradictions
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


def _recognised(
    skaters: Sequence[Starter], field: Sequence[Starter], *, names_count: bool, numbers_count: bool
) -> list[Starter | None]:
    """Who of the field each skater of a record is, the surest first; ``None`` for somebody who is not in it."""
    known: list[Starter | None] = [None] * len(skaters)
    by_id = {entrant.id: entrant for entrant in field}

    def left() -> list[int]:
        return [index for index, entrant in enumerate(known) if entrant is None]

    def only(index: int, is_like: Callable[[str, str], bool], taken: Collection[Hashable]) -> Starter | None:
        """The only one of the field who is like a skater and is not taken."""
        skater = skaters[index]
        fitting = [
            entrant
            for entrant in field
            if entrant.id not in taken
            and entrant.name and skater.name and is_like(entrant.name, skater.name) and _one_nation(entrant, skater)
        ]  # fmt: skip
        return fitting[0] if len(fitting) == 1 else None

    for index in left():
        holder = by_id.get(skaters[index].id)
        if holder is not None and _has_its_name(skaters[index], holder) and _one_nation(skaters[index], holder):
            known[index] = holder
    taken = {entrant.id for entrant in known if entrant is not None}
    for index in left() if names_count else ():
        known[index] = only(index, same_name, taken) or only(index, same_name, ())
    for index in left() if numbers_count else ():
        known[index] = by_id.get(skaters[index].id)
    if names_count:
        taken = {entrant.id for entrant in known if entrant is not None}
        guesses = {index: only(index, _nearly_or_within, taken) for index in left()}
        for index, entrant in guesses.items():
            if list(guesses.values()).count(entrant) == 1:
                known[index] = entrant
    return known


def _nearly_or_within(name: str, also: str) -> bool:
    return nearly(name, also) or contained(name, also)


def _has_its_name(skater: Starter, entrant: Starter) -> bool:
    return not skater.name or not entrant.name or same_name(skater.name, entrant.name)


def _one_nation(skater: Starter, entrant: Starter) -> bool:
    return "" in (nation(skater.nation), nation(entrant.nation)) or nation(skater.nation) == nation(entrant.nation)


def _can_be(skater: Starter, entrant: Starter) -> bool:
    """Whether a row can be a skater of the field in another spelling."""
    return _one_nation(skater, entrant) and (not skater.name or not entrant.name or alike(skater.name, entrant.name))


def _free_id(skater: Starter, field: Sequence[Starter]) -> Hashable:
    taken = {one.id for one in field}
    return skater.name if skater.id in taken and skater.name not in taken else skater.id


def _merged(known: Starter, skater: Starter) -> Starter:
    return Starter(known.id, known.name or skater.name, known.nation or skater.nation)
