"""Everything that can happen in a race is drawn, and what is drawn shrinks to what is plain."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, Phase, find, given, seed, settings
from hypothesis import strategies as st

from massstart import Order, Race, rank, rulebook
from massstart.testing import any_ids, isu_rulebooks, races, rulebooks, starters

pytestmark = pytest.mark.slow

QUIET = settings(
    max_examples=10, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)
#: Enough for the rarest of what is looked for below, and a bound for what is not found.
ROUNDS = 200


class Pool:
    """Races drawn by and by, ten at a time, the same in every run."""

    def __init__(self, strategy: st.SearchStrategy[Race]) -> None:
        self.strategy = strategy
        self.drawn: list[Race] = []

    def __iter__(self) -> Iterator[Race]:
        yield from self.drawn
        while len(self.drawn) < 10 * ROUNDS:
            known = len(self.drawn)

            def keep(race: Race) -> None:
                self.drawn.append(race)

            seed(known)(QUIET(given(self.strategy)(keep)))()
            yield from self.drawn[known:]


ANY = Pool(races())
SEMIFINAL = Pool(races(rulebook="isu-2024", min_size=6, max_size=12, advance=8))


def through(race: Race) -> int:
    return sum(row.qualified == "Q" for row in rank(race))


def ties(order: Order) -> list[int]:
    """The places of the dead heats, the better one of each."""
    return [dict(order)[group[0]] for group in order.groups if len(group) > 1]


def runs_under(id: str, race: Race) -> bool:
    return race.rulebook == rulebook(id)


def over_the_last(order: Order, scale: int) -> bool:
    """Whether a dead heat reaches over the last place that wins points."""
    return any(place <= scale < place + [at for _, at in order].count(place) - 1 for place in ties(order))


WANTED: dict[str, Callable[[Race], bool]] = {
    "no starters": lambda race: not race.starters,
    "one starter": lambda race: len(race.starters) == 1,
    "two starters": lambda race: len(race.starters) == 2,
    "the largest field": lambda race: len(race.starters) == 24,
    "as many as the rulebook allows": lambda race: len(race.starters) == race.rulebook.max_starters,
    "more than the rulebook allows": lambda race: any(one.kind == "many-starters" for one in race.warnings),
    "everybody finishing": lambda race: len(race.finish) == len(race.starters) > 1 and not race.disqualified,
    "nobody finishing": lambda race: not race.finish.ids and len(race.starters) > 1,
    "lapped": lambda race: any(row.status == "lapped" for row in rank(race)),
    "unfinished": lambda race: any(row.status == "unfinished" for row in rank(race)),
    "disqualified at the finish": lambda race: any(note.id in race.finish.ids for note in race.disqualified),
    "disqualified before": lambda race: any(note.id not in race.finish.ids for note in race.disqualified),
    "disqualified with a reason": lambda race: any(note.reason for note in race.disqualified),
    "did not start": lambda race: bool(race.did_not_start),
    "unfinished without a lap": lambda race: any(note.laps == 0 for note in race.unfinished),
    "unfinished one lap short": lambda race: any(note.laps == race.laps - 1 for note in race.unfinished),
    "unfinished with points": lambda race: any(row.status == "unfinished" and row.total for row in rank(race)),
    "unfinished with points forfeited": lambda race: any(
        row.status == "unfinished" and not row.total and any(row.sprints) for row in rank(race)
    ),
    "unfinished without a time": lambda race: any(note.time is None for note in race.unfinished),
    "unfinished, equal laps, different points": lambda race: any(
        one.status == other.status == "unfinished" and one.laps == other.laps and one.total != other.total
        for one, other in pairwise(rank(race))
    ),
    "unfinished, equal laps and points, different times": lambda race: any(
        one.status == other.status == "unfinished" and (one.laps, one.total) == (other.laps, other.total)
        and one.rank != other.rank for one, other in pairwise(rank(race))
    ),
    "a tie among the unfinished": lambda race: any(
        one.status == other.status == "unfinished" and one.rank == other.rank for one, other in pairwise(rank(race))
    ),
    "a tie in a sprint": lambda race: any(ties(sprint.order) for sprint in race.sprints),
    "a tie for the last points of a sprint": lambda race: any(
        over_the_last(sprint.order, len(race.rulebook.intermediate)) for sprint in race.sprints
    ),
    "a tie of three": lambda race: any(len(group) > 2 for group in race.finish.groups),
    "a tie for the win": lambda race: 1 in ties(race.finish),
    "a tie at the finish": lambda race: bool(ties(race.finish)),
    "a tie for the last points at the finish": lambda race: over_the_last(race.finish, len(race.rulebook.final)),
    "a tie with a disqualified skater": lambda race: any(
        len({*group} & {note.id for note in race.disqualified}) not in (0, len(group)) for group in race.finish.groups
    ),
    "a shared rank": lambda race: any(one.rank == other.rank is not None for one, other in pairwise(rank(race))),
    "as many as advance": lambda race: race.advance == len(race.starters),
    "fewer than advance": lambda race: 0 < len(race.starters) < (race.advance or 0),
    "no next round": lambda race: race.advance is None,
    "added by the Referee": lambda race: any(row.qualified == "q" for row in rank(race)),
    "a sprint that nobody noted": lambda race: len(race.sprints) < len(race.sprint_laps),
    "a sprint noted in part": lambda race: any(one.kind == "short-sprint" for one in race.warnings),
    "no intermediate sprints": lambda race: race.sprint_laps == () and len(race.starters) > 1,
    "one lap": lambda race: race.laps == 1,
    "a shortened race": lambda race: race.rulebook == rulebook("isu-2018") and race.laps < 16,
    "a longer race": lambda race: race.rulebook == rulebook("isu-2018") and race.laps > 16,
    "a shortened race with other sprints": lambda race: race.sprint_laps != race.rulebook.sprint_laps,
    "hundredths and thousandths": lambda race: len({time.exact for _, time in race.times}) == 2,
    "times against the order": lambda race: any(one.kind == "times-order" for one in race.warnings),
    "names": lambda race: any(one.name for one in race.starters),
    "skaters named and not named": lambda race: len({one.name is None for one in race.starters}) == 2,
    "places kept open": lambda race: bool(race.disqualified) and race.rulebook.disqualified_at_finish == "kept",
    "a rulebook of its own": lambda race: race.rulebook.id == "school",
    "an id of the ISU's with other values": lambda race: race.rulebook.id == "isu-2018"
    and race.rulebook != rulebook("isu-2018"),
    "an id that is not ASCII": lambda race: any(not str(id).isascii() for id in race.starters.ids),
    "ids whose order as text is not that of the numbers": lambda race: {"9", "10"} <= {*race.starters.ids},
    **{f"the rulebook {id}": (partial(runs_under, id)) for id in (
        "isu-2014", "isu-2018", "isu-2024", "isu-2014-junior", "isu-2018-junior", "isu-2024-junior")},
}  # fmt: skip

#: What belongs to semifinals, under the rulebook in force.
AT_THE_CUT: dict[str, Callable[[Race], bool]] = {
    "a tie over the cut at eight": lambda race: race.advance == 8 < through(race),
    "fewer than eight with a cut at eight": lambda race: race.advance == 8 and len(rank(race)) < 8,
    "more than eight with a cut at eight": lambda race: race.advance == 8 == through(race) < len(rank(race)),
    "fewer than eight who have a rank": lambda race: race.advance == 8 and through(race) < 8 <= len(race.starters),
}


@pytest.mark.law
class TestReachable:
    """Each status, each tie and each boundary is drawn."""

    @pytest.mark.parametrize("name", WANTED)
    def test_in_a_race(self, name: str) -> None:
        assert any(map(WANTED[name], ANY))

    @pytest.mark.parametrize("name", AT_THE_CUT)
    def test_in_a_semifinal(self, name: str) -> None:
        assert any(map(AT_THE_CUT[name], SEMIFINAL))


def smallest(strategy: st.SearchStrategy[Race], shows: Callable[[Race], bool]) -> Race:
    return find(
        strategy,
        shows,
        settings=settings(QUIET, max_examples=100, derandomize=True, phases=[Phase.generate, Phase.shrink]),
    )


class TestShrinking:
    """What is drawn shrinks towards few skaters, no ties, everybody finishing."""

    def test_two_skaters(self) -> None:
        race = smallest(races(), lambda race: len(race.starters) >= 2)
        assert len(race.starters) == 2
        assert race.rulebook == rulebook("isu-2014")
        assert race.finish.ids == race.starters.ids
        assert race.finish.is_gapless
        assert (race.lapped, race.unfinished, race.disqualified, race.did_not_start, race.advanced) == ((),) * 5
        assert (race.times, race.advance, race.id, race.laps) == ((), None, None, 16)

    def test_one_unfinished(self) -> None:
        race = smallest(races(max_size=6), lambda race: bool(race.unfinished))
        assert len(race.starters) == 1
        assert race.disqualified == race.did_not_start == ()


class TestOptions:
    """Each option of `races` does what it says, and leaves the rest as it is."""

    @pytest.mark.parametrize(
        ("strategy", "holds"),
        [
            (races(rulebook="isu-2018"), lambda race: race.rulebook == rulebook("isu-2018")),
            (races(rulebook=rulebook("isu-2014")), lambda race: race.rulebook == rulebook("isu-2014")),
            (races(rulebook=isu_rulebooks("isu-2024")), lambda race: race.rulebook == rulebook("isu-2024")),
            (races(min_size=3, max_size=5), lambda race: 3 <= len(race.starters) <= 5),
            (races(min_size=30, max_size=40), lambda race: 30 <= len(race.starters) <= 40),
            (races(ids=st.just([1, "a"])), lambda race: race.starters.ids == (1, "a")),
            (races(lapped=False, disqualified=False), lambda race: not race.lapped and not race.disqualified),
            (races(unfinished=False), lambda race: not race.unfinished),
            (races(did_not_start=False), lambda race: not race.did_not_start),
            (races(dead_heats=False), lambda race: not any(map(ties, [race.finish, *(s.order for s in race.sprints)]))),
            (races(own_distance=False), lambda race: (race.laps, race.sprint_laps)
                == (race.rulebook.laps, race.rulebook.sprint_laps)),
            (races(everyone_finishes=True), lambda race: {*race.finish.ids} == {*race.starters.ids}
                and not race.lapped and not race.disqualified),
            (races(full_sprints=True, everyone_finishes=True), lambda race: len(race.sprints) == len(race.sprint_laps)
                and all(len(sprint.order) == len(race.starters) for sprint in race.sprints)),
            (races(realistic=True), lambda race: not any(one.kind == "times-order" for one in race.warnings)),
        ],
    )  # fmt: skip
    def test_holds(self, strategy: st.SearchStrategy[Race], holds: Callable[[Race], bool]) -> None:
        found = [race for race, _ in zip(Pool(strategy), range(20), strict=False)]
        assert len(set(found)) > 1
        assert all(map(holds, found))

    def test_no_rulebooks_at_all_is_refused(self) -> None:
        with pytest.raises(ValueError, match="leaves no rulebook"):
            rulebooks(isu=False, invented=False)

    def test_ids_of_every_type_are_drawn(self) -> None:
        pool = Pool(races(ids=any_ids(min_size=1)))
        kinds = {frozenset(map(type, race.starters.ids)) for race, _ in zip(pool, range(60), strict=False)}
        assert {frozenset({kind}) for kind in (str, int, tuple)} <= kinds
        assert frozenset({str, int, tuple}) in kinds

    @settings(QUIET, max_examples=30)
    @given(starters(min_size=1, max_size=6))
    def test_starters_are_told_apart(self, found: list[object]) -> None:
        assert 1 <= len(found) == len({one.id for one in found}) <= 6  # type: ignore[attr-defined]  # starters


class TestRealistic:
    """In a realistic race the sprints and the finish go together, and a breakaway can win sprints and come in late."""

    REAL = Pool(races(rulebook="isu-2024", min_size=10, everyone_finishes=True, full_sprints=True, realistic=True))
    OTHER = Pool(races(rulebook="isu-2024", min_size=10, everyone_finishes=True, full_sprints=True))

    @staticmethod
    def agreement(pool: Pool) -> float:
        """How often the one ahead of two in the last sprint is also ahead at the finish; a half if by chance."""
        agreeing = pairs = 0
        for race, _ in zip(pool, range(60), strict=False):
            if race.finish.ids == race.starters.ids:
                continue  # the plain race that everything shrinks to
            places = dict(race.finish)
            for one, other in pairwise(race.sprints[-1].order.ids if race.sprints else ()):
                pairs += places[one] != places[other]
                agreeing += places[one] < places[other]
        return agreeing / pairs

    def test_sprints_and_finish_go_together(self) -> None:
        assert self.agreement(self.REAL) > 0.6
        assert self.agreement(self.OTHER) < 0.6

    def test_breakaways_happen(self) -> None:
        """Somebody wins the first sprint and finishes in the second half."""
        assert any(
            dict(race.finish)[race.sprints[0].order.ids[0]] > len(race.starters) / 2
            for race in self.REAL
            if race.sprints
        )

    def test_times_follow_the_order(self) -> None:
        race = next(race for race in self.REAL if len(race.starters) > 10)
        times = dict(race.times)
        order = [times[id].milliseconds for id in race.finish.ids]
        assert order == sorted(order)
        assert len(order) == len(race.starters)
