"""The command `explain`: why a skater has this rank.

Decides who is meant by what a person types: the id, else part of the name, whatever its capitals and accents.
"""

from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol, TypeVar

import click

from massstart.commandline.group import as_json_option, file_argument, massstart, read_result, reporting, write
from massstart.identity import is_part, same_name
from massstart.problems import UnknownName
from massstart.records import Starter
from massstart.result import Result
from massstart.row import Row
from massstart.showing.terminal import tables


@massstart.command()
@file_argument
@click.argument("skater")
@as_json_option
def explain(source: str, skater: str, as_json: bool) -> None:
    """Say why a skater has this rank. SKATER is an id, a number worn, or part of the name."""
    result = read_result(source)
    with reporting(source):
        row = _row(result, skater)
    write(result.only(row.id), as_json, tables.explanation)


def _row(result: Result, skater: str) -> Row:
    """The row of a skater.

    Raises:
        UnknownName: nobody, or more than one skater, is called so; or the skater has no row, and why.
    """
    absent = set(result.did_not_start)
    rowless: tuple[tuple[Sequence[Starter | Row], str], ...] = (
        ([one for one in result.record.skaters if one.id in absent], "did not start"),
        (result.guests, "skated out of competition, and is ranked apart"),
    )
    for others, what in rowless:
        for one in others:
            if skater == str(one.id) or same_name(skater, one.name):
                raise UnknownName(f"{one.label} {what}")
    return find(result, skater)


class Named(Protocol):
    """Whatever stands for a skater."""

    @property
    def id(self) -> Hashable:
        """What the skater is known by."""

    @property
    def name(self) -> str | None:
        """The name, if known."""

    @property
    def label(self) -> str:
        """The name, or the id where there is no name."""


Found = TypeVar("Found", bound=Named)


def find(rows: Iterable[Found], skater: str) -> Found:
    """The row of a skater.

    Args:
        rows: the rows of a result or an outlook.
        skater: an id, a number worn, or part of a name.

    Raises:
        UnknownName: nobody, or more than one skater, is called so.
    """
    among = list(rows)
    exact = [row for row in among if str(row.id) == skater]
    # A whole name is meant before one of which it is a part.
    named = [row for row in among if same_name(row.name, skater)]
    found = exact or named or [row for row in among if row.name and is_part(skater, row.name)]
    if len(found) == 1:
        return found[0]
    problem = "more than one skater matches" if found else "no skater matches"
    names = ", ".join(f"{row.label} ({row.id})" for row in found or among)
    raise UnknownName(f"{problem} {skater!r}; there are {names}")
