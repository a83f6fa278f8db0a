"""Season ranking and places at the Games, written another way than the library: by counting, not by sorting."""

from collections.abc import Sequence

from massstart import Sheet
from massstart.testing import Question

#: The points of 2025/26, copied from the rules.
A = [60, 54, 48, 43, 40, 38, 36, 34, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17]
B = [20, 19, 18, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]

Skater = tuple[str | None, str | None]


def oracle_standings(season: Sequence[Sheet]) -> dict[Skater, tuple[int, tuple[int | None, ...], int]]:
    """Rank, points and total by skater: a rank is one more than the number of skaters who are better."""
    days = sorted({sheet.date or "" for sheet in season})
    table: dict[Skater, dict[str, int]] = {}
    for sheet in season:
        scale = A if sheet.round == "division a" else B
        for row in sheet.rows:
            own = table.setdefault((row.name, row.nation), {})
            if row.mark == "DNS":
                continue
            won = 0
            if row.rank is not None and row.rank <= len(scale):
                won = scale[row.rank - 1]
            own[sheet.date or ""] = max(won, own.get(sheet.date or "", 0))
    with_points = [day for day in days if any(own.get(day) for own in table.values())]

    def better(one: dict[str, int], other: dict[str, int]) -> bool:
        """By the total; then the number of races with 60 points or more, 59 or more, and so on; then the last day."""
        for least in [None, *range(60, 0, -1)]:
            if least is None:
                mine, theirs = sum(one.values()), sum(other.values())
            else:
                mine = len([won for won in one.values() if won >= least])
                theirs = len([won for won in other.values() if won >= least])
            if mine != theirs:
                return mine > theirs
        return bool(with_points) and one.get(with_points[-1], 0) > other.get(with_points[-1], 0)

    return {
        skater: (
            1 + len([other for other in table.values() if better(other, own)]),
            tuple(own.get(day) for day in days),
            sum(own.values()),
        )
        for skater, own in table.items()
    }


def oracle_places(question: Question) -> list[tuple[str, str | None]]:
    """Places and reserves without a host: skaters are struck off the list until those under the cap are left."""
    list_of_all = list(question.standings.rows)

    def under(caps: dict[str | None, int]) -> list[int]:
        return [
            index for index, row in enumerate(list_of_all)
            if [other.nation for other in list_of_all[: index + 1]].count(row.nation) <= caps.get(row.nation, question.per_nation)
        ]  # fmt: skip

    def cut(indices: list[int], wanted: int) -> int:
        """How many of these are in: so many, and those level with the last of them."""
        if wanted == 0:
            return 0
        while 0 < wanted < len(indices) and list_of_all[indices[wanted - 1]].rank == list_of_all[indices[wanted]].rank:
            wanted += 1
        return wanted

    indices = under({})
    caps: dict[str | None, int] = {}
    for nation in question.given_back:
        holders = indices[: cut(indices, question.places)]
        caps[nation] = [list_of_all[index].nation for index in holders].count(nation) - 1
        indices = under(caps)
    first = cut(indices, question.places)
    spare = indices[first:]
    spare = spare[: cut(spare, question.reserves)]
    return [(str(number), list_of_all[index].name) for number, index in enumerate(indices[:first], 1)] + [
        (f"R{number}", list_of_all[index].name) for number, index in enumerate(spare, 1)
    ]
