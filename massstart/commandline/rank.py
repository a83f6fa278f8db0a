"""The command `rank`: a race, or a sheet by its own facts, becomes a result."""

from massstart.commandline.group import as_json_option, file_argument, massstart, read, reporting, write
from massstart.race import Race
from massstart.ranking import rank as rank_record
from massstart.result import Result
from massstart.sheet import Sheet
from massstart.showing.terminal import tables


@massstart.command()
@file_argument
@as_json_option
def rank(source: str, as_json: bool) -> None:
    """Rank a race; a published sheet is ranked from its own facts."""
    record = read(source, Race, Sheet, Result)
    with reporting(source):
        result = record if isinstance(record, Result) else rank_record(record)
    write(result, as_json, tables.result)
