"""What `check_engine` and `report_engine` report, and what counts as an answer."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from massstart import Race, Rulebook, Scale, UnknownName, rank, rulebook
from massstart.testing import LAWS, Law, LawsBroken, check_engine, laws, report_engine, source
from massstart.testing.laws import Engine, Unusable, ask

RACE = Race(
    rulebook="isu-2018",
    starters=["a", "b", "c", "d"],
    finish=["b", "a"],
    disqualified=["c"],
    did_not_start=["d"],
    advance=1,
)
ROWS: list[dict[str, Any]] = [
    {"id": "b", "rank": 1, "total": 60, "qualified": "Q"},
    {"id": "a", "rank": 2, "total": 40, "qualified": None},
]
OUT: dict[str, Any] = {"id": "c", "rank": None, "total": 0, "qualified": None}


def says(rows: object) -> Engine:
    return lambda _: rows  # type: ignore[return-value]  # an engine can return anything


def through_nine(race: Race) -> list[dict[str, object]]:
    return [
        {"id": row.id, "rank": row.rank, "total": row.total, "qualified": "Q" if (row.rank or 99) <= 9 else None}
        for row in rank(race)
    ]


class TestReport:
    def test_this_engine_upholds_every_law(self) -> None:
        report = report_engine(rank, max_examples=15)
        assert report.passed
        assert report.upheld == LAWS
        assert str(report) == f"all {len(LAWS)} laws hold"

    def test_the_law_that_fell_is_named_with_its_confidence_its_rule_and_the_race_as_code(self) -> None:
        report = report_engine(through_nine, laws=[laws.best_advance, laws.podium], max_examples=10)
        assert not report.passed
        assert report.upheld == (laws.podium,)
        name, message, race = str(report).splitlines()
        assert name == f"best-advance (3, certain): {laws.best_advance.rule}"
        assert message == f"  {report.fallen[0].message}"
        assert race == f"  {source(report.fallen[0].race)}"
        assert laws.best_advance.broken_by(through_nine, eval(race)) is not None  # noqa: S307  # the race as code

    def test_a_law_that_fell_fails_a_test_by_itself_with_the_report_as_its_message(self) -> None:
        with pytest.raises(AssertionError) as failed:
            check_engine(through_nine, laws=[laws.best_advance], max_examples=10)
        report = report_engine(through_nine, laws=[laws.best_advance], max_examples=10)
        assert isinstance(failed.value, LawsBroken)
        assert failed.value.report == report
        assert str(failed.value) == str(report)

    def test_an_engine_that_upholds_the_laws_passes_with_its_report(self) -> None:
        assert check_engine(rank, max_examples=10) == report_engine(rank, max_examples=10)

    def test_the_same_engine_gets_the_same_report(self) -> None:
        first, second = (report_engine(through_nine, laws=[laws.best_advance], max_examples=10) for _ in range(2))
        assert first == second

    @pytest.mark.parametrize("book", ["isu-2018-junior", rulebook("isu-2018-junior")])
    def test_laws_that_say_nothing_under_the_chosen_rulebook_are_not_called_upheld(self, book: Rulebook | str) -> None:
        report = report_engine(rank, rulebook=book, laws=[laws.podium, laws.kept_points], max_examples=10)
        assert report.upheld == (laws.kept_points,)
        assert report.unchecked == (laws.podium,)
        assert str(report) == "all 1 laws hold\nnot checked: podium"

    def test_a_law_falls_under_the_chosen_rulebook(self) -> None:
        book = Rulebook(
            id="school", laps=4, sprint_laps=(2,), intermediate=Scale(2, 1), final=Scale(4, 2), forfeits=True
        )
        report = report_engine(through_nine, rulebook=book, laws=[laws.best_advance], max_examples=10)
        assert report.fallen[0].race.rulebook == book

    def test_an_unknown_rulebook_is_refused(self) -> None:
        with pytest.raises(UnknownName):
            report_engine(rank, rulebook="isu-1999")


class TestAnswer:
    """An engine's rows can be objects or mappings, in any order; the row of a disqualified skater may be missing."""

    @pytest.mark.parametrize("rows", [ROWS, ROWS[::-1], [*ROWS, OUT], [SimpleNamespace(**row) for row in ROWS]])
    def test_is_taken(self, rows: object) -> None:
        assert ask(says(rows), RACE)["b"].total == 60
        assert laws.answer.broken_by(says(rows), RACE) is None

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            (None, "the engine raises TypeError: 'NoneType' object is not iterable"),
            ([1, 2], "a row lacks a value: 'int' object has no attribute 'id'"),
            ([{"id": "a", "rank": 1, "total": 0}], "a row lacks a value: 'qualified'"),
            ([*ROWS, ROWS[0]], "'b' has two rows"),
            (ROWS[:1], "no row, or one too many, for 'a'"),
            ([*ROWS, OUT | {"id": "d"}], "no row, or one too many, for 'd'"),
            ([ROWS[0], ROWS[1] | {"rank": None}], "'a' has the rank None"),
        ],
    )
    def test_is_none(self, rows: object, message: str) -> None:
        with pytest.raises(Unusable, match="^" + message[:20]):
            ask(says(rows), RACE)
        assert laws.answer.broken_by(says(rows), RACE) == message
        assert laws.podium.broken_by(says(rows), RACE) is None


def ranks(**given: Any) -> Engine:
    """An engine that gives these ranks, whatever the race, and the totals and marks of this package."""

    def engine(race: Race) -> list[dict[str, Any]]:
        rows = [{"id": row.id, "rank": row.rank, "total": row.total, "qualified": row.qualified} for row in rank(race)]
        return [row | {"rank": given.get(str(row["id"]), row["rank"])} for row in rows]

    return engine


def totals(**given: Any) -> Engine:
    return lambda race: [
        {"id": row.id, "rank": row.rank, "total": given.get(str(row.id), row.total), "qualified": row.qualified}
        for row in rank(race)
    ]


def marks(**given: Any) -> Engine:
    return lambda race: [
        {"id": row.id, "rank": row.rank, "total": row.total, "qualified": given.get(str(row.id), row.qualified)}
        for row in rank(race)
    ]


def race(book: str = "isu-2018", ids: str = "abcd", **given: Any) -> Race:
    return Race(rulebook=book, starters=list(ids), **{"finish": list(ids)} | given)


def by_input(race: Race) -> list[dict[str, Any]]:
    return [{"id": id, "rank": n, "total": 0, "qualified": None} for n, id in enumerate(race.starters.ids, 1)]


def by_name(race: Race) -> list[dict[str, Any]]:
    ids = sorted(race.starters.ids, key=str)
    return [{"id": id, "rank": n, "total": 0, "qualified": None} for n, id in enumerate(ids, 1)]


def by_count(race: Race) -> list[dict[str, Any]]:
    return [{"id": id, "rank": len(race.starters), "total": 0, "qualified": None} for id in race.starters.ids]


def against_points(race: Race) -> list[dict[str, Any]]:
    won = {row.id: row.total or 0 for row in rank(race)}
    ids = sorted(race.starters.ids, key=lambda id: won[id])
    return [{"id": id, "rank": n, "total": won[id], "qualified": None} for n, id in enumerate(ids, 1)]


LEFT = race(ids="abc", finish=["a"], unfinished={"b": (9, "5:24.53"), "c": (9, "5:24.60")})
TIED = race(ids="abc", finish=["a", ["b", "c"]], advance=2)
EIGHT = race(ids="abcdefgh")


class TestEachLaw:
    """Each law falls to an engine that errs in nothing else on one race, and says nothing of a race it is not about."""

    @pytest.mark.parametrize(
        ("law", "engine", "race"),
        [
            (laws.answer, says([]), race()),
            (laws.sprint_points, totals(a=61), race()),
            (laws.sprint_dead_heats, totals(c=20), TIED),
            (laws.forfeited_points, totals(b=40), race("isu-2024", lapped=["b"])),
            (laws.forfeited_points_pass_to_nobody, totals(c=40), race("isu-2024", lapped=["b"])),
            (laws.kept_points, totals(b=0), race(lapped=["b"])),
            (laws.points_are_conserved, totals(a=61), race("isu-2024", lapped=["b"], sprints={4: ["a", "b"]})),
            (laws.places_of_the_disqualified, totals(b=40), race(disqualified=["a"])),
            (laws.disqualified_unranked, ranks(a=4), race(disqualified=["a"])),
            (laws.unfinished_behind_finished, ranks(a=2, b=1), LEFT),
            (laws.laps_first, ranks(b=2, c=2), race(ids="abc", finish=["a"], unfinished={"b": 9, "c": 8})),
            (laws.points_next, ranks(a=2, b=1), race()),
            (laws.line_decides, ranks(g=8, h=7), EIGHT),
            (laws.unfinished_by_points_then_time, ranks(b=3, c=2), LEFT),
            (laws.unfinished_by_points_then_time, ranks(b=3, c=2), race(
                ids="abc", finish=["a"], unfinished={"b": 9, "c": 9}, sprints={4: ["b"]})),
            (laws.dead_heats_share, ranks(c=3), TIED),
            (laws.shared_ranks_are_skipped, ranks(d=5), race()),
            (laws.podium, ranks(c=4, d=3), race()),
            (laws.bounds, ranks(d=3, c=4), race()),
            (laws.best_advance, marks(b="Q"), race(advance=1)),
            (laws.all_tied_on_the_last_place_advance, marks(c=None), TIED),
            (laws.qualified_are_the_head, marks(a=None), race(advance=2)),
            (laws.added_by_decision, marks(d=None), race(advance=2, advanced=["d"])),
            (laws.order_of_the_input, by_input, race()),
            (laws.names, by_name, race()),
            (laws.dropping_the_last, by_count, race("isu-2014", finish=list("bcda"))),
            (laws.more_points_never_hurt, against_points, race(ids="abcdefgh", sprints={4: ["g", "h"]})),
            (laws.everything, ranks(a=2, b=1), race()),
        ],
    )  # fmt: skip
    def test_falls(self, law: Law, engine: Engine, race: Race) -> None:
        assert law.broken_by(engine, race)
        assert law.broken_by(rank, race) is None

    def test_none_is_forgotten(self) -> None:
        mark = next(mark for mark in TestEachLaw.test_falls.pytestmark)  # type: ignore[attr-defined]  # pytest adds it
        assert {law for law, _, _ in mark.args[1]} == set(LAWS)

    @pytest.mark.parametrize(
        ("law", "race"),
        [
            (laws.sprint_points, TIED),
            (laws.sprint_dead_heats, LEFT),
            (laws.forfeited_points, race(lapped=["b"])),
            (laws.kept_points, race("isu-2024", lapped=["b"])),
            (laws.places_of_the_disqualified, race()),
            (laws.podium, race("isu-2018-junior")),
            (laws.podium, race(laps=10, sprint_laps=[4])),
            (laws.bounds, race("isu-2014")),
        ],
    )
    def test_says_nothing(self, law: Law, race: Race) -> None:
        assert not law.applies(race)
        assert law.broken_by(totals(a=999), race) is None

    @pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
    def test_is_named_and_states_its_rule(self, law: Law) -> None:
        assert getattr(laws, law.name.replace("-", "_")) is law
        assert law.rule.endswith(".")
        assert law.section in {"2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "3"}

    def test_what_nobody_has_confirmed_is_not_called_certain(self) -> None:
        unsure = {law.name: law.confidence for law in LAWS if law.confidence != "certain"}
        assert unsure == {
            "sprint-dead-heats": "assumed",
            "places-of-the-disqualified": "assumed",
            "unfinished-by-points-then-time": "likely",
            "dead-heats-share": "assumed",
            "shared-ranks-are-skipped": "assumed",
            "all-tied-on-the-last-place-advance": "assumed",
            "everything": "assumed",
        }


class TestSource:
    """A race as code says everything that decides, and nothing else."""

    @pytest.mark.parametrize("make", [
        lambda: LEFT,
        lambda: TIED,
        lambda: RACE,
        lambda: race(laps=9, sprint_laps=[2, 5], times={"a": "7:00.00"}, lapped=["d"], advanced=["c"]),
        lambda: race(sprints={4: ["a", ["b", "c"]]}, unfinished={"d": 8}, finish=list("abc")),
        lambda: Race(rulebook=Rulebook(id="own", laps=3, sprint_laps=(), intermediate=Scale(1), final=Scale(2, 1),
                                       forfeits=True), starters=[1], finish=[1]),
    ])  # fmt: skip
    def test_makes_the_race(self, make: Callable[[], Race]) -> None:
        assert eval(source(make())) == make()  # noqa: S307  # that it is code is the point


def test_the_page_lists_every_law() -> None:
    page = (Path(__file__).parents[2] / "docs" / "testing-your-engine.md").read_text("utf-8")
    rows = [f"| `{law.name}` | {law.section} | {law.confidence} | {law.rule} |" for law in LAWS]
    assert [line for line in page.splitlines() if line.startswith("| `")] == rows
