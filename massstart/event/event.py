"""One event, from the draw over the semifinals and the final to the overall ranking.

Decides what can be said of an event at each stage: what stands, what is open, what had to be assumed. What it consists
of stands in `massstart.event.record`, which events are refused or warned of in `massstart.event.check`; the start list
in `massstart.advancement` and `massstart.event.finalists`, the rest in the modules beside this one.
"""

from collections.abc import Hashable
from datetime import date
from typing import Literal

from attrs import evolve, frozen

from massstart.advancement import Semifinal, StartList, advanced_by_referee, own_advance, start_list
from massstart.event.check import check_event, event_warnings
from massstart.event.entrants import Record
from massstart.event.finalists import ListChanges, published_list, step_in
from massstart.event.overall import WORDS, Overall, overall
from massstart.event.record import EventRecord, Withdrawal
from massstart.event.seeding import draw
from massstart.problems import InvalidRecord, Problem
from massstart.race import Underway
from massstart.ranking import outcomes
from massstart.row import Row
from massstart.rulebook import Rulebook
from massstart.rulebooks import is_of_juniors
from massstart.rulebooks import rulebook as rulebook_of
from massstart.sheet import Sheet
from massstart.words import listing

#: How far an event has come.
Stage = Literal["entered", "drawn", "semifinals", "qualified", "published", "finished"]


@frozen(kw_only=True)
class Event(EventRecord):
    """An event: semifinals, final, and what was decided around them.

    Attributes:
        semifinals: races or published sheets in their order, ``None`` for one still to be skated.
        final: a race or a published sheet; ``None`` while it is still to be skated.
        field: ids, or `Starter` values where names and nations are known, in the order of the ranking that the draw
            follows; what the records tell unless given.
        draw: who skates in which semifinal, where that was recorded.
        withdrawals: who withdrew, in their order: ids, or reasons by id.
        published: the entries of the final's start list as published; while it is there, the list is frozen.
        advance: how many of each semifinal go to the final; what each says itself unless given.
        policy: how those who missed the final compare in the overall ranking (assumed).
        id, competition, date, event, sources: free text that is carried along.

    Skaters whom the Referee sends through stand in the semifinals themselves, as ``advanced`` of a race or ``q`` on a sheet.

    Raises:
        InvalidRecord: with every problem of the event.

    Example:
        >>> from massstart import load
        >>> from massstart.event import Event
        >>> event = Event(
        ...     semifinals=[load("pyeongchang-2018-men-semifinal-1"), load("pyeongchang-2018-men-semifinal-2")],
        ...     final=load("pyeongchang-2018-men-final"),
        ... )
        >>> event.stage, event.overall()["Haralds Silovs"].rank
        ('finished', 17)
    """

    def __attrs_post_init__(self) -> None:
        problems = check_event(self)
        if problems:
            raise InvalidRecord(problems)

    @property
    def stage(self) -> Stage:
        """How far the event is.

        ``entered``, ``drawn``, ``semifinals`` once one was skated, ``qualified`` once all were, ``published`` with a
        frozen start list of the final, ``finished`` with a final.
        """
        if self.final is not None:
            return "finished"
        if self.published is not None:
            return "published"
        if self.semifinals and None not in self.semifinals:
            return "qualified"
        if any(self.semifinals):
            return "semifinals"
        return "entered" if self.draw is None else "drawn"

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """What is doubtful about the event, though it can be ranked."""
        return tuple(event_warnings(self, self.start_list))

    @property
    def advance_by_semifinal(self) -> tuple[int, ...]:
        """How many of each semifinal go to the final; of one still to be skated, nobody yet."""
        return tuple(0 if record is None else self.advance or own_advance(record) for record in self._semifinal_records)

    @property
    def _semifinal_records(self) -> tuple[Record | None, ...]:
        """The semifinals; while none has been entered, as many as were drawn."""
        return self.semifinals or (None,) * len(self.draw.semifinals if self.draw else ())

    def _outcomes(self) -> list[tuple[Row, ...] | None]:
        """How each semifinal ended, and the final, in terms of the field."""
        entrants = self.entrants
        outcomes_of_each: list[tuple[Row, ...] | None] = []
        for (_, record), ids in zip(self.records, entrants.ids, strict=True):
            if record is None:
                outcomes_of_each.append(None)
                continue
            who = {skater.id: entrants.starter(id) for skater, id in zip(record.skaters, ids, strict=True)}
            outcomes_of_each.append(
                tuple(
                    row._replace(id=who[row.id].id, name=who[row.id].name, nation=who[row.id].nation)
                    for row in outcomes(record)
                )
            )
        return outcomes_of_each

    def _semifinals(self) -> list[Semifinal | None]:
        """How each semifinal ended, and who goes on from it."""
        entrants = self.entrants
        semifinals: list[Semifinal | None] = []
        for record, rows, ids, advance in zip(
            self.semifinals, self._outcomes(), entrants.ids, self.advance_by_semifinal, strict=False
        ):
            if record is None or rows is None:
                semifinals.append(None)
                continue
            marked = advanced_by_referee(record)
            advanced = frozenset(id for skater, id in zip(record.skaters, ids, strict=True) if skater.id in marked)
            semifinals.append(Semifinal(rows, record.laps, advance, advanced))
        return semifinals or [None] * len(self._semifinal_records)

    # --- the start list of the final -----------------------------------------------------------------------

    def qualified(self) -> StartList:
        """What the semifinals that were skated give, before anybody withdraws."""
        return start_list(self._semifinals())

    def start_list(self) -> StartList:
        """The start list of the final as it stands: as published, or as the semifinals give it; with reserves.

        Withdrawals let reserves step in on either. While semifinals are missing, it holds who is through.
        """
        base = self.qualified()
        if self.published is not None:
            known = {one.id: one for one in self.entrants.starters}
            named = [evolve(one, name=known[one.id].name, nation=known[one.id].nation) for one in self.published]
            base = published_list(named, base)
        return step_in(base, [one.id for one in self.withdrawals], self.advance_by_semifinal)

    def changes(self) -> ListChanges:
        """What would change if a published list were reopened: who leaves, who enters, whose number changes.

        Nothing while no list is published, or a semifinal is missing.
        """
        now = self.start_list()
        is_open = self.published is None or None in self._semifinal_records
        return ListChanges.between(now, now if is_open else self.with_list_reopened().start_list())

    def with_list_frozen(self) -> "Event":
        """The event with the start list of the final published as it stands.

        Raises:
            InvalidRecord: a semifinal is still to be skated.
        """
        missing = [where for where, record in self.records[:-1] if record is None]
        if missing or not self.semifinals:
            remedy = "enter it before the list of the final is published"
            raise InvalidRecord(
                [
                    Problem("not-skated", where, "the semifinal is not skated", remedy)
                    for where in missing or ["semifinals"]
                ]
            )
        return evolve(self, published=self.start_list().rows)

    def with_list_reopened(self) -> "Event":
        """The event with the start list of the final following from the semifinals again."""
        return evolve(self, published=None)

    # --- entering what happens ------------------------------------------------------------------------------

    def with_draw(self, semifinals: int = 2, *, seed: str | None = None) -> "Event":
        """The event with its field drawn to semifinals; those who withdrew are left out.

        Args:
            semifinals: how many.
            seed: draws lots instead of following the ranking; see `massstart.event.seeding.draw`.

        Raises:
            InvalidRecord: a semifinal has been skated, or there is nobody to draw.
        """
        if any(self.semifinals):
            raise InvalidRecord(
                [Problem("skated", "semifinals", "a semifinal is skated already", "draw before the semifinals")]
            )
        gone = {one.id for one in self.withdrawals}
        drawn = draw([one for one in self.field if one.id not in gone], semifinals, seed=seed)
        return evolve(self, draw=drawn, semifinals=(None,) * semifinals)

    def with_semifinal(self, number: int, record: Record | None) -> "Event":
        """The event with a semifinal entered or corrected.

        Args:
            number: which, from 1 on.
            record: the race or sheet.

        Raises:
            InvalidRecord: there is no such semifinal, or the event would contradict itself.
        """
        all = list(self._semifinal_records)
        if number not in range(1, len(all) + 1):
            raise InvalidRecord(
                [
                    Problem(
                        "unknown-semifinal", "semifinals", f"there is no semifinal {number!r}", f"there are {len(all)}"
                    )
                ]
            )
        all[number - 1] = record
        return evolve(self, semifinals=all)

    def with_final(self, record: Record | None) -> "Event":
        """The event with the final entered or corrected."""
        return evolve(self, final=record)

    def with_withdrawal(self, id: Hashable, reason: str | None = None) -> "Event":
        """The event with one more withdrawal."""
        return evolve(self, withdrawals=(*self.withdrawals, Withdrawal(id, reason)))

    # --- the races to come -------------------------------------------------------------------------------------

    def race(self, part: int | Literal["final"], *, rulebook: Rulebook | str | None = None) -> Underway:
        """A race of the event before its start: who is on its start list, and nothing that has happened.

        Args:
            part: the number of a semifinal, or ``final``.
            rulebook: the `Rulebook`, or the id of one; that of a semifinal that was skated, else that of the day, for juniors
                where competition or event speak of them, unless given.

        Raises:
            InvalidRecord: there is no such race, nobody is on its start list, or no rulebook is known.
            UnknownName: there is no such rulebook.

        Example:
            >>> from massstart.event import Event
            >>> event = Event(field=["4", "13", "8"], date="2026-01-10").with_draw(2)
            >>> race = event.race(1)
            >>> race.starters.ids, race.rulebook.id, race.round, race.advance
            (('4',), 'isu-2024', 'semifinal 1', 8)
        """
        drawn = self.draw.semifinals if self.draw else ()
        gone = {one.id for one in self.withdrawals}
        if part == "final":
            ids = [entry.id for entry in self.start_list()]
        elif part in range(1, len(drawn) + 1):
            ids = [id for id in drawn[part - 1] if id not in gone]
        else:
            remedy = f"there are {len(drawn)}, and the final" if drawn else "draw the field first"
            raise InvalidRecord([Problem("unknown-semifinal", "draw", f"there is no semifinal {part!r}", remedy)])
        if not ids:
            raise InvalidRecord(
                [Problem("no-starters", str(part), "nobody is on the start list", "enter the semifinals first")]
            )
        book = (
            self._rulebook() if rulebook is None else rulebook_of(rulebook) if isinstance(rulebook, str) else rulebook
        )
        return Underway(
            rulebook=book,
            starters=[self.entrants.starter(id) for id in ids],
            advance=None if part == "final" else self.advance or book.advance,
            competition=self.competition,
            date=self.date,
            event=self.event,
            round="final" if part == "final" else f"semifinal {part}",
        )

    def _rulebook(self) -> Rulebook:
        skated = [record.rulebook for record in self._semifinal_records if record is not None]
        if skated:
            return skated[0]
        if self.date is None:
            remedy = "name the rulebook, or give the event its date"
            raise InvalidRecord([Problem("unknown-rulebook", "rulebook", "no rulebook is known", remedy)])
        junior = is_of_juniors(filter(None, (self.competition, self.event)))
        return rulebook_of(date.fromisoformat(self.date), junior=junior)

    # --- what follows ---------------------------------------------------------------------------------------

    def overall(self) -> Overall:
        """The overall ranking, as far as it can be told: everyone who started, once."""
        final = self._outcomes()[-1] or ()
        expected = {entry.id for entry in self.start_list()}
        if self.final is not None:
            # Rows may be missing from a sheet; of everyone else the final says who started.
            shown = {row.id for row in final}
            expected = expected - shown if _is_incomplete(self.final) else set()
        return overall(
            self._semifinals(),
            final,
            expected,
            is_settled=not any(one is None or _is_incomplete(one) for one in self._semifinal_records),
            policy=self.policy,
        )

    def open(self) -> tuple[str, ...]:
        """What is still open, in sentences."""
        found = []
        if not self._semifinal_records and self.final is None:
            found.append("the semifinals are not drawn")
        for number, record in enumerate(self._semifinal_records, 1):
            if record is None:
                found.append(f"semifinal {number} is not skated")
            elif _is_incomplete(record):
                found.append(f"rows are missing from the sheet of semifinal {number}: ranks behind the final are open")
        entries = self.start_list()
        unnumbered = [
            entry.name or str(entry.id) for entry in entries if entry.start is None and entry.qualified == "Q"
        ]
        if unnumbered:
            found.append(f"the start numbers of {listing(unnumbered)}: their ranks in the semifinal are not known")
        if self.published is None and self.stage == "qualified":
            found.append("the start list of the final is not frozen")
        if self.changes():
            found.append("the published start list is not what the semifinals give now; it stays unless it is reopened")
        if self._semifinal_records and self.final is None:
            found.append("the final is not skated")
        ranking = self.overall()
        if self.final is not None:
            unknown = [
                row.skater.label
                for row in ranking
                if row.is_finalist and row.rank is None and row.status != "disqualified"
            ]
            if unknown:
                found.append(f"the ranks of {listing(unknown)} in the final: its sheet does not tell them")
        return (*found, *ranking.gaps)

    def assumed(self) -> tuple[str, ...]:
        """What was assumed on the way, in sentences: no source states it."""
        found = []
        if self.draw is not None and self.draw.method == "serpentine":
            found.append("skaters are drawn to the semifinals by ranking, in serpentine order")
        entries, listed = self.qualified(), self.start_list()
        for number, due in enumerate(self.advance_by_semifinal, 1):
            if sum(entry.semifinal == number and entry.qualified == "Q" for entry in entries) > due:
                found.append(f"of a tie on the last place all go to the final: semifinal {number}")
        if any(entry.qualified == "q" for entry in listed):
            found.append("skaters whom the Referee sends through start behind the others")
        if self.withdrawals:
            found.append(
                "the reserve for a withdrawal is the next ranked of the same semifinal, and takes the free start number; "
                "nobody steps in for a skater whom the Referee sent through"
            )
        rows = self.overall().rows
        if any(not row.is_finalist for row in rows):
            found.append(f"overall ranking, policy {self.policy}: {WORDS[self.policy]}")
        if any(row.status == "disqualified" for row in rows):
            found.append(
                "a disqualified skater has no overall rank; one disqualified in the final stays listed with the finalists"
            )
        absent = {entry.id for entry in listed} - {row.skater.id for row in rows if row.is_finalist}
        if absent:
            found.append("a finalist who did not start the final is ranked among those who missed it")
        return tuple(found)


def _is_incomplete(record: Record) -> bool:
    return isinstance(record, Sheet) and not record.complete
