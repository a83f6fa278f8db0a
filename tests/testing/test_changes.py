"""A race changed in one respect is the same race in every other."""

from random import Random

from attrs import evolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from massstart import Race, Rulebook, Scale, Starter, rank, rulebook
from massstart.testing import changed, plain, races, renamed, shuffled, without
from massstart.testing.changes import backwards
from massstart.testing.smallest import smallest

QUIET = settings(
    max_examples=30,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class TestChanges:
    @QUIET
    @given(races(), st.randoms(use_true_random=False))
    def test_another_order_of_writing_is_the_same_race(self, race: Race, random: Random) -> None:
        mixed = shuffled(race, random)
        assert set(mixed.starters) == set(race.starters)
        assert {row.id: row.rank for row in rank(mixed)} == {row.id: row.rank for row in rank(race)}

    @QUIET
    @given(races())
    def test_written_backwards_twice_or_plainly_it_is_the_race_again(self, race: Race) -> None:
        assert backwards(backwards(race)) == race
        assert Race(**plain(race)) == race
        assert renamed(renamed(race, lambda id: (id,)), lambda id: id[0]) == race  # type: ignore[index]  # a tuple

    @QUIET
    @given(races(min_size=1))
    def test_without_a_skater_nothing_names_the_skater(self, race: Race) -> None:
        gone = race.starters.ids[0]
        left = without(race, gone)
        assert left.starters.ids == race.starters.ids[1:]
        assert repr(gone) not in [repr(id) for sprint in left.sprints for id in sprint.order.ids]


class TestSmallest:
    """A race is made smaller for as long as it shows what it shows."""

    @QUIET
    @given(races(min_size=2))
    def test_of_any_race_with_two_skaters_the_same_is_left(self, race: Race) -> None:
        small = smallest(race, lambda race: len(race.starters) >= 2)
        assert {*small.starters.ids} == {"a", "b"}
        assert all(one.name is None for one in small.starters)
        # Who did not start is dropped with the skater, and so is kept where two are asked for.
        assert changed(small, starters=["a", "b"], rulebook="isu-2018", did_not_start=[], finish=["a", "b"]) == changed(
            Race(rulebook="isu-2018", starters=["a", "b"], finish=["a", "b"]),
            laps=small.laps,
            sprint_laps=small.sprint_laps,
        )

    def test_what_shows_it_stays(self) -> None:
        race = Race(
            rulebook=Rulebook(
                id="own", laps=9, sprint_laps=(3, 6), intermediate=Scale(2, 1), final=Scale(4), forfeits=True
            ),
            starters=[Starter("x", "X"), "y", "z", "w", "v"],
            sprints={3: ["x", ["y", "z"], "w"], 6: ["y"]},
            finish=["x", ["y", "z"]],
            times={"x": "7:00.00", "y": "7:01.00"},
            lapped=["y", "z"],
            unfinished={"w": (4, "3:00.00")},
            disqualified={"v": "fell upon others"},
            advance=2,
            advanced=["w"],
            laps=8,
            id="race",
        )
        books = (Race(rulebook="isu-2018", starters=[], finish=[]).rulebook,)

        def shows(race: Race) -> bool:
            return bool(race.unfinished) and bool(race.disqualified) and len(race.lapped) == 1 and bool(race.sprints)

        small = smallest(race, shows, books)
        assert small.rulebook == books[0]
        assert len(small.starters) == 3
        assert (small.times, small.advance, small.advanced, small.id) == ((), None, (), None)
        assert small.unfinished[0].time is None
        assert small.disqualified[0].reason is None
        assert [len(sprint.order) for sprint in small.sprints] == [0]
        assert small.finish.is_gapless

    def test_what_is_simpler_but_does_not_fit_is_passed_over(self) -> None:
        """The rulebook's distance has no sprint at lap 5; who was disqualified at the finish stays there."""
        race = Race(
            rulebook="isu-2018", laps=10, sprint_laps=(5,), starters=["a", "b"], sprints={5: ["a"]}, finish=["a", "b"],
            disqualified=["b"],
        )  # fmt: skip
        small = smallest(race, lambda race: bool(race.sprints) and len(race.finish) == 2)
        assert (small.laps, small.finish.ids, small.disqualified) == (10, ("a", "b"), ())

    def test_more_skaters_than_letters_keep_their_ids(self) -> None:
        ids = [f"{number}" for number in range(30)]
        race = Race(rulebook="isu-2018", starters=ids, finish=ids)
        assert smallest(race, lambda race: len(race.starters) == 30).starters.ids == tuple(ids)

    def test_of_a_rulebook_that_matters_only_what_matters_stays(self) -> None:
        own = Rulebook(
            id="own", laps=4, sprint_laps=(2,), intermediate=Scale(9), final=Scale(4), forfeits=True,
            sprint_dead_heat="follow", disqualified_in_sprint="kept", max_starters=3,
        )  # fmt: skip
        simple = rulebook("isu-2018")
        race = Race(rulebook=own, starters=["x", "y"], finish=["x", "y"], times={"x": "1:00.00", "y": "1:01.00"})
        small = smallest(
            race,
            lambda race: race.rulebook.final == Scale(4) and "y" in dict(race.times) and "y" in race.starters.ids,
            (simple,),
        )
        assert small.rulebook == evolve(
            own,
            intermediate=simple.intermediate,
            max_starters=28,
            sprint_dead_heat="skip",
            disqualified_in_sprint="closed",
        )
        assert [id for id, _ in small.times] == [*small.starters.ids] == ["y"]

    def test_as_few_go_on_as_still_show_it(self) -> None:
        race = Race(rulebook="isu-2018", starters=["x", "y"], finish=["x", "y"], advance=5)
        assert smallest(race, lambda race: race.advance is not None).advance == 1
        assert smallest(race, lambda race: (race.advance or 0) > 2).advance == 3

    def test_times_are_dropped_one_by_one(self) -> None:
        race = Race(rulebook="isu-2018", starters=["x", "y"], finish=["x", "y"], times={"x": "1:00.00", "y": "1:01.00"})
        small = smallest(race, lambda race: "y" in dict(race.times) and len(race.starters) == 2)
        assert [id for id, _ in small.times] == ["y"]
        assert small.starters.ids == ("x", "y")
