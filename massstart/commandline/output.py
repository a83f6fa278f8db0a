"""What a command shows in a format to print or publish: where it goes, and in which format.

Decides the format where none is given, and that a file is written whole or not at all.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from massstart.commandline.group import printable, reporting
from massstart.files.saving import save
from massstart.showing.formats import FORMATS, Format, picture
from massstart.showing.formats import show as shown
from massstart.showing.model import table
from massstart.showing.terminal import tables
from massstart.showing.terminal.console import console

#: The format of a file by the end of its name; a name without an end is text.
_ENDINGS = {
    ".md": "markdown", ".html": "html", ".htm": "html", ".csv": "csv", ".svg": "svg", ".png": "png", ".txt": "text",
    "": "text",
}  # fmt: skip

#: Ends of names that promise what no format here is; a file of such a name would open as broken.
_OTHERS = (
    ".pdf", ".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".jpg", ".jpeg", ".gif", ".webp", ".tif", ".tiff",
    ".json", ".zip",
)  # fmt: skip

#: Names of standard output; as files they could not be put in place whole.
_STANDARD_OUTPUT = (Path("-"), Path("/dev/stdout"), Path("/dev/fd/1"), Path("/proc/self/fd/1"))

#: The formats that have no room for a warning.
_BARE = ("csv", "svg", "png")

F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """The options ``--as`` and ``--out`` of a command."""
    as_ = click.option(
        "--as", "as_", type=click.Choice([*FORMATS, "png"]), help="The format; by the end of --out, else text."
    )
    out = click.option(
        "--out",
        type=click.Path(path_type=Path),
        help="Write this file, whole or not at all, instead of printing; - prints.",
    )
    return as_(out(command))


def chosen_format(as_: str | None, out: Path | None) -> str:
    """The format that is asked for; ends the command where it cannot go where it shall."""
    ending = out.suffix.lower() if out and out not in _STANDARD_OUTPUT else ""
    if ending in _OTHERS if as_ else ending not in _ENDINGS:
        known = ", ".join(filter(None, _ENDINGS))
        raise click.UsageError(f"no {ending} is written; the name after --out may end in {known}")
    as_ = as_ or _ENDINGS[ending]
    if as_ == "png" and (out is None or out in _STANDARD_OUTPUT) and sys.stdout.isatty():
        raise click.UsageError("a picture is of no use in a terminal; give --out FILE, or --as svg")
    return as_


def put_out(value: Any, as_: str, out: Path | None, *, reasons: bool = False) -> None:
    """Show a value in a format, on standard output or in a file; warnings it has no room for on standard error."""
    if out in _STANDARD_OUTPUT:
        out = None
    if out is None and as_ == "text":
        tables.show(table(value, reasons=reasons), console())
        return
    content: str | bytes = picture(value, "png") if as_ == "png" else shown(value, cast(Format, as_), reasons=reasons)
    if as_ in _BARE:
        for remark in table(value).remarks:
            if remark.startswith("warning: "):
                click.echo(printable(remark), err=True)
    if out is None:
        click.echo(content, nl=False)
    else:
        with reporting(str(out)):
            save(out, content if isinstance(content, bytes) else content.encode())
