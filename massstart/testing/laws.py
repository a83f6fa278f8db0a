"""The rules of one race as laws that any ranking engine obeys, whoever wrote it.

Decides what each rule asks of an engine's answer. Nothing here sorts, and no code is shared with the scoring and
ranking of this package: whether one skater ranks before another is asked of every pair, and a place is one
more than the number of those before.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import permutations
from typing import Any

from attrs import field, frozen
from hypothesis import strategies as st

from massstart.order import Order
from massstart.race import Race
from massstart.records import Unfinished
from massstart.rulebook import Confidence, Scale
from massstart.rulebooks import rulebook as rulebook_by_id
from massstart.testing import changes, strategies
from massstart.testing.strategies import Books

#: A ranking engine: a race in, rows out; see `massstart.testing.check_engine` for what a row is.
Engine = Callable[[Race], Iterable[Any]]


# --- an engine's answer, and the race skater by skater -------------------------------------------------------


@frozen
class Answer:
    """What an engine says of one skater."""

    rank: int | None
    total: int
    qualified: str | None


Answers = dict[Hashable, Answer]


class Unusable(Exception):
    """An engine's answer that is no result at all."""


def ask(engine: Engine, race: Race) -> Answers:
    """An engine's answer by id.

    Raises:
        Unusable: the engine raises, a row lacks a value, or somebody has no row, or two.
    """
    try:
        rows = list(engine(race))
    except Exception as error:  # whatever a user's engine raises
        raise Unusable(f"the engine raises {type(error).__name__}: {error}") from error
    answers: Answers = {}
    for row in rows:
        try:
            id, rank, total, qualified = (_value(row, name) for name in ("id", "rank", "total", "qualified"))
        except (AttributeError, KeyError) as error:
            raise Unusable(f"a row lacks a value: {error}") from error
        if id in answers:
            raise Unusable(f"{id!r} has two rows")
        answers[id] = Answer(rank, total, qualified)
    out = {note.id for note in race.disqualified}
    wanted = set(race.starters.ids).difference(race.did_not_start)
    if not wanted - out <= answers.keys() <= wanted:
        odd = sorted(map(repr, (wanted - out - answers.keys()) | (answers.keys() - wanted)))
        raise Unusable(f"no row, or one too many, for {', '.join(odd)}")
    for id, answer in answers.items():
        if id not in out and not isinstance(answer.rank, int):
            raise Unusable(f"{id!r} has the rank {answer.rank!r}")
    return answers


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, Mapping) else getattr(row, name)


class Case:
    """A race put to an engine: what happened on the ice, skater by skater, and what the engine makes of it.

    Attributes:
        race: the race.
        ranked: the ids of those who are to have a rank.
        out: the ids of the disqualified.
        left: the notes on those who did not finish, by id.
    """

    def __init__(self, engine: Engine, race: Race) -> None:
        self.race = race
        self.out: set[Hashable] = {note.id for note in race.disqualified}
        self.left: dict[Hashable, Unfinished] = {note.id: note for note in race.unfinished}
        self.ranked: list[Hashable] = [
            id for id in race.starters.ids if id not in self.out and id not in race.did_not_start
        ]
        self._engine = engine
        self._across = dict(race.finish)

    @cached_property
    def answers(self) -> Answers:
        """What the engine says of this race."""
        return ask(self._engine, self.race)

    def answers_to(self, race: Race) -> Answers:
        """What the engine says of another race."""
        return ask(self._engine, race)

    def rank(self, id: Hashable) -> int:
        """The rank that the engine gives a skater who is to have one."""
        return self.answers[id].rank or 0

    def laps(self, id: Hashable) -> int:
        """The laps completed."""
        return self.left[id].laps if id in self.left else self.race.laps

    def won(self, id: Hashable) -> int:
        """The points of all sprints, counted or not."""
        return self._points[id]

    def due(self, id: Hashable) -> int:
        """The points that count."""
        return 0 if self.race.rulebook.forfeits and self.has_failed(id) else self.won(id)

    def has_failed(self, id: Hashable) -> bool:
        """Whether the skater is lapped or unfinished."""
        return id in self.left or id in self.race.lapped

    def line_before(self, one: Hashable, other: Hashable) -> bool:
        """Whether one crossed the line before the other, both with as many laps."""
        if one not in self.left:
            return self._across[one] < self._across[other]
        mine, theirs = self.left[one].time, self.left[other].time
        if mine is None or theirs is None:
            return mine is not None and theirs is None
        return mine.milliseconds < theirs.milliseconds

    def pairs(self) -> Iterator[tuple[Hashable, Hashable]]:
        """Every two of those who are to have a rank, both ways round."""
        return permutations(self.ranked, 2)

    def peers(self) -> Iterator[tuple[Hashable, Hashable]]:
        """Those of the pairs who completed as many laps."""
        return ((one, other) for one, other in self.pairs() if self.laps(one) == self.laps(other))

    @cached_property
    def _points(self) -> dict[Hashable, int]:
        points = dict.fromkeys(self.race.starters.ids, 0)
        book = self.race.rulebook
        sprints = [(one.order, book.intermediate, book.disqualified_in_sprint) for one in self.race.sprints]
        for order, scale, policy in [*sprints, (self.race.finish, book.final, book.disqualified_at_finish)]:
            for id, won in self._handed_out(order, scale, self.out if policy == "closed" else set()):
                points[id] += won
        return points

    def _handed_out(self, order: Order, scale: Scale, overlooked: set[Hashable]) -> Iterator[tuple[Hashable, int]]:
        skaters = places = 0
        for group in order.groups:
            ahead = skaters if self.race.rulebook.sprint_dead_heat == "skip" else places
            for id in group:
                yield id, dict(enumerate(scale)).get(ahead, 0)
            counted = len(set(group) - overlooked)
            skaters, places = skaters + counted, places + bool(counted)


@frozen
class Law:
    """One rule, as a law for engines.

    Attributes:
        name: a short name.
        rule: the rule, in a sentence.
        section: where it stands in the rules: ``2.4`` is section 2, point 4.
        confidence: ``certain``, ``likely`` or ``assumed``.
        races: makes the strategy of the races it is checked on, under some rulebooks or any.
        applies: whether it says anything about a race.
        check: what is wrong with an engine's answers to such a race, one sentence each.

    Example:
        >>> from massstart import Race, rank
        >>> from massstart.testing.laws import podium
        >>> podium.name, podium.confidence
        ('podium', 'certain')
        >>> print(podium.broken_by(rank, Race(rulebook="isu-2018", starters=["a", "b"], finish=["b", "a"])))
        None
    """

    name: str
    rule: str
    section: str
    confidence: Confidence
    races: Callable[[Books | None], st.SearchStrategy[Race]] = field(repr=False)
    applies: Callable[[Race], bool] = field(repr=False)
    check: Callable[[Case], Iterator[str]] = field(repr=False)

    def broken_by(self, engine: Engine, race: Race) -> str | None:
        """What is wrong with the engine's answer to a race, or ``None``, also where the law says nothing of the race.

        An answer that is none is what the law ``answer`` is about; the others pass over it.
        """
        return self.broken_in(Case(engine, race))

    def broken_in(self, case: Case) -> str | None:
        """The same of a race that is put to several laws."""
        if not self.applies(case.race):
            return None
        try:
            return next(self.check(case), None)
        except Unusable as error:
            return str(error) if self.name == "answer" else None


# --- the races that a law is about -------------------------------------------------------------------------


def _any(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(rulebook=books)


def _finishing(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(rulebook=books, everyone_finishes=True, dead_heats=False)


def _tied(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(rulebook=books, everyone_finishes=True, min_size=2)


def _untied(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(rulebook=books, disqualified=False, dead_heats=False)


def _disqualifying(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(
        rulebook=books, min_size=2, lapped=False, unfinished=False, did_not_start=False, dead_heats=False
    )


def _leaving(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(rulebook=books, min_size=2, lapped=False, disqualified=False, did_not_start=False)


def _senior(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(
        rulebook=strategies.isu_rulebooks(*strategies.SENIOR) if books is None else books, own_distance=False
    )


def _isu_2018(books: Books | None) -> st.SearchStrategy[Race]:
    return strategies.races(
        rulebook=strategies.isu_rulebooks(*_ON_THE_2018_SCALE) if books is None else books,
        own_distance=False, everyone_finishes=True, dead_heats=False, full_sprints=True,
    )  # fmt: skip


_ON_THE_2018_SCALE = ("isu-2018", "isu-2024")


def _always(_: Race) -> bool:
    return True


def _everyone_finishes(race: Race) -> bool:
    return not (race.lapped or race.unfinished or race.disqualified or race.did_not_start)


def _has_no_ties(race: Race) -> bool:
    return all(order.is_gapless for order in (race.finish, *(sprint.order for sprint in race.sprints)))


def _is_plain(race: Race) -> bool:
    return _everyone_finishes(race) and _has_no_ties(race)


def _is_untied(race: Race) -> bool:
    return _has_no_ties(race) and not race.disqualified


def _runs_under(race: Race, books: Iterable[str]) -> bool:
    book = race.rulebook
    at_its_distance = (race.laps, race.sprint_laps) == (book.laps, book.sprint_laps)
    return at_its_distance and book in [rulebook_by_id(id) for id in books]


# --- the laws ----------------------------------------------------------------------------------------------

_LAWS: list[Law] = []


def _law(
    section: str,
    confidence: Confidence,
    races: Callable[[Books | None], st.SearchStrategy[Race]] = _any,
    applies: Callable[[Race], bool] = _always,
) -> Callable[[Callable[[Case], Iterator[str]]], Law]:
    """Make a law of a check: its docstring is the rule."""

    def made(check: Callable[[Case], Iterator[str]]) -> Law:
        law = Law(check.__name__.replace("_", "-"), check.__doc__ or "", section, confidence, races, applies, check)
        _LAWS.append(law)
        return law

    return made


def _wrong_totals(case: Case, ids: Iterable[Hashable]) -> Iterator[str]:
    for id in ids:
        if case.answers[id].total != case.due(id):
            yield f"{id!r} has {case.answers[id].total} points, {case.due(id)} are due"


@_law("2.1", "certain")
def answer(case: Case) -> Iterator[str]:
    """Everyone who started has one row; only a disqualified skater's may be missing."""
    assert case.answers is not None  # asking is the check
    yield from ()


@_law("2.2", "certain", _finishing, _is_plain)
def sprint_points(case: Case) -> Iterator[str]:
    """The first across the line at a sprint get its points by place; a total is their sum."""
    return _wrong_totals(case, case.ranked)


@_law("2.6", "assumed", _tied, _everyone_finishes)
def sprint_dead_heats(case: Case) -> Iterator[str]:
    """Those who tie in a sprint each get the points of the higher place; the rulebook says which place follows."""
    return _wrong_totals(case, case.ranked)


@_law("2.3", "certain", _untied, lambda race: race.rulebook.forfeits and _is_untied(race))
def forfeited_points(case: Case) -> Iterator[str]:
    """Where the rulebook forfeits, the points of a lapped or unfinished skater do not count."""
    return _wrong_totals(case, filter(case.has_failed, case.ranked))


@_law("2.3", "certain", _untied, lambda race: race.rulebook.forfeits and _is_untied(race))
def forfeited_points_pass_to_nobody(case: Case) -> Iterator[str]:
    """Nobody gets the points that another forfeits."""
    return _wrong_totals(case, [id for id in case.ranked if not case.has_failed(id)])


@_law("2.3", "certain", _untied, lambda race: not race.rulebook.forfeits and _is_untied(race))
def kept_points(case: Case) -> Iterator[str]:
    """Where the rulebook does not forfeit, lapped and unfinished skaters keep their points."""
    return _wrong_totals(case, filter(case.has_failed, case.ranked))


@_law("2.3", "certain", _untied, _is_untied)
def points_are_conserved(case: Case) -> Iterator[str]:
    """What the sprints hand out is counted or forfeited: no point is lost, and none is made."""
    race, book = case.race, case.race.rulebook
    handed_out = sum([*book.final][: len(race.finish)])
    handed_out += sum(sum([*book.intermediate][: len(sprint.order)]) for sprint in race.sprints)
    forfeited = sum(case.won(id) - case.due(id) for id in case.ranked)
    counted = sum(case.answers[id].total for id in case.ranked)
    if counted + forfeited != handed_out:
        yield f"the sprints hand out {handed_out} points; {counted} count and {forfeited} are forfeited"


@_law("2.7", "assumed", _disqualifying, lambda race: bool(race.disqualified) and _has_no_ties(race))
def places_of_the_disqualified(case: Case) -> Iterator[str]:
    """The places of a disqualified skater, in sprints and at the finish, are closed up or kept, as the rulebook says."""
    return _wrong_totals(case, [id for id in case.ranked if not case.has_failed(id)])


@_law("2.7", "certain")
def disqualified_unranked(case: Case) -> Iterator[str]:
    """A disqualified skater has no rank and no points, and never advances."""
    for id in [note.id for note in case.race.disqualified]:
        if id in case.answers and case.answers[id] != Answer(None, 0, None):
            yield f"{id!r} is disqualified, and has rank, points or mark: {case.answers[id]}"


@_law("2.4", "certain", _leaving)
def unfinished_behind_finished(case: Case) -> Iterator[str]:
    """A skater short of the distance ranks behind every finisher, whatever the points."""
    for one, other in case.pairs():
        if other in case.left and one not in case.left and case.rank(one) >= case.rank(other):
            yield f"{other!r} did not finish, and does not rank behind {one!r}, who did"


@_law("2.4", "certain", _leaving)
def laps_first(case: Case) -> Iterator[str]:
    """Of two who did not finish, the one with more laps ranks ahead, whatever the points."""
    for one, other in case.pairs():
        here, there = case.laps(one), case.laps(other)
        if one in case.left and here > there and case.rank(one) >= case.rank(other):
            yield f"{one!r} has {here} laps and does not rank ahead of {other!r} with {there}"


@_law("2.4", "certain")
def points_next(case: Case) -> Iterator[str]:
    """Of two at full distance, the one with more points that count ranks ahead."""
    for one, other in case.peers():
        if one not in case.left:
            yield from _by_points(case, one, other)


def _by_points(case: Case, one: Hashable, other: Hashable) -> Iterator[str]:
    here, there = case.answers[one].total, case.answers[other].total
    if here > there and case.rank(one) >= case.rank(other):
        yield f"{one!r} has {here} points and does not rank ahead of {other!r} with {there}"


@_law("2.4", "certain")
def line_decides(case: Case) -> Iterator[str]:
    """Of two at full distance with equal points, the first across the line ranks ahead."""
    for one, other in case.peers():
        if one not in case.left:
            yield from _by_line(case, one, other)


def _by_line(case: Case, one: Hashable, other: Hashable) -> Iterator[str]:
    level = case.answers[one].total == case.answers[other].total
    if level and case.line_before(one, other) and case.rank(one) >= case.rank(other):
        yield f"{one!r} crossed the line before {other!r} and is level on laps and points, but does not rank ahead"


@_law("2.5", "likely", _leaving)
def unfinished_by_points_then_time(case: Case) -> Iterator[str]:
    """Of two unfinished with equal laps, more points that count rank ahead, then the earlier time at the last crossing."""
    for one, other in case.peers():
        if one in case.left:
            yield from _by_points(case, one, other)
            if case.left[one].time and case.left[other].time:
                yield from _by_line(case, one, other)


@_law("2.6", "assumed")
def dead_heats_share(case: Case) -> Iterator[str]:
    """A full dead heat, in laps, points and place across the line, shares the rank."""
    for one, other in case.peers():
        level = case.answers[one].total == case.answers[other].total
        tied = level and not case.line_before(one, other) and not case.line_before(other, one)
        if tied and case.rank(one) != case.rank(other):
            yield f"{one!r} and {other!r} are in a full dead heat and do not share the rank"


@_law("2.6", "assumed")
def shared_ranks_are_skipped(case: Case) -> Iterator[str]:
    """A rank is one more than the number of those ranked better: 1, 2, 2, 4."""
    for id in case.ranked:
        better = sum(case.rank(other) < case.rank(id) for other in case.ranked)
        if case.rank(id) != 1 + better:
            yield f"{id!r} has rank {case.rank(id)}; {better} rank better, so {1 + better} is due"


@_law("2", "certain", _senior, lambda race: _runs_under(race, strategies.SENIOR))
def podium(case: Case) -> Iterator[str]:
    """On ISU senior scales the first three across the line, not lapped, take ranks 1 to 3."""
    finish = case.race.finish.without(case.out, close=True)
    first = [id for id, place in finish if place <= 3]
    for id in first:
        if not case.has_failed(id) and case.rank(id) > max(3, len(first)):
            yield f"{id!r} is among the first three across the line and ranks {case.rank(id)}"


#: The rank, by place across the line; whoever is not here ranks fifth or worse.
_BOUNDS = {1: (1, 3), 2: (1, 3), 3: (1, 3), 4: (4, 6), 5: (4, 8), 6: (4, 10)}


@_law("2", "certain", _isu_2018, lambda race: _runs_under(race, _ON_THE_2018_SCALE) and _is_plain(race))
def bounds(case: Case) -> Iterator[str]:
    """On the 2018 scale, all finishing untied: fourth ranks 4-6, fifth 4-8, sixth 4-10, nobody later above fifth."""
    for id, place in case.race.finish:
        best, worst = _BOUNDS.get(place, (5, len(case.race.starters)))
        if not best <= case.rank(id) <= worst:
            yield f"{id!r} crossed the line in place {place} and ranks {case.rank(id)}, outside {best} to {worst}"


@_law("3", "certain")
def best_advance(case: Case) -> Iterator[str]:
    """Exactly the best go to the next round by rank, as many as the race says."""
    tied = _tied_on_the_last_place(case)
    for id, answer in case.answers.items():
        through = answer.rank is not None and answer.rank <= (case.race.advance or 0)
        if id not in tied and through != (answer.qualified == "Q"):
            yield f"{id!r}, rank {answer.rank}, has the mark {answer.qualified!r}; the best {case.race.advance or 0} go on"


@_law("3", "assumed")
def all_tied_on_the_last_place_advance(case: Case) -> Iterator[str]:
    """Of an exact tie on the last place that goes to the next round, all of the tied go."""
    for id in _tied_on_the_last_place(case):
        if case.answers[id].qualified != "Q":
            yield f"{id!r} shares the last place that goes on, and has the mark {case.answers[id].qualified!r}"


def _tied_on_the_last_place(case: Case) -> list[Hashable]:
    through = [id for id in case.ranked if case.rank(id) <= (case.race.advance or 0)]
    if len(through) <= (case.race.advance or 0):
        return []
    last = max(map(case.rank, through))
    return [id for id in through if case.rank(id) == last]


@_law("3", "certain")
def qualified_are_the_head(case: Case) -> Iterator[str]:
    """Those who advance by rank are the head of the ranking."""
    for one, other in case.pairs():
        behind = case.answers[one].qualified == "Q" != case.answers[other].qualified
        if behind and case.rank(one) > case.rank(other):
            yield f"{one!r} is qualified by rank, and {other!r}, who ranks ahead, is not"


@_law("3", "certain")
def added_by_decision(case: Case) -> Iterator[str]:
    """Whom the Referee adds advances in addition to the best."""
    added = {note.id for note in case.race.advanced}
    for id, answer in case.answers.items():
        if answer.qualified != "Q" and (answer.qualified == "q") != (id in added):
            yield f"{id!r} has the mark {answer.qualified!r}; added by the Referee: {'yes' if id in added else 'no'}"


@_law("2", "certain")
def order_of_the_input(case: Case) -> Iterator[str]:
    """How a race is written down does not matter: starters, notes, times, who is named first in a tie."""
    after = case.answers_to(changes.backwards(case.race))
    for id, answer in case.answers.items():
        if after.get(id) != answer:
            yield f"{id!r}: {answer}; with the same race written backwards {after.get(id)}"


@_law("2", "certain")
def names(case: Case) -> Iterator[str]:
    """Renaming the skaters renames them in the result, and changes nothing else."""
    ids = case.race.starters.ids
    new = dict(zip(ids, reversed(ids), strict=True))
    after = case.answers_to(changes.renamed(case.race, new.__getitem__))
    for id, answer in case.answers.items():
        if after.get(new[id]) != answer:
            yield f"{id!r}: {answer}; with the ids exchanged {after.get(new[id])}"


@_law("2", "certain")
def dropping_the_last(case: Case) -> Iterator[str]:
    """Without the skater who ranks last, and won no points, the others keep rank and points."""
    last = max(case.ranked, key=case.rank, default=None)
    if last is None or case.won(last):
        return
    after = case.answers_to(changes.without(case.race, last))
    for id, answer in case.answers.items():
        if id != last and after.get(id) != answer:
            yield f"{id!r}: {answer}; without {last!r}, who ranks last, {after.get(id)}"


@_law("2", "certain")
def more_points_never_hurt(case: Case) -> Iterator[str]:
    """Winning a sprint never costs its winner a rank."""
    orders = {sprint.lap: changes.as_lists(sprint.order) for sprint in case.race.sprints}
    for sprint in case.race.sprints:
        for id in [id for id in sprint.order.ids if id in case.ranked][-1:]:
            better = orders | {sprint.lap: changes.first_across(sprint.order, id)}
            now = case.answers_to(changes.changed(case.race, sprints=better))[id].rank or 0
            if now > case.rank(id):
                yield f"{id!r} ranks {case.rank(id)}, and {now} after winning the sprint at lap {sprint.lap}"


@_law("2", "assumed")
def everything(case: Case) -> Iterator[str]:
    """Rank and points of everyone are what comparing each pair by the rules gives."""

    def before(one: Hashable, other: Hashable) -> bool:
        if case.laps(one) != case.laps(other):
            return case.laps(one) > case.laps(other)
        if case.due(one) != case.due(other):
            return case.due(one) > case.due(other)
        return case.line_before(one, other)

    for id in case.ranked:
        due = 1 + sum(before(other, id) for other in case.ranked)
        if (case.rank(id), case.answers[id].total) != (due, case.due(id)):
            yield (
                f"{id!r} has rank {case.rank(id)} and {case.answers[id].total} points; "
                f"rank {due} and {case.due(id)} are due"
            )


#: Every rule of one race, the particular ones first.
LAWS = tuple(_LAWS)
