"""Who is who over a season: the same skater on several sheets, whatever the spelling.

Decides when two printed rows are one skater. The name and the nation tell skaters apart, as `massstart.identity`
compares them. The number worn only joins two spellings that are alike: on the official sheets of 2025/26 numbers pass
from one skater to another between two competitions (254 of GER was Josephine Schlörb, then Josie Hofmann), so a number
alone proves nothing. Without a number in common, a name that is contained in another is the same skater's if nobody
else of the nation fits, and the two never skate on one day (assumed).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import combinations
from typing import TypeAlias, cast

from attrs import field, frozen

from massstart.identity import alike, contained, name_words, nation, nearly, same_name
from massstart.problems import InvalidRecord, Problem
from massstart.words import count, listing

#: How like two spellings under one number must be, from 0 to 1, if they share no word (assumed).
_ALIKE = 0.8
#: How many numbers a warning names before it counts the rest.
_NAMED = 3

#: Two names as they are given: pairs, or a mapping of one to the other.
NamePairs: TypeAlias = Mapping[str, str] | Iterable[tuple[str, str]]

#: What tells skaters apart: the nation, the words of the name, and the name as printed. A row without a name is a skater
#: of its own.
Identity = tuple[str, tuple[str, ...], str]


@frozen
class Appearance:
    """A row of a sheet, as far as it tells who skated.

    Attributes:
        day: the date of the race.
        sheet: the id of the sheet.
        row: the row there, from 0 on.
        bib, name, nation: as printed.
    """

    day: str
    sheet: str
    row: int
    bib: str | None
    name: str | None
    nation: str | None

    @property
    def identity(self) -> Identity:
        """What this row alone tells of who it is."""
        name = " ".join((self.name or "").split())
        words = name_words(name) or ((name,) if name else ("", self.day, self.sheet, f"{self.row:06}"))
        return (nation(self.nation), words, name)


def to_pairs(pairs: NamePairs) -> tuple[tuple[str, str], ...]:
    """Pairs of names, from pairs or a mapping."""
    given = pairs.items() if isinstance(pairs, Mapping) else [pairs] if isinstance(pairs, str) else pairs
    return tuple([cast(tuple[str, str], tuple(pair) if isinstance(pair, list) else pair) for pair in given])


@frozen
class KnownNames:
    """What is known beforehand about names that look like one skater's, or like two.

    Attributes:
        aliases: pairs of names of one skater.
        apart: pairs of names of two skaters, however alike they are.

    Raises:
        InvalidRecord: what is not a pair of names, and a pair that is in both lists.
    """

    aliases: tuple[tuple[str, str], ...] = field(default=(), converter=to_pairs)
    apart: tuple[tuple[str, str], ...] = field(default=(), converter=to_pairs)

    def __attrs_post_init__(self) -> None:
        problems = [
            Problem("type", f"{where}[{index}]", f"{pair!r} is not a pair of names", "give two names")
            for where, pairs in (("aliases", self.aliases), ("apart", self.apart))
            for index, pair in enumerate(pairs)
            if not (
                isinstance(pair, tuple)
                and len(pair) == 2
                and all(isinstance(name, str) and name.strip() for name in pair)
            )
        ]
        if not problems:
            problems = [
                Problem(
                    "alias", f"apart[{index}]", f"{' and '.join(pair)} are one skater by the aliases", "keep one of the two"
                )
                for index, pair in enumerate(self.apart)
                if any(_same_pair(pair, alias) for alias in self.aliases)
            ]  # fmt: skip
        if problems:
            raise InvalidRecord(problems)


def _same_pair(pair: tuple[str, str], also: tuple[str, str]) -> bool:
    return any(all(same_name(name, other) for name, other in zip(pair, way, strict=True)) for way in (also, also[::-1]))


def tell_apart(
    appearances: Iterable[Appearance], known: KnownNames | None = None
) -> tuple[dict[Appearance, Identity], tuple[Problem, ...]]:
    """Who each appearance is, and what is doubtful about it. The order of the appearances does not matter."""
    season = _Season(appearances, known or KnownNames())
    warnings = [
        *season.join_aliases(),
        *season.join_spellings(),
        *season.join_by_number(),
        *season.join_contained(),
        *season.nearly_equal(),
        *season.worn_by_two(),
        *season.two_nations(),
        *season.nameless(),
    ]
    return season.identities(), tuple(warnings)


class _Season:
    """The skaters of a season while they are told apart.

    Attributes:
        rows: what is printed of each skater, by the identity that stands for the skater.
        names: every name and nation under which a skater stands, by that identity.
    """

    def __init__(self, appearances: Iterable[Appearance], known: KnownNames) -> None:
        self.rows: dict[Identity, list[Appearance]] = defaultdict(list)
        for appearance in appearances:
            self.rows[appearance.identity].append(appearance)
        self.names: dict[Identity, set[Identity]] = {identity: {identity} for identity in self.rows}
        self.known = known
        self.printed = sorted(identity for identity in self.rows if identity[2])
        self.parted = {
            frozenset(pair)
            for one, other in known.apart
            for pair in self._pairs(self._called(one), self._called(other))
        }  # fmt: skip

    # --- what is known of two skaters ---

    def _called(self, name: str) -> list[Identity]:
        """Who is called so: letter by letter if anybody is, else in any spelling."""
        exact = [identity for identity in self.printed if identity[2] == " ".join(name.split())]
        return exact or [identity for identity in self.printed if same_name(identity[2], name)]

    @staticmethod
    def _pairs(some: Iterable[Identity], others: Collection[Identity]) -> list[tuple[Identity, Identity]]:
        """Pairs of two names: those within one nation if there are any, else all."""
        every = [(one, other) for one in some for other in others if one != other]
        return [pair for pair in every if pair[0][0] == pair[1][0]] or every

    def _now(self, identity: Identity) -> Identity:
        """Who stands for the skater of an identity."""
        return next(leader for leader, names in self.names.items() if identity in names)

    def _label(self, identity: Identity) -> str:
        latest = max(self.rows[identity], key=lambda row: (row.day, row.sheet, row.name or ""))
        return latest.name or "a skater without a name"

    def _kept_apart(self, one: Identity, other: Identity) -> bool:
        return any(frozenset((a, b)) in self.parted for a in self.names[one] for b in self.names[other])

    def _on_one_sheet(self, one: Identity, other: Identity) -> bool:
        return not {row.sheet for row in self.rows[one]}.isdisjoint(row.sheet for row in self.rows[other])

    def _on_one_day(self, one: Identity, other: Identity) -> bool:
        return not {row.day for row in self.rows[one]}.isdisjoint(row.day for row in self.rows[other])

    def _with_two_numbers(self, one: Identity, other: Identity) -> bool:
        days: dict[str, set[str | None]] = defaultdict(set)
        for row in self.rows[one]:
            days[row.day].add(row.bib)
        return any(row.day in days and days[row.day] != {row.bib} for row in self.rows[other])

    def _join(self, one: Identity, other: Identity) -> None:
        first, second = sorted((one, other))
        self.rows[first] += self.rows.pop(second)
        self.names[first] |= self.names.pop(second)

    # --- joining ---

    def join_aliases(self) -> Iterator[Problem]:
        """Names that are known to be one skater's."""
        for index, (name, alias) in enumerate(self.known.aliases):
            missing = [spelling for spelling in dict.fromkeys((name, alias)) if not self._called(spelling)]
            for spelling in missing:
                yield Problem(
                    "alias", f"aliases[{index}]", f"nobody on the sheets is called {spelling!r}", "correct the alias"
                )
            if not missing:
                for one, other in self._pairs(self._called(name), self._called(alias)):
                    if self._now(one) != self._now(other):
                        self._join(self._now(one), self._now(other))

    def join_spellings(self) -> Iterator[Problem]:
        """One name of one nation, whatever its capitals, accents and order: nothing to warn of."""
        yield from ()
        for one, other in combinations(self.printed, 2):
            if one[0] == other[0] and same_name(one[2], other[2]):
                first, second = self._now(one), self._now(other)
                if first != second and not self._kept_apart(first, second):
                    self._join(first, second)

    def join_by_number(self) -> Iterator[Problem]:
        """Names that are alike under one number."""
        worn: dict[str, set[Identity]] = defaultdict(set)
        for identity in self.printed:
            for row in self.rows[self._now(identity)]:
                if row.bib and row.identity == identity:
                    worn[row.bib].add(identity)
        labels = {identity: identity[2] for identity in self.printed}
        for bib in sorted(worn, key=lambda bib: (len(bib), bib)):
            for one, other in combinations(sorted(worn[bib]), 2):
                first, second = self._now(one), self._now(other)
                if (
                    first != second
                    and _can_be_one(one, other)
                    and not self._on_one_sheet(first, second)
                    and not self._with_two_numbers(first, second)
                    and not self._kept_apart(first, second)
                ):
                    self._join(first, second)
                    yield Problem(
                        "two-spellings", "", f"{labels[one]} and {labels[other]} wore number {bib} and count as one skater",
                        "write the name in one way if they are, or keep them apart",
                    )  # fmt: skip

    def join_contained(self) -> Iterator[Problem]:
        """A name within another of the nation, if nobody else fits and the two never skate on one day."""
        fits: dict[Identity, set[Identity]] = defaultdict(set)
        for one, other in combinations(sorted(self.rows), 2):
            if (
                one[0] == other[0]
                and any(contained(a[2], b[2]) for a in self.names[one] for b in self.names[other])
                and not self._on_one_day(one, other)
                and not self._kept_apart(one, other)
            ):
                fits[one].add(other)
                fits[other].add(one)
        for one in sorted(fits):
            # Everyone who fits one of them fits all of them: there is nobody else.
            group = {one, *fits[one]}
            if one == min(group) and all({other, *fits[other]} == group for other in group):
                labels = [self._label(other) for other in sorted(group)]
                for other in sorted(group - {one}):
                    self._join(one, other)
                yield Problem(
                    "two-spellings", "", f"{listing(labels)} never skate on one day and count as one skater",
                    "write the name in one way if they are, or keep them apart",
                )  # fmt: skip

    # --- what stays doubtful ---

    def nearly_equal(self) -> Iterator[Problem]:
        """Two skaters of one nation whose names are nearly equal and never stand on one sheet."""
        for one, other in combinations(sorted(self.rows), 2):
            if (
                one[0] == other[0]
                and any(_look_alike(a, b) for a in self.names[one] for b in self.names[other])
                and not self._on_one_sheet(one, other)
                and not self._kept_apart(one, other)
            ):
                yield Problem(
                    "nearly-equal", "", f"{self._label(one)} and {self._label(other)} have nearly equal names and count as "
                    "two skaters", "give an alias if they are one, or keep them apart",
                )  # fmt: skip

    def worn_by_two(self) -> Iterator[Problem]:
        """Numbers under two names on one day; from one competition to the next they are given out anew."""
        worn: dict[tuple[int, str, str], set[Identity]] = defaultdict(set)
        for identity, own in self.rows.items():
            for row in own:
                if row.bib and identity[2]:
                    worn[len(row.bib), row.bib, row.day].add(identity)
        shared = [
            f"{bib} ({', '.join(self._label(identity) for identity in sorted(wearers))})"
            for (_, bib, _), wearers in sorted(worn.items(), key=lambda item: item[0])
            if len(wearers) > 1
        ]
        if shared:
            more = [f"{len(shared) - _NAMED} more"] if len(shared) > _NAMED else []
            yield Problem(
                "two-names", "", f"{count(len(shared), 'number')} worn under two names on one day: "
                f"{listing([*shared[:_NAMED], *more])}; they count as different skaters",
                "correct the number, or the name, if one of them is the same skater",
            )  # fmt: skip

    def two_nations(self) -> Iterator[Problem]:
        nations: dict[tuple[str, ...], list[Identity]] = defaultdict(list)
        for identity in sorted(self.rows):
            if identity[2]:
                nations[identity[1]].append(identity)
        for own in nations.values():
            if len({code for code, *_ in own}) > 1:
                codes = listing([code or "no nation" for code, *_ in own])
                yield Problem(
                    "two-nations", "", f"{self._label(own[0])} skates for {codes} and counts as {len(own)} skaters",
                    "write one nation if it is one skater",
                )  # fmt: skip

    def nameless(self) -> Iterator[Problem]:
        nameless = sum(not name for *_, name in self.rows)
        if nameless:
            message = f"{count(nameless, 'row')} without a name, each counted as a skater of its own"
            yield Problem("no-name", "", message, "add the names")

    def identities(self) -> dict[Appearance, Identity]:
        return {appearance: identity for identity, own in self.rows.items() for appearance in own}


def _can_be_one(one: Identity, other: Identity) -> bool:
    """Whether two identities can be two spellings of one: of one nation, with a word in common or nearly equal."""
    if one[0] != other[0]:
        return False
    ratio = SequenceMatcher(None, " ".join(one[1]), " ".join(other[1])).ratio()
    return alike(one[2], other[2]) or ratio >= _ALIKE


def _look_alike(one: Identity, other: Identity) -> bool:
    return bool(one[2] and other[2]) and (nearly(one[2], other[2]) or contained(one[2], other[2]))
