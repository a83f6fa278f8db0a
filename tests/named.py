"""Races and sheets whose skaters have names of every kind."""

from attrs import evolve
from hypothesis import strategies as st
from pages import HOSTILE

from massstart import Race, Sheet, SheetRow, Starter
from massstart.testing import races, sheets

#: Texts of whatever script, and of whatever could be markup.
NAMES = st.one_of(
    st.none(), st.sampled_from(HOSTILE), st.text(max_size=60), st.text("<>&\"'|\\`*_~[]()!#$-+.= {}", max_size=12)
)


@st.composite
def named_races(draw: st.DrawFn) -> Race:
    race = draw(races(max_size=8))
    return evolve(race, starters=[Starter(one.id, draw(NAMES), draw(NAMES)) for one in race.starters])


@st.composite
def named_sheets(draw: st.DrawFn) -> Sheet:
    sheet = draw(sheets(max_size=8))
    rows: list[SheetRow] = [evolve(row, name=draw(NAMES), mark=draw(NAMES) or row.mark) for row in sheet.rows]
    return evolve(sheet, rows=rows, event=draw(NAMES))
