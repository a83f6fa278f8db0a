"""Every sheet of a file that holds several: worksheets of a spreadsheet, parts of a table.

Decides nothing of its own: the readers say what the parts are.
"""

from collections.abc import Sequence
from pathlib import Path

from massstart.files.csvread import looks_like_table, text_grid
from massstart.files.loading import first_letter, read_content
from massstart.files.tableread import read_parts
from massstart.files.xlsxread import is_xlsx, read_xlsx_sheets
from massstart.problems import InvalidRecord, Problem
from massstart.rulebook import Rulebook
from massstart.sheet import Sheet


def read_sheets(
    content: str | bytes,
    name: str = "",
    *,
    rulebook: Rulebook | str | None = None,
    sprint_laps: Sequence[int] | None = None,
) -> tuple[Sheet, ...]:
    r"""Every sheet of a file, in the order in which they begin; one, if the file holds one.

    Args:
        content: the file.
        name: its name, if it has one.
        rulebook: a rulebook or the id of one, where the file does not say it.
        sprint_laps: the laps of the intermediate sprints, likewise.

    Raises:
        InvalidRecord: with every problem; also where the file holds a race.
        MissingExtra: an extra that the file needs is not installed.

    Example:
        >>> text = "Semifinal,Rank,Name,Total\n1,1,Ann,60\n1,2,Bea,40\n2,1,Cleo,61\n"
        >>> [(sheet.id, sheet.round, len(sheet.rows)) for sheet in read_sheets(text, rulebook="isu-2018")]
        [('sheet-1', 'semifinal 1', 2), ('sheet-2', 'semifinal 2', 1)]
    """
    id = Path(name).stem or "sheet"
    if isinstance(content, bytes) and is_xlsx(content):
        return read_xlsx_sheets(content, rulebook=rulebook, sprint_laps=sprint_laps, id=id)
    if first_letter(content) != "{" and looks_like_table(content):
        return read_parts(text_grid(content), rulebook=rulebook, sprint_laps=sprint_laps, id=id)
    record = read_content(content, name, rulebook=rulebook, sprint_laps=sprint_laps)
    if not isinstance(record, Sheet):
        raise InvalidRecord([Problem("kind", "", "this is a race, not a sheet", "read it as a race")])
    return (record,)
