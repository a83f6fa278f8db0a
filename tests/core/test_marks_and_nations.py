"""What a mark means, and which code a nation has."""

import builtins
from typing import Any

import pytest

from massstart import nations
from massstart.marks import MARKS, status_of, without_footnote
from massstart.nations import is_code, nation_code
from massstart.problems import MissingExtra


class TestMarks:
    @pytest.mark.parametrize(
        ("mark", "meaning"),
        [
            ("DISQ", "disqualified"), ("D.Q.", "disqualified"), ("d q", "disqualified"), ("DQ T3", "disqualified"), ("DQT25", "disqualified"),
            ("DSQ T25", "disqualified"), ("RET", "unfinished"), ("Abd", "unfinished"), ("DNF[2]", "unfinished"),
            ("WD", "absent"), ("W/D", "absent"), ("dns", "absent"), ("überrundet", "lapped"), ("失格", "disqualified"),
            ("Did not finish", "unfinished"), ("DNF*", "unfinished"),
        ],
    )  # fmt: skip
    def test_mark_means_the_same_in_every_spelling(self, mark: str, meaning: str) -> None:
        assert status_of(mark) == meaning

    @pytest.mark.parametrize("mark", ["", "?", "NC", "棄権", "1", "16 laps", "1 LAP", "Q", "finished", "DQ2", "T25"])
    def test_what_is_not_plain_means_nothing(self, mark: str) -> None:
        assert status_of(mark) is None

    def test_every_mark_of_the_table_has_the_meaning_under_which_it_stands(self) -> None:
        for meaning, marks in MARKS.items():
            for mark in marks:
                assert status_of(mark) == status_of(mark.upper()) == status_of(f"{mark} T25") == meaning

    def test_footnote_is_no_part_of_the_mark(self) -> None:
        assert [without_footnote(text) for text in ("DQ T25", "DNF (a)", "D.Q.")] == ["DQ", "DNF", "D.Q."]


class TestNations:
    @pytest.mark.parametrize(
        ("names", "code"),
        [
            (["Netherlands", "Niederlande", "Nederland", "Paesi Bassi", "Pays-Bas", "オランダ", "네덜란드", "Holland"], "NED"),
            (["Germany", "Deutschland", "Duitsland", "Tyskland", "Germania", "Allemagne", "ドイツ", "독일", "DEU"], "GER"),
            (["Switzerland", "Schweiz", "Zwitserland", "Sveits", "Svizzera", "Suisse", "スイス", "스위스", "CHE"], "SUI"),
            (["Denmark", "Dänemark", "Denemarken", "Danmark", "Danimarca", "Danemark", "DNK", "DK"], "DEN"),
            (["Croatia", "Kroatien", "Kroatië", "Kroatia", "Croazia", "Croatie", "HRV"], "CRO"),
            (["Latvia", "Lettland", "Letland", "Latvia", "Lettonia", "Lettonie", "LVA"], "LAT"),
            (["South Korea", "Südkorea", "Zuid-Korea", "Sør-Korea", "Corea del Sud", "Corée du Sud", "한국"], "KOR"),
            (["Russian Olympic Committee", "ROC"], "ROC"),
            (["AIN", "Individual Neutral Athletes"], "AIN"),
            (["OAR", "Olympic Athletes from Russia"], "OAR"),
            (["Kasachstan", "Kazakistan", "kaz", "Kazakhstan (KAZ)", "🇰🇿 Kazakhstan", "🇰🇿"], "KAZ"),
            (["Russland", "RUS", "Russia"], "RUS"),
            (["Kosovo", "XKX", "XK"], "KOS"),
        ],
    )  # fmt: skip
    def test_name_in_any_language_becomes_the_code_of_the_sport(self, names: list[str], code: str) -> None:
        assert {name: nation_code(f" {name} ") for name in names} == dict.fromkeys(names, code)

    @pytest.mark.parametrize("text", ["IF Hamar", "Team X (NED)", "수원 초등학교", "?"])
    def test_what_is_no_nation_stays_as_it_is(self, text: str) -> None:
        assert nation_code(text) == text

    def test_every_name_that_cldr_has_gives_a_code(self) -> None:
        from babel.core import Locale

        for language in nations.LANGUAGES:
            names = Locale.parse(language).territories
            codes = {two: nation_code(name) for two, name in names.items() if len(two) == 2 and two.isalpha()}
            # What is no country of ISO's has no code: the United Nations, the euro area.
            assert {two for two, code in codes.items() if not is_code(code)} <= {
                "CQ",
                "EA",
                "EU",
                "EZ",
                "IC",
                "QO",
                "UN",
                "XA",
                "XB",
                "ZZ",
            }

    def test_no_code_of_the_sport_is_taken_for_one_of_iso(self) -> None:
        for iso, ioc in nations._IOC.items():
            assert nation_code(ioc) == ioc
            assert nation_code(iso) == (iso if iso in nations._IOC.values() else ioc)

    def test_library_that_is_not_installed_is_named_and_a_code_needs_none(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = builtins.__import__

        def without(name: str, *rest: Any) -> Any:
            if name.startswith("babel"):
                raise ModuleNotFoundError(name="babel")
            return real(name, *rest)

        monkeypatch.setattr(builtins, "__import__", without)
        nations._codes.cache_clear()
        assert [nation_code(text) for text in ("NED", "NLD", "Great Britain")] == ["NED", "NED", "GBR"]
        with pytest.raises(MissingExtra, match=r"pip install 'massstart\[nations\]'"):
            nation_code("Norway")
        monkeypatch.undo()
        assert nation_code("Norway") == "NOR"
