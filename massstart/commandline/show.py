"""The command that shows a race, a result sheet, or the findings on a sheet, in a format to print or publish.

Decides its arguments, the format where none is given, and where the output goes.
"""

import sys
from pathlib import Path
from typing import cast

import click

from massstart.commandline.common import DONE, FINDINGS, UNUSABLE, file_argument, massstart, read_shown, reporting
from massstart.competition.event import Event
from massstart.competition.season import Standings
from massstart.files.saving import save
from massstart.race import Race
from massstart.ranking import rank
from massstart.sheet import Sheet
from massstart.showing import tables
from massstart.showing.formats import FORMATS, Format, picture
from massstart.showing.formats import show as shown
from massstart.showing.table import Showable, table
from massstart.showing.terminal import console
from massstart.verification import Verification
from massstart.verification import verify as verify_sheet

#: The format of a file by the end of its name.
_ENDINGS = {
    ".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".svg": "svg", ".png": "png",
}  # fmt: skip


@massstart.command()
@file_argument
@click.option("--as", "as_", type=click.Choice([*FORMATS, "png"]), help="The format; by the end of --out, else text.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write this file, whole or not at all, instead of printing."
)
@click.option("--reasons", is_flag=True, help="Say for each skater why this rank.")
@click.option("--verify", is_flag=True, help="Check a sheet, and mark the findings. Exit status 1 if there are any.")
def show(source: str, as_: str | None, out: Path | None, reasons: bool, verify: bool) -> None:
    """Show a race as ranked, a published sheet as printed, an event's overall ranking, or a season, to print or publish.

    \b
    Try:
      massstart show wc-2025-26-1-men-division-a --verify
      massstart show beijing-2022-men-semifinal-1 --reasons --out semifinal.html
    """  # noqa: D301  # click wants a real backspace: it keeps the lines after it as they are
    as_ = as_ or (_ENDINGS.get(out.suffix.lower()) if out else None) or "text"
    if as_ in ("svg", "png") and (reasons or verify):
        raise click.UsageError(f"{as_} is a picture, and shows neither reasons nor findings; choose another format")
    if as_ == "png" and out is None and sys.stdout.isatty():
        raise click.UsageError("a picture is of no use in a terminal; give --out FILE, or --as svg")
    record = read_shown(source)
    if verify and not isinstance(record, Sheet):
        kind = {Race: "a race", Event: "an event", Standings: "a season ranking"}[type(record)]
        click.echo(f"{source}: this is {kind}, and only a published sheet can be verified", err=True)
        raise SystemExit(UNUSABLE)
    if isinstance(record, Event) and reasons:
        click.echo(f"{source}: an event has no reasons; show its semifinals and final", err=True)
        raise SystemExit(UNUSABLE)
    with reporting(source):
        value: Showable = rank(record) if isinstance(record, Race) else record
        if verify and isinstance(record, Sheet):
            value = verify_sheet(record)
        if out is None and as_ == "text":
            tables.show(table(value, reasons=reasons), console())
        else:
            content = picture(value, "png") if as_ == "png" else shown(value, cast("Format", as_), reasons=reasons)
    if out is not None:
        with reporting(str(out)):
            save(out, content if isinstance(content, bytes) else content.encode())
    elif as_ != "text":
        click.echo(content, nl=False)
    raise SystemExit(FINDINGS if isinstance(value, Verification) and not value.consistent else DONE)
