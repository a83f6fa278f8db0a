"""The command `show`: whatever a file holds, in a format to print or publish."""

from pathlib import Path

import click

from massstart.advancement import StartList
from massstart.chances import Calibration, Chances, Comparison, Course, Strengths
from massstart.commandline.group import UNUSABLE, file_argument, massstart, read, reporting, tell
from massstart.commandline.output import chosen_format, output_options, put_out
from massstart.event.event import Event
from massstart.live.log import RaceLog
from massstart.live.outlook import Outlook
from massstart.live.standings import provisional
from massstart.race import Race
from massstart.ranking import rank
from massstart.result import Result
from massstart.season.quota import Quota
from massstart.season.ranking import Standings
from massstart.sheet import Sheet
from massstart.verification import Verification

#: What a person calls each.
_WORDS: dict[type, str] = {
    Race: "a race", RaceLog: "a race log", Sheet: "a sheet", Result: "a result", Verification: "a verification", StartList: "a start list",
    Outlook: "an outlook", Event: "an event", Standings: "a season ranking", Quota: "a list of places",
    Chances: "a file of chances", Comparison: "a comparison", Course: "a course of chances", Strengths: "a file of strengths",
    Calibration: "a calibration",
}  # fmt: skip


@massstart.command()
@file_argument
@output_options
@click.option("--reasons", is_flag=True, help="Say for each skater why this rank.")
def show(source: str, as_: str | None, out: Path | None, reasons: bool) -> None:
    """Show a race as ranked, a published sheet as printed, an event's overall ranking, or a season, to print or publish.

    FILE is also whatever another command wrote with --json.

    \b
    Try:
      massstart show beijing-2022-men-semifinal-1 --reasons --out semifinal.html
      massstart verify wc-2025-26-1-men-division-a --as html
    """  # noqa: D301  # click wants a real backspace: it keeps the lines after it as they are
    chosen = chosen_format(as_, out)
    if chosen in ("svg", "png") and reasons:
        raise click.UsageError(f"{chosen} is a picture, and shows no reasons; choose another format")
    value = read(source, *_WORDS)
    kind = _WORDS[type(value)]
    refused = None
    if reasons and isinstance(value, Event | StartList):
        refused = f"{kind} has no reasons; show its semifinals and final"
    elif reasons and isinstance(value, Chances | Comparison | Course | Strengths | Calibration):
        refused = f"{kind} has no reasons; explain and outlook give those of a rank"
    elif chosen in ("svg", "png") and isinstance(value, Verification | StartList | Quota | Comparison | Strengths):
        refused = f"there is no picture of {kind}"
    if refused:
        tell(source, refused)
        raise SystemExit(UNUSABLE)
    with reporting(source):
        if isinstance(value, RaceLog):
            value = provisional(value)
        put_out(rank(value) if isinstance(value, Race) else value, chosen, out, reasons=reasons)
