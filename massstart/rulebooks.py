"""The rulebooks of the ISU as far as they are known, found by id or by date.

Decides which rulebooks are offered and what is claimed about each value. No verbatim text of the rule
was to be had; every value says how sure it is. The rulebook of 2011/12 is not offered: its sprint laps
and what became of a lapped skater's points are not known, so any value of it would be an invention.
"""

from collections.abc import Iterable
from datetime import date

from massstart.problems import UnknownName
from massstart.rulebook import ASSUMED_POLICIES, Evidence, Rulebook, Scale

_RULE_253 = "ISU Special Regulations & Technical Rules Speed Skating, Rule 253 paragraph 4"

#: Behind the policies of every ISU rulebook.
_POLICIES = (
    ASSUMED_POLICIES,
    Evidence(
        ("disqualified_at_finish",),
        "likely",
        "second men's Division B race of 2025/26: the final-sprint points of the disqualified third went to the "
        "skater behind",
    ),
    Evidence(
        ("max_starters",),
        "assumed",
        "no source states a limit; 27 skaters started in each men's Division B race of 2025/26, so it is not below 27",
    ),
)
_BEST_EIGHT = Evidence(
    ("advance",),
    "certain",
    "official semifinals of 2018, 2022 and 2023: the best eight by rank went to the final",
)
_BEST_EIGHT_OF_JUNIORS = Evidence(("advance",), "assumed", "taken over from the seniors' rulebooks")

#: 2014/15 to 2017/18. Certain: the totals of a complete race add up to 27 + 120 = 147.
ISU_2014 = Rulebook(
    id="isu-2014",
    laps=16,
    sprint_laps=(4, 8, 12),
    intermediate=Scale(5, 3, 1),
    final=Scale(60, 40, 20),
    forfeits=False,
    max_starters=28,
    first_day=date(2014, 7, 1),
    last_day=date(2018, 6, 30),
    evidence=(
        Evidence(
            ("laps", "sprint_laps", "intermediate", "final", "forfeits"),
            "certain",
            f"{_RULE_253}; the totals of the Olympic races of 2018 add up to 27 + 120 = 147",
        ),
        _BEST_EIGHT,
        *_POLICIES,
    ),
)

#: 2018/19 to 2023/24. Points: certain from 2020 (every complete race adds up to 18 + 139 = 157).
ISU_2018 = Rulebook(
    id="isu-2018",
    laps=16,
    sprint_laps=(4, 8, 12),
    intermediate=Scale(3, 2, 1),
    final=Scale(60, 40, 20, 10, 6, 3),
    forfeits=False,
    max_starters=28,
    first_day=date(2018, 7, 1),
    last_day=date(2024, 6, 30),
    evidence=(
        Evidence(
            ("laps", "sprint_laps", "intermediate", "final", "forfeits"),
            "certain",
            f"{_RULE_253}; from 2020 on the totals of complete races add up to 18 + 139 = 157 "
            "(for 2018/19 the same values are likely)",
        ),
        _BEST_EIGHT,
        *_POLICIES,
    ),
)

#: 2024/25 on. The points of a lapped or unfinished skater are forfeited.
ISU_2024 = Rulebook(
    id="isu-2024",
    laps=16,
    sprint_laps=(4, 8, 12),
    intermediate=Scale(3, 2, 1),
    final=Scale(60, 40, 20, 10, 6, 3),
    forfeits=True,
    max_starters=28,
    first_day=date(2024, 7, 1),
    evidence=(
        Evidence(
            ("laps", "sprint_laps", "intermediate", "final", "forfeits"),
            "certain",
            f"{_RULE_253}; the eight official World Cup sheets of November 2025",
        ),
        Evidence(
            ("first_day",),
            "likely",
            "the forfeit is proved for 2025/26; that it came with the edition of 2024 is likely",
        ),
        _BEST_EIGHT,
        *_POLICIES,
    ),
)

#: 2014/15 to 2017/18, juniors.
ISU_2014_JUNIOR = Rulebook(
    id="isu-2014-junior",
    laps=10,
    sprint_laps=(5,),
    intermediate=Scale(5, 3, 1),
    final=Scale(30, 20, 10),
    forfeits=False,
    max_starters=28,
    junior=True,
    first_day=date(2014, 7, 1),
    last_day=date(2018, 6, 30),
    evidence=(
        Evidence(("laps", "sprint_laps", "intermediate", "final", "forfeits"), "likely", _RULE_253),
        _BEST_EIGHT_OF_JUNIORS,
        *_POLICIES,
    ),
)

#: 2018/19 to 2023/24, juniors. The sprint laps 4 and 7 come from one source.
ISU_2018_JUNIOR = Rulebook(
    id="isu-2018-junior",
    laps=10,
    sprint_laps=(4, 7),
    intermediate=Scale(3, 2, 1),
    final=Scale(30, 20, 10, 4, 2, 1),
    forfeits=False,
    max_starters=28,
    junior=True,
    first_day=date(2018, 7, 1),
    last_day=date(2024, 6, 30),
    evidence=(
        Evidence(("laps", "intermediate", "final", "forfeits"), "likely", _RULE_253),
        Evidence(("sprint_laps",), "likely", "laps 4 and 7: one source"),
        _BEST_EIGHT_OF_JUNIORS,
        *_POLICIES,
    ),
)

#: 2024/25 on, juniors: assumed, the scales of 2018 with the seniors' forfeit of 2024.
ISU_2024_JUNIOR = Rulebook(
    id="isu-2024-junior",
    laps=10,
    sprint_laps=(4, 7),
    intermediate=Scale(3, 2, 1),
    final=Scale(30, 20, 10, 4, 2, 1),
    forfeits=True,
    max_starters=28,
    junior=True,
    first_day=date(2024, 7, 1),
    evidence=(
        Evidence(
            ("laps", "sprint_laps", "intermediate", "final", "forfeits", "first_day"),
            "assumed",
            "the juniors' values of 2018 with the seniors' forfeit of 2024",
        ),
        _BEST_EIGHT_OF_JUNIORS,
        *_POLICIES,
    ),
)

#: Every rulebook on offer, seniors first, each by date.
RULEBOOKS: tuple[Rulebook, ...] = (
    ISU_2014, ISU_2018, ISU_2024,
    ISU_2014_JUNIOR, ISU_2018_JUNIOR, ISU_2024_JUNIOR,
)  # fmt: skip

_BY_ID = {book.id: book for book in RULEBOOKS}


def rulebook(which: str | date, *, junior: bool = False) -> Rulebook:
    """Find a rulebook by its id, or by the day of a race.

    Args:
        which: an id, such as ``isu-2018``, or a date.
        junior: with a date, whether it is a juniors' race; an id already says so.

    Raises:
        UnknownName: no rulebook has this id, or none is known for this day. The message names those
            that exist.

    Example:
        >>> from datetime import date
        >>> from massstart import rulebook
        >>> rulebook(date(2022, 2, 19)).id
        'isu-2018'
        >>> rulebook("isu-2024").forfeits
        True
    """
    if isinstance(which, str):
        if which not in _BY_ID:
            raise UnknownName(f"no rulebook {which!r}; there are {', '.join(_BY_ID)}")
        return _BY_ID[which]
    offered = [book for book in RULEBOOKS if book.junior == junior]
    found = [book for book in offered if _applies(book, which)]
    if not found:
        spans = ", ".join(f"{book.id} from {book.first_day}" for book in offered)
        raise UnknownName(f"no rulebook is known for {which}; there are {spans}")
    return found[0]


def _applies(book: Rulebook, day: date) -> bool:
    # A datetime compares with no date, so a race's timestamp is cut to its day first.
    day = date(day.year, day.month, day.day)
    return (book.first_day or date.min) <= day <= (book.last_day or date.max)


def ids(books: Iterable[Rulebook] = RULEBOOKS) -> tuple[str, ...]:
    """The ids of the rulebooks on offer, in their order."""
    return tuple(book.id for book in books)
