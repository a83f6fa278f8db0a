"""The rulebooks of the ISU as far as they are known, found by id or by date.

Decides which rulebooks are offered and what is claimed about each value. Nobody here has read the text of the rule, so
its number proves nothing: the evidence of a value is the sheet or the page that was seen. The rulebook of 2011/12 is
not offered: its sprint laps and what became of a lapped skater's points are not known, so any value of it would be an
invention.
"""

from collections.abc import Iterable
from datetime import date

from massstart.problems import UnknownName
from massstart.rulebook import ASSUMED_POLICIES, Evidence, Rulebook, Scale

# What was seen.
_ISU_ON_2018 = (
    "isu.org, February 2018, before the Olympic races "
    "(https://isu.org/news/132-owg-speed-skating-news/11989-olympic-speed-skating-competition-concludes-with-novelty)"
)
_SHEETS_OF_2025 = (
    "the eight official result sheets of the World Cups of 14-16 and 21-23 November 2025 "
    "(https://github.com/rgnlchamp/usa-speed-skating-tracker)"
)

#: Behind the policies of every ISU rulebook.
_POLICIES = (
    ASSUMED_POLICIES,
    Evidence(
        ("disqualified_at_finish",),
        "likely",
        "the official sheet of the men's Division B race of 23 November 2025: the final-sprint points of the "
        "disqualified third went to the skater behind",
    ),
    Evidence(
        ("max_starters",),
        "likely",
        "an explainer of the IOC of 2018, 'New discipline: mass start speed skating brings points, medals and mayhem', "
        "has up to 28 skaters over 16 laps, and a second page says 28; 27 started in each men's Division B race of "
        "November 2025",
    ),
)
_BEST_EIGHT = Evidence(
    ("advance",),
    "certain",
    f"{_ISU_ON_2018}: the first eight of each semifinal; so it was in the results of 2018, 2022 and 2023",
)
_BEST_EIGHT_OF_JUNIORS = Evidence(("advance",), "assumed", "taken over from the seniors' rulebooks")

#: 2014/15 to 2017/18. Certain: the totals of a race add up to 27 + 120 = 147.
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
            f"{_ISU_ON_2018}; the totals of a race add up to 27 + 120 = 147: in the men's Olympic final of 2018 "
            "(https://www.olympedia.org/results/9001046), in both semifinals, and in the World Cup of 22 November 2015",
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
            "from 2020 on the totals of complete races add up to 18 + 139 = 157: so the first men's semifinal of the "
            "Olympic Games of 2022, and that of the World Single Distances Championships of 2023 (https://wikimili.com/"
            "en/2023_World_Single_Distances_Speed_Skating_Championships_%E2%80%93_Men%27s_mass_start)",
        ),
        Evidence(
            ("first_day",),
            "likely",
            "no complete result of 2018/19 was seen; that new points came with that season says a report of 30 October "
            "2018 (http://passionpvss.blogspot.com/2018/10/long-track-new-rules-for-new-season.html)",
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
            f"{_SHEETS_OF_2025}: their sprint columns hand out 3-2-1 and 60-40-20-10-6-3, and the totals of lapped and "
            "unfinished skaters are 0 in spite of points won",
        ),
        Evidence(
            ("first_day",),
            "assumed",
            "the forfeit is proved for 2025/26; no sheet of 2024/25 with a lapped or unfinished skater was seen, and the "
            "press calls the new rules new in 2025/26",
        ),
        Evidence(
            ("last_day",),
            "assumed",
            "that nothing changed for 2026/27: the last sheet seen is of February 2026",
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
        Evidence(
            ("laps", "sprint_laps", "intermediate", "final", "forfeits"),
            "likely",
            "olympic.org, 6 January 2020, on the Youth Olympic Games, which still had this form (https://www.olympic.org/"
            "news/speed-skating-heading-to-a-frozen-lake-at-lausanne-2020): 10 laps, a sprint of 5-3-1 after five, a "
            "final sprint of 30-20-10; of forfeited points it says nothing",
        ),
        _BEST_EIGHT_OF_JUNIORS,
        *_POLICIES,
    ),
)

#: 2018/19 to 2023/24, juniors. The sprint laps 4 and 7 are assumed: they come from one source.
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
        Evidence(
            ("laps",),
            "certain",
            "the ISU's page on the junior World Cup of 2023/24: mass start over 10 laps "
            "(https://isu-skating.com/speed-skating/events/isu-junior-world-cup)",
        ),
        Evidence(
            ("intermediate", "final", "forfeits"),
            "likely",
            "the source that gives these points is not official; they are about half of the seniors' of 2018, and kept as "
            "theirs were",
        ),
        Evidence(("sprint_laps",), "assumed", "laps 4 and 7: one source, and no official one"),
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
            ("laps", "sprint_laps", "intermediate", "final", "forfeits", "first_day", "last_day"),
            "assumed",
            "the juniors' values of 2018 with the seniors' forfeit of 2024; no sheet was seen, and in 2025/26 an "
            "elimination race was announced for two junior World Cups",
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


def is_of_juniors(words: Iterable[str]) -> bool:
    """Whether the words about a race, such as its competition, say that juniors skate it.

    Example:
        >>> from massstart.rulebooks import is_of_juniors
        >>> is_of_juniors(["ISU Junior World Cup", "women"]), is_of_juniors(["ISU World Cup"])
        (True, False)
    """
    return "junior" in " ".join(words).casefold()


def _applies(book: Rulebook, day: date) -> bool:
    # A datetime compares with no date, so a race's timestamp is cut to its day first.
    day = date(day.year, day.month, day.day)
    return (book.first_day or date.min) <= day <= (book.last_day or date.max)


def ids(books: Iterable[Rulebook] = RULEBOOKS) -> tuple[str, ...]:
    """The ids of the rulebooks on offer, in their order."""
    return tuple(book.id for book in books)
