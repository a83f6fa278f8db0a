"""Who is who, spelling by spelling."""

import unicodedata

import pytest

from massstart.identity import alike, contained, is_part, name_words, nation, nearly, plain, same_name, word


@pytest.mark.parametrize(
    ("name", "also"),
    [
        ("Jörg MÜLLER", "Joerg Mueller"), ("Jörg MÜLLER", "Jorg Muller"), ("Aurora LØVÅS", "lovas aurora"), ("Łukasz", "LUKASZ"),
        ("Groß", "GROSS"), ("Gélinas", unicodedata.normalize("NFD", "GÉLINAS")), ("Ann\u2003Lee", "Lee\tAnn"), ("Æbel", "Aebel"),
        ("O\u2019Neil", "O'NEIL"), ("Jae-Won", "Jae\u2011Won"), ("İbrahim", "ibrahim"), ("St. Lee", "St Lee"), ("Œuvre", "oeuvre"),
    ],
)  # fmt: skip
def test_same_name_however_it_is_written(name: str, also: str) -> None:
    assert same_name(name, also)
    assert same_name(also, name)
    assert not nearly(name, also)
    assert alike(name, also)


@pytest.mark.parametrize(
    ("name", "also"), [("Yu LI", "Yue LI"), ("Ann", None), (None, None), ("", ""), ("!", "?"), ("が", "か")]
)
def test_other_names(name: str | None, also: str | None) -> None:
    assert not same_name(name, also)
    assert not same_name(also, name)


def test_name_of_signs_is_like_itself() -> None:
    assert same_name("!!", "!!")
    assert name_words("!!") == ()


def test_name_within_another() -> None:
    assert contained("COSTA", "Rui COSTA")
    assert contained("Jörg Uwe MÜLLER", "Mueller Joerg")
    assert not contained("Rui COSTA", "COSTA Rui")
    assert not contained("R. COSTA", "R. Tomas COSTA")
    assert not contained("Ann COSTA", "Rui Tomas COSTA")


@pytest.mark.parametrize(
    ("name", "also"),
    [("Ann BERG", "Ann HOLT"), ("A. B.", "Ann Bo"), ("Ida", "Ada"), ("Ann B C D HOLT", "AnnB C D HOLT"), ("Ann HOLMEN", "Ann HALMAN"), ("Ann HOLMEN", "Ann HOLMENSS")],
)  # fmt: skip
def test_not_nearly(name: str, also: str) -> None:
    assert not nearly(name, also)
    assert not nearly(also, name)


def test_alike_needs_a_whole_word_in_common() -> None:
    assert alike("Bart HOOLWERF", "Albertus HOOLWERF")
    assert alike("Sven KRAMER", "Sven KRAMERS")
    assert not alike("B. HOLT", "B. BERG")


def test_part_of_a_name() -> None:
    for part in ("gelinas", "Gélinas", "BEAULIEU", "nas-beau", "gelinasbeaulieu antoine", "gelinas beaulieu", "ne gel"):
        assert is_part(part, "Antoine GÉLINAS-BEAULIEU")
    for part in ("mueller", "muller", "Müller", "jörg m"):
        assert is_part(part, "Jörg MÜLLER")
    assert is_part("Müller", "Joerg MUELLER")
    assert not is_part("eg", "Antoine GÉLINAS")
    assert not is_part("", "Ann")
    assert not is_part("!", "Ann")


def test_nations_and_words() -> None:
    assert nation("\u00a0ita ") == nation("ITA") == "ITA"
    assert word("Division\u00a0 A") == word(" division a") == "division a"
    assert (nation(None), word(None)) == ("", "")
    assert plain("Ann-Lee  B.") == "annlee b"
