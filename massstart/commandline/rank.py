"""The command `rank`: a race or its log, or a sheet by its own facts, becomes a result."""

from massstart.commandline.group import as_json_option, file_argument, massstart, read_result, write
from massstart.showing.terminal import tables


@massstart.command()
@file_argument
@as_json_option
def rank(source: str, as_json: bool) -> None:
    """Rank a race; a published sheet is ranked from its own facts, a race log gives the standings so far."""
    write(read_result(source), as_json, tables.result)
