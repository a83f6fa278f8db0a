"""Lets what is covered lead the spoiling: atheris keeps each input that reaches new lines, and spoils it further.

    python tests/fuzz/fuzz_guided.py loads|xlsx|pdf FOLDER -max_total_time=600

FOLDER keeps what was found, and a later run goes on from there. It needs atheris (CPython 3.11 to 3.13, Linux), and it
starts from the same sound files as `fuzz_readers.py`. What follows is passed to libFuzzer.
"""

import io
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import atheris  # type: ignore[import-untyped]  # not among the requirements: there is none for every Python

with atheris.instrument_imports(include=["massstart", "openpyxl.reader", "openpyxl.worksheet", "openpyxl.cell"]):
    from massstart.files import csvread, entries, loading, logs, pasteread, pdfread, rankingtable, xlsxread  # noqa: F401

import sound
from spoiling import plain

from massstart import dumps
from massstart.problems import InvalidRecord


def loads(data: bytes) -> None:
    """Whatever is read is written, and read again as the same."""
    value = loading.loads(data)
    assert loading.loads(dumps(value)) == value


def xlsx(data: bytes) -> None:
    """One part of a sound spreadsheet, in place of its own; the first byte says which."""
    book = sound.workbooks()[0]
    with zipfile.ZipFile(io.BytesIO(book)) as old:
        names = sorted(old.namelist())
        chosen = names[data[0] % len(names)] if data else ""
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as new:
            for name in names:
                new.writestr(name, data[1:] if name == chosen else old.read(name))
    xlsxread.read_xlsx(made.getvalue())


def pdf(data: bytes) -> None:
    """The bytes of a PDF."""
    pdfread.read_pdf(data)


def xlsx_parts() -> list[bytes]:
    """Each part of the spreadsheet, behind the byte that chooses it."""
    with zipfile.ZipFile(io.BytesIO(sound.workbooks()[0])) as book:
        return [bytes([index]) + book.read(name) for index, name in enumerate(sorted(book.namelist()))]


TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], list[bytes]]]] = {
    "loads": (
        loads,
        lambda: [*sound.logs(), *sound.tables(), *map(plain, (*sound.objects(), *sound.written()))],
    ),
    "xlsx": (xlsx, xlsx_parts),
    "pdf": (pdf, lambda: [*sound.pdfs()]),
}


def main() -> None:
    """Fuzz one target until libFuzzer is told to stop."""
    name, folder, *options = sys.argv[1:]
    target, seeds = TARGETS[name]
    kept = Path(folder)
    kept.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (kept / f"seed-{number}").write_bytes(seed)

    def one(data: bytes) -> None:
        with suppress(InvalidRecord):
            target(data)

    atheris.Setup([sys.argv[0], folder, "-timeout=5", "-rss_limit_mb=1024", *options], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
