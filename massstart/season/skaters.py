"""Who is who over a season: the same skater on several sheets, whatever the spelling.

Decides when two printed rows are one skater. The name and the nation tell skaters apart. The number worn only joins
two spellings that are alike: on the official sheets of 2025/26 numbers pass from one skater to another between two
competitions (254 of GER was Josephine Schlörb, then Josie Hofmann), so a number alone proves nothing.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from attrs import frozen

from massstart.problems import Problem
from massstart.words import count, listing

#: Letters that do not decompose into a plain one and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "þ": "th"})
#: How like two spellings must be, from 0 to 1, if they share no word (assumed).
_ALIKE = 0.8
#: How many numbers a warning names before it counts the rest.
_NAMED = 3

#: What tells skaters apart: the nation and the words of the name. A row without a name is a skater of its own.
Identity = tuple[str, tuple[str, ...]]


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
        words = name_words(self.name or "")
        return ((self.nation or "").casefold(), words or ("", self.day, self.sheet, f"{self.row:06}"))


@lru_cache(maxsize=4096)
def name_words(name: str) -> tuple[str, ...]:
    """The words of a name, whatever their order, capitals, accents and hyphens.

    Example:
        >>> from massstart.season.skaters import name_words
        >>> name_words("Jae-Won CHUNG") == name_words("Chung Jaewon")
        True
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_PLAIN))
    plain = "".join(character for character in decomposed if not unicodedata.combining(character))
    return tuple(sorted(re.sub(r"[^\w\s]", "", plain).split()))


def tell_apart(appearances: Iterable[Appearance]) -> tuple[dict[Appearance, Identity], tuple[Problem, ...]]:
    """Who each appearance is, and what is doubtful about it. The order of the appearances does not matter."""
    rows: dict[Identity, list[Appearance]] = defaultdict(list)
    for appearance in appearances:
        rows[appearance.identity].append(appearance)
    names = {identity: _latest(own).name or "a skater without a name" for identity, own in rows.items()}
    worn: dict[str, set[Identity]] = defaultdict(set)
    for identity, own in rows.items():
        for appearance in own:
            if appearance.bib:
                worn[appearance.bib].add(identity)
    joined: dict[Identity, Identity] = {}
    warnings: list[Problem] = []
    for bib in sorted(worn, key=_by_number):
        for one, other in combinations(sorted(worn[bib]), 2):
            first, second = joined.get(one, one), joined.get(other, other)
            if first != second and _alike(one, other) and not _apart(rows[first], rows[second]):
                rows[first] += rows.pop(second)
                joined |= dict.fromkeys([second, *(own for own, to in joined.items() if to == second)], first)
                message = f"{names[one]} and {names[other]} wore number {bib} and count as one skater"
                remedy = "write the name in one way if they are, or correct the number"
                warnings.append(Problem("two-spellings", "", message, remedy))
    found = {appearance: identity for identity, own in rows.items() for appearance in own}
    warnings += _changed_hands(worn, joined, names)
    warnings += _two_nations(rows, names)
    warnings += _nameless(rows)
    return found, tuple(warnings)


def _latest(own: Iterable[Appearance]) -> Appearance:
    return max(own, key=lambda one: (one.day, one.sheet, one.name or ""))


def _by_number(bib: str) -> tuple[int, str]:
    return (len(bib), bib)


def _alike(one: Identity, other: Identity) -> bool:
    """Whether two identities can be two spellings of one: of one nation, with a word in common or nearly equal."""
    if one[0] != other[0] or "" in one[1] or "" in other[1]:
        return False
    return (
        bool({*one[1]} & {*other[1]}) or SequenceMatcher(None, " ".join(one[1]), " ".join(other[1])).ratio() >= _ALIKE
    )


def _apart(one: Iterable[Appearance], other: Iterable[Appearance]) -> bool:
    """Whether two are certainly not one: on one sheet, or with two numbers on one day."""
    days: dict[str, set[str | None]] = defaultdict(set)
    for appearance in one:
        days[appearance.day].add(appearance.bib)
    sheets = {appearance.sheet for appearance in one}
    return any(
        appearance.sheet in sheets or (appearance.day in days and days[appearance.day] != {appearance.bib})
        for appearance in other
    )


def _changed_hands(
    worn: dict[str, set[Identity]], joined: dict[Identity, Identity], names: dict[Identity, str]
) -> Iterator[Problem]:
    """Numbers that more than one skater wore, in one warning: where it happens, it happens to many."""
    shared = []
    for bib in sorted(worn, key=_by_number):
        wearers = sorted({joined.get(identity, identity) for identity in worn[bib]})
        if len(wearers) > 1:
            shared.append(f"{bib} ({', '.join(names[identity] for identity in wearers)})")
    if shared:
        more = [f"{len(shared) - _NAMED} more"] if len(shared) > _NAMED else []
        yield Problem(
            "two-names", "", f"{count(len(shared), 'number')} worn under two names or more: "
            f"{listing([*shared[:_NAMED], *more])}; they count as different skaters",
            "correct the number, or the name, if one of them is the same skater",
        )  # fmt: skip


def _two_nations(rows: Iterable[Identity], names: dict[Identity, str]) -> Iterator[Problem]:
    nations: dict[tuple[str, ...], list[Identity]] = defaultdict(list)
    for identity in sorted(rows):
        nations[identity[1]].append(identity)
    for own in nations.values():
        if len(own) > 1:
            codes = listing([nation.upper() or "no nation" for nation, _ in own])
            yield Problem(
                "two-nations", "", f"{names[own[0]]} skates for {codes} and counts as {len(own)} skaters",
                "write one nation if it is one skater",
            )  # fmt: skip


def _nameless(rows: Iterable[Identity]) -> Iterator[Problem]:
    nameless = sum("" in words for _, words in rows)
    if nameless:
        message = f"{count(nameless, 'row')} without a name, each counted as a skater of its own"
        yield Problem("no-name", "", message, "add the names")
