"""The two races that the project was born from: Beijing 2022, men's semifinals."""

from massstart import Race, Sheet, advance, load, rank, verify


def test_kramer_was_ninth_across_the_line_ranked_seventh_and_went_through() -> None:
    result = rank(load("beijing-2022-men-semifinal-1"))
    kramer = result["87"]
    assert (kramer.name, kramer.finish, kramer.rank, kramer.qualified) == ("Sven Kramer", 9, 7, "Q")
    assert result.reason("87") == (
        "7th: 3 points (sprint 2: 3); ninth across the line, 7:58.22; level on points, behind Antoine Gélinas-Beaulieu "
        "and ahead of Seitaro Ichinohe and Haralds Silovs by the order across the line; ahead of Stefan Due Schmidt and "
        "Ian Quinn, who crossed seventh and eighth without points"
    )


def test_bergsma_was_sixth_across_the_line_ranked_eighth_and_went_through() -> None:
    """Two breakaway skaters shared the intermediate points but for Thorup's one; who they were plays no part."""
    first_six = ["Giovannini", "Lee", "Wenger", "Odor", "Mantia", "Bergsma"]
    breakaway = ["Tsuchiya", "Belchos"]
    others = ["Thorup", "Janicki", "Kongshaug", "Zakharov"]
    race = Race(
        rulebook="isu-2018",
        starters=[*first_six, *breakaway, *others],
        sprints={4: breakaway, 8: breakaway[::-1], 12: [*breakaway, "Thorup"]},
        finish=[*first_six, *others, *breakaway],
        advance=8,
    )
    bergsma = rank(race)["Bergsma"]
    assert (bergsma.finish, bergsma.rank, bergsma.qualified) == (6, 8, "Q")
    assert rank(race)["Thorup"].total == 1
    assert "behind Tsuchiya and Belchos, who crossed eleventh and twelfth" in rank(race).reason(bergsma.id)


def test_the_published_semifinals_give_the_final_of_sixteen() -> None:
    first, second = load("beijing-2022-men-semifinal-1"), load("beijing-2022-men-semifinal-2")
    assert isinstance(first, Sheet)
    assert isinstance(second, Sheet)
    final = advance(first, second)
    starts = {entry.name: entry.start for entry in final}
    assert len(final) == 16
    assert (starts["Sven Kramer"], starts["Jorrit Bergsma"], starts["Joey Mantia"]) == (13, 16, None)
    assert [entry.name for entry in final.reserves][:3] == ["Haralds Silovs", "Dmitry Morozov", "Viktor Hald Thorup"]
    assert verify(first).consistent
    assert verify(second).consistent


def test_start_numbers_of_the_final_of_2018_interleave_the_semifinals() -> None:
    first, second = load("pyeongchang-2018-men-semifinal-1"), load("pyeongchang-2018-men-semifinal-2")
    assert isinstance(first, Sheet)
    assert isinstance(second, Sheet)
    starts = [(entry.start, entry.semifinal, entry.rank) for entry in advance(first, second)]
    assert starts == [(2 * rank - 2 + semifinal, semifinal, rank) for rank in range(1, 9) for semifinal in (1, 2)]
