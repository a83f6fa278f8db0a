"""The rules of one race as laws that any ranking engine obeys, whoever wrote it.

Decides what each rule asks of an engine's answer. Nothing here sorts, and no code is shared with the scoring and
ranking of this package: whether one skater ranks before another is asked of every pair, and a place is one
more than the number of those before.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import permutations
from typing import Any

from attrs import Attribute, fields, frozen
from hypothesis import strategies as st

from massstart.order import Order
from massstart.race import Race
from massstart.rulebook import Confidence, Rulebook, Scale
from massstart.rulebooks import ids as rulebook_ids
from massstart.rulebooks import rulebook as rulebook_by_id
from massstart.testing import changes, strategies

#: A ranking engine: a race in, rows out; see `massstart.testing.check_engine` for what a row is.
Engine = Callable[[Race], Iterable[Any]]


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
        Unusable: the engine raises, a row lacks a value, or a skater has two rows.
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


@frozen
class Law:
    """One rule, as a law for engines.

    Attributes:
        name: a short name.
        rule: the rule, in a sentence.
        section: where it stands in the rules: ``2.4`` is section 2, point 4.
        confidence: ``certain``, ``likely`` or ``assumed``.
        races: makes the strategy of the races it is checked on.
        check: what is wrong with an engine's answers to a race, one sentence each.

    Example:
        >>> from massstart import Race, rank
        >>> from massstart.testing import LAWS
        >>> law = next(law for law in LAWS if law.name == "podium")
        >>> print(law.broken_by(rank, Race(rulebook="isu-2018", starters=["a", "b"], finish=["b", "a"])))
        None
    """

    name: str
    rule: str
    section: str
    confidence: Confidence
    races: Callable[[], st.SearchStrategy[Race]]
    check: Callable[[Engine, Race], Iterator[str]]

    def broken_by(self, engine: Engine, race: Race) -> str | None:
        """What is wrong with the engine's answer to a race, or ``None``.

        An answer that is none is what the law ``answer`` is about; the others pass over it.
        """
        try:
            return next(self.check(engine, race), None)
        except Unusable as error:
            return str(error) if self.name == "answer" else None


# --- what the rules say, skater by skater ------------------------------------------------------------------


class _Ice:
    """A race, looked at skater by skater."""

    def __init__(self, race: Race) -> None:
        self.race = race
        self.out = {note.id for note in race.disqualified}
        self.left = {note.id: note for note in race.unfinished}
        self.ranked = [id for id in race.starters.ids if id not in self.out and id not in race.did_not_start]

    def laps(self, id: Hashable) -> int:
        return self.left[id].laps if id in self.left else self.race.laps

    def won(self, id: Hashable) -> int:
        """The points of all sprints, counted or not."""
        book = self.race.rulebook
        there = [
            (sprint.order, book.intermediate, book.disqualified_in_sprint == "closed") for sprint in self.race.sprints
        ]
        there.append((self.race.finish, book.final, book.disqualified_at_finish == "closed"))
        return sum(self._points(id, *sprint) for sprint in there)

    def total(self, id: Hashable) -> int:
        return 0 if self.race.rulebook.forfeits and self.has_failed(id) else self.won(id)

    def has_failed(self, id: Hashable) -> bool:
        """Whether the skater is lapped or unfinished."""
        return id in self.left or id in self.race.lapped

    def line_before(self, one: Hashable, other: Hashable) -> bool:
        """Whether one crossed the line before the other, both with as many laps."""
        if one not in self.left:
            return one in _ahead(self.race.finish, other)
        mine, theirs = self.left[one].time, self.left[other].time
        if mine is None or theirs is None:
            return mine is not None and theirs is None
        return mine.milliseconds < theirs.milliseconds

    def _points(self, id: Hashable, order: Order, scale: Scale, closed: bool) -> int:  # noqa: FBT001
        if id not in order.ids:
            return 0
        ahead = _ahead(order, id) - (self.out if closed else set())
        if self.race.rulebook.sprint_dead_heat == "skip":
            place = len(ahead)
        else:
            place = sum(not ahead.isdisjoint(group) for group in order.groups)
        return dict(enumerate(scale)).get(place, 0)


def _ahead(order: Order, id: Hashable) -> set[Hashable]:
    ahead: set[Hashable] = set()
    for group in order.groups:
        if id in group:
            break
        ahead.update(group)
    return ahead


def _pairs(engine: Engine, race: Race) -> Iterator[tuple[_Ice, Answers, Hashable, Hashable]]:
    ice, answers = _Ice(race), ask(engine, race)
    for one, other in permutations(ice.ranked, 2):
        yield ice, answers, one, other


def _rank(answers: Answers, id: Hashable) -> int:
    return answers[id].rank or 0


# --- the checks --------------------------------------------------------------------------------------------


def _check_answer(engine: Engine, race: Race) -> Iterator[str]:
    ask(engine, race)
    yield from ()


def _totals(wanted: Callable[[_Ice, Hashable], bool]) -> Callable[[Engine, Race], Iterator[str]]:
    def check(engine: Engine, race: Race) -> Iterator[str]:
        ice, answers = _Ice(race), ask(engine, race)
        for id in ice.ranked:
            if wanted(ice, id) and answers[id].total != ice.total(id):
                yield f"{id!r} has {answers[id].total} points, {ice.total(id)} are due"

    return check


def _check_unfinished_behind(engine: Engine, race: Race) -> Iterator[str]:
    for ice, answers, one, other in _pairs(engine, race):
        if other in ice.left and one not in ice.left and _rank(answers, one) >= _rank(answers, other):
            yield f"{other!r} did not finish, and does not rank behind {one!r}, who did"


def _check_laps(engine: Engine, race: Race) -> Iterator[str]:
    for ice, answers, one, other in _pairs(engine, race):
        both_left = one in ice.left and other in ice.left
        if both_left and ice.laps(one) > ice.laps(other) and _rank(answers, one) >= _rank(answers, other):
            yield f"{one!r} has {ice.laps(one)} laps and does not rank ahead of {other!r} with {ice.laps(other)}"


def _check_points(engine: Engine, race: Race) -> Iterator[str]:
    for ice, answers, one, other in _pairs(engine, race):
        more = answers[one].total > answers[other].total
        if ice.laps(one) == ice.laps(other) and more and _rank(answers, one) >= _rank(answers, other):
            yield f"{one!r} has {answers[one].total} points and does not rank ahead of {other!r} with {answers[other].total}"


def _check_line(engine: Engine, race: Race) -> Iterator[str]:
    for ice, answers, one, other in _pairs(engine, race):
        level = ice.laps(one) == ice.laps(other) and answers[one].total == answers[other].total
        if level and ice.line_before(one, other) and _rank(answers, one) >= _rank(answers, other):
            yield f"{one!r} crossed the line before {other!r} and is level on laps and points, but does not rank ahead"


def _check_shared(engine: Engine, race: Race) -> Iterator[str]:
    for ice, answers, one, other in _pairs(engine, race):
        level = ice.laps(one) == ice.laps(other) and answers[one].total == answers[other].total
        tied = level and not ice.line_before(one, other) and not ice.line_before(other, one)
        if tied and _rank(answers, one) != _rank(answers, other):
            yield f"{one!r} and {other!r} are in a full dead heat and do not share the rank"


def _check_skipped(engine: Engine, race: Race) -> Iterator[str]:
    ice, answers = _Ice(race), ask(engine, race)
    for id in ice.ranked:
        due = 1 + sum(_rank(answers, other) < _rank(answers, id) for other in ice.ranked)
        if answers[id].rank != due:
            yield f"{id!r} has rank {answers[id].rank}; {due - 1} rank better, so {due} is due"


def _check_out(engine: Engine, race: Race) -> Iterator[str]:
    answers = ask(engine, race)
    for note in race.disqualified:
        if note.id in answers and answers[note.id] != Answer(None, 0, None):
            yield f"{note.id!r} is disqualified, and has rank, points or mark: {answers[note.id]}"


def _check_best(engine: Engine, race: Race) -> Iterator[str]:
    answers = ask(engine, race)
    for id, answer in answers.items():
        through = answer.rank is not None and race.advance is not None and answer.rank <= race.advance
        if through != (answer.qualified == "Q"):
            yield f"{id!r}, rank {answer.rank}, has the mark {answer.qualified!r}; the best {race.advance or 0} go on"


def _check_head(engine: Engine, race: Race) -> Iterator[str]:
    for _, answers, one, other in _pairs(engine, race):
        behind = answers[one].qualified == "Q" != answers[other].qualified
        if behind and _rank(answers, one) >= _rank(answers, other):
            yield f"{one!r} is qualified by rank, and {other!r}, who does not rank behind, is not"


def _check_added(engine: Engine, race: Race) -> Iterator[str]:
    answers = ask(engine, race)
    added = {note.id for note in race.advanced}
    for id, answer in answers.items():
        if answer.qualified != "Q" and (answer.qualified == "q") != (id in added):
            yield f"{id!r} has the mark {answer.qualified!r}; added by the Referee: {'yes' if id in added else 'no'}"


def _check_podium(engine: Engine, race: Race) -> Iterator[str]:
    ice, answers = _Ice(race), ask(engine, race)
    across = [id for id in race.finish.ids if id not in ice.out]
    first = [id for id in across if len(_ahead(race.finish, id) - ice.out) < 3]
    for id in first:
        if not ice.has_failed(id) and _rank(answers, id) > max(3, len(first)):
            yield f"{id!r} is among the first three across the line and ranks {answers[id].rank}"


#: The rank, by place across the line; whoever is not here ranks fifth or worse.
_BOUNDS = {1: (1, 3), 2: (1, 3), 3: (1, 3), 4: (4, 6), 5: (4, 8), 6: (4, 10)}


def _check_bounds(engine: Engine, race: Race) -> Iterator[str]:
    answers = ask(engine, race)
    for place, id in enumerate(race.finish.ids, 1):
        best, worst = _BOUNDS.get(place, (5, len(race.starters)))
        if not best <= _rank(answers, id) <= worst:
            yield f"{id!r} crossed the line in place {place} and ranks {answers[id].rank}, outside {best} to {worst}"


def _check_input_order(engine: Engine, race: Race) -> Iterator[str]:
    before, after = ask(engine, race), ask(engine, changes.backwards(race))
    for id, answer in before.items():
        if after.get(id) != answer:
            yield f"{id!r}: {answer}; with the same race written backwards {after.get(id)}"


def _check_names(engine: Engine, race: Race) -> Iterator[str]:
    ids = race.starters.ids
    new = dict(zip(ids, reversed(ids), strict=True))
    before, after = ask(engine, race), ask(engine, changes.renamed(race, new.__getitem__))
    for id, answer in before.items():
        if after.get(new[id]) != answer:
            yield f"{id!r}: {answer}; with the ids exchanged {after.get(new[id])}"


def _check_last(engine: Engine, race: Race) -> Iterator[str]:
    ice, before = _Ice(race), ask(engine, race)
    last = max(ice.ranked, key=lambda id: _rank(before, id), default=None)
    if last is None or ice.won(last):
        return
    after = ask(engine, changes.without(race, last))
    for id, answer in before.items():
        if id != last and after.get(id) != answer:
            yield f"{id!r}: {answer}; without {last!r}, who ranks last, {after.get(id)}"


def _check_more_points(engine: Engine, race: Race) -> Iterator[str]:
    ice, before = _Ice(race), ask(engine, race)
    orders = {sprint.lap: changes.as_lists(sprint.order) for sprint in race.sprints}
    for sprint in race.sprints:
        for id in [id for id in sprint.order.ids if id in ice.ranked][-1:]:
            lifted = changes.changed(race, sprints=orders | {sprint.lap: changes.first_across(sprint.order, id)})
            now = ask(engine, lifted)[id].rank
            if (now or 0) > _rank(before, id):
                yield f"{id!r} ranks {before[id].rank}, and {now} after winning the sprint at lap {sprint.lap}"


def _check_everything(engine: Engine, race: Race) -> Iterator[str]:
    ice, answers = _Ice(race), ask(engine, race)
    totals = {id: ice.total(id) for id in ice.ranked}

    def before(one: Hashable, other: Hashable) -> bool:
        if ice.laps(one) != ice.laps(other):
            return ice.laps(one) > ice.laps(other)
        if totals[one] != totals[other]:
            return totals[one] > totals[other]
        return ice.line_before(one, other)

    for id in ice.ranked:
        due = 1 + sum(before(other, id) for other in ice.ranked)
        if (answers[id].rank, answers[id].total) != (due, totals[id]):
            yield f"{id!r} has rank {answers[id].rank} and {answers[id].total} points; rank {due} and {totals[id]} are due"


# --- the laws ----------------------------------------------------------------------------------------------


def _any() -> st.SearchStrategy[Race]:
    return strategies.races()


def _plain_races() -> st.SearchStrategy[Race]:
    return strategies.races(everyone_finishes=True, dead_heats=False)


def _tied() -> st.SearchStrategy[Race]:
    return strategies.races(everyone_finishes=True, min_size=2)


def _within_the_rules(*, forfeits: bool) -> st.SearchStrategy[Race]:
    books = strategies.rulebooks().filter(lambda book: book.forfeits == forfeits)
    return strategies.races(rulebook=books, disqualified=False, dead_heats=False)


def _with_disqualified() -> st.SearchStrategy[Race]:
    return strategies.races(min_size=2, lapped=False, unfinished=False, did_not_start=False, dead_heats=False)


def _senior() -> st.SearchStrategy[Race]:
    return strategies.races(rulebook=strategies.isu_rulebooks(*strategies.SENIOR), own_distance=False)


def _isu_2018() -> st.SearchStrategy[Race]:
    return strategies.races(
        rulebook="isu-2018", own_distance=False, everyone_finishes=True, dead_heats=False, full_sprints=True
    )


def _everyone(_: _Ice, __: Hashable) -> bool:
    return True


#: Every rule of one race, the particular ones first.
LAWS = (
    Law(
        "answer", "Everyone who started has one row; only a disqualified skater's may be missing.",
        "2.1", "certain", _any, _check_answer,
    ),
    Law(
        "sprint-points", "The first across the line at a sprint get its points by place; a total is their sum.",
        "2.2", "certain", _plain_races, _totals(_everyone),
    ),
    Law(
        "sprint-dead-heats",
        "Those who tie in a sprint each get the points of the higher place; the rulebook says which place follows.",
        "2.6", "assumed", _tied, _totals(_everyone),
    ),
    Law(
        "forfeited-points", "Where the rulebook forfeits, the points of a lapped or unfinished skater do not count.",
        "2.3", "certain", lambda: _within_the_rules(forfeits=True), _totals(_Ice.has_failed),
    ),
    Law(
        "forfeited-points-pass-to-nobody", "Nobody gets the points that another forfeits.",
        "2.3", "certain", lambda: _within_the_rules(forfeits=True), _totals(lambda ice, id: not ice.has_failed(id)),
    ),
    Law(
        "kept-points", "Where the rulebook does not forfeit, lapped and unfinished skaters keep their points.",
        "2.3", "certain", lambda: _within_the_rules(forfeits=False), _totals(_everyone),
    ),
    Law(
        "places-of-the-disqualified",
        "The places of a disqualified skater, in sprints and at the finish, are closed up or kept, as the rulebook says.",
        "2.7", "assumed", _with_disqualified, _totals(_everyone),
    ),
    Law(
        "disqualified-unranked", "A disqualified skater has no rank and no points, and never advances.",
        "2.7", "certain", _any, _check_out,
    ),
    Law(
        "unfinished-behind-finished", "A skater short of the distance ranks behind every finisher, whatever the points.",
        "2.4", "certain", _any, _check_unfinished_behind,
    ),
    Law(
        "laps-first", "Of two who did not finish, the one with more laps ranks ahead, whatever the points.",
        "2.4", "certain", _any, _check_laps,
    ),
    Law(
        "points-next", "With equal laps, more points that count rank ahead.",
        "2.4", "certain", _any, _check_points,
    ),
    Law(
        "line-decides", "With equal laps and points, the order across the line decides; for the unfinished, the last crossing.",
        "2.4", "certain", _any, _check_line,
    ),
    Law(
        "dead-heats-share", "A full dead heat, in laps, points and place across the line, shares the rank.",
        "2.6", "assumed", _any, _check_shared,
    ),
    Law(
        "shared-ranks-are-skipped", "A rank is one more than the number of those ranked better: 1, 2, 2, 4.",
        "2.6", "assumed", _any, _check_skipped,
    ),
    Law(
        "podium", "On ISU senior scales the first three across the line, not lapped, take ranks 1 to 3.",
        "2", "certain", _senior, _check_podium,
    ),
    Law(
        "bounds",
        "On the 2018 scale, everyone finishing without ties: fourth ranks 4-6, fifth 4-8, sixth 4-10, nobody later above fifth.",
        "2", "certain", _isu_2018, _check_bounds,
    ),
    Law(
        "best-advance", "Exactly the best go to the next round by rank, and all who tie on the last place.",
        "3", "certain", _any, _check_best,
    ),
    Law(
        "qualified-are-the-head", "Those who advance by rank are the head of the ranking.",
        "3", "certain", _any, _check_head,
    ),
    Law(
        "added-by-decision", "Whom the Referee adds advances in addition to the best.",
        "3", "certain", _any, _check_added,
    ),
    Law(
        "order-of-the-input", "How a race is written down does not matter: starters, notes, times, who is named first in a tie.",
        "2", "certain", _any, _check_input_order,
    ),
    Law(
        "names", "Renaming the skaters renames them in the result, and changes nothing else.",
        "2", "certain", _any, _check_names,
    ),
    Law(
        "dropping-the-last", "Without the skater who ranks last, and won no points, the others keep rank and points.",
        "2", "certain", _any, _check_last,
    ),
    Law(
        "more-points-never-hurt", "Winning a sprint never costs its winner a rank.",
        "2", "certain", _any, _check_more_points,
    ),
    Law(
        "everything", "Rank and points of everyone are what comparing each pair by the rules gives.",
        "2", "assumed", _any, _check_everything,
    ),
)  # fmt: skip


# --- races as code -----------------------------------------------------------------------------------------


def source(race: Race) -> str:
    """The race as the Python expression that makes it, without what says nothing."""
    given = changes.plain(race)
    book = race.rulebook
    if book.laps == race.laps and book.sprint_laps == race.sprint_laps:
        del given["laps"], given["sprint_laps"]
    given["rulebook"] = _book_source(book)
    given["starters"] = repr(list(race.starters.ids))
    given["times"] = {id: str(time) for id, time in race.times}
    given["unfinished"] = {note.id: (note.laps, note.time and str(note.time)) for note in race.unfinished}
    for name in ("disqualified", "advanced"):
        given[name] = [note.id for note in given[name]]
    always = ("rulebook", "starters", "finish")
    said = [
        f"{name}={value if name in ('rulebook', 'starters') else repr(value)}"
        for name, value in given.items()
        if name in always or value not in (None, [], {})
    ]
    return f"Race({', '.join(said)})"


def _book_source(book: Rulebook) -> str:
    if book.id in rulebook_ids() and rulebook_by_id(book.id) == book:
        return repr(book.id)
    said = [
        f"{one.name}={_scale_source(getattr(book, one.name))}"
        for one in fields(Rulebook)
        if _is_needed(one, getattr(book, one.name))
    ]
    return f"Rulebook({', '.join(said)})"


def _is_needed(one: "Attribute[Any]", value: object) -> bool:
    return bool(one.default != value) and one.name != "evidence"


def _scale_source(value: object) -> str:
    return f"Scale({', '.join(map(str, value))})" if isinstance(value, Scale) else repr(value)
