"""What a shell offers while a command is typed."""

import os
from unittest.mock import patch

import click
import pytest
from click.shell_completion import ShellComplete
from command import ok, run

from massstart import archive, rulebooks
from massstart.commandline.group import massstart

FILES = ("file", "")


def offered(*typed: str) -> list[tuple[str, str]]:
    """What is offered for the last of these words: the kind of each, and the word."""
    ok("--help")  # which adds the commands to the group
    completing = ShellComplete(massstart, {}, "massstart", "_MASSSTART_COMPLETE")
    return [(item.type, item.value) for item in completing.get_completions(list(typed[:-1]), typed[-1])]


@pytest.mark.parametrize(
    "words",
    [
        ["rank"], ["explain"], ["read"], ["show"], ["outlook"], ["live"],
        ["verify"], ["verify", "wsd-2023-men-semifinal-1"], ["advance"], ["event"], ["event", "--final"],
        ["standings"], ["simulate"], ["simulate", "start.json", "--strengths"],
    ],
)  # fmt: skip
def test_a_file_is_a_bundled_race_or_a_file(words: list[str]) -> None:
    assert offered(*words, "") == [FILES, *(("plain", id) for id in archive())]


def test_only_races_that_begin_so_are_offered() -> None:
    assert offered("rank", "beijing-") == [
        FILES, ("plain", "beijing-2022-men-semifinal-1"), ("plain", "beijing-2022-men-semifinal-2"),
    ]  # fmt: skip
    assert offered("rank", "./beijing-") == [FILES]


def test_standings_are_a_file() -> None:
    assert offered("quota", "wc") == [FILES]


@pytest.mark.parametrize(
    "words",
    [
        ["rulebooks"], ["verify", "a.pdf", "--rulebook"], ["read", "a.pdf", "--rulebook"],
        ["event", "e.json", "--rulebook"], ["simulate", "a.json", "--rulebook"],
    ],
)  # fmt: skip
def test_a_rulebook_is_known_by_its_beginning(words: list[str]) -> None:
    assert offered(*words, "") == [("plain", id) for id in rulebooks.ids()]
    assert offered(*words, "isu-2018") == [("plain", "isu-2018"), ("plain", "isu-2018-junior")]
    assert offered(*words, "x") == []


def test_a_topic_is_a_page_or_a_command() -> None:
    assert offered("help", "ver") == [("plain", "verify"), ("plain", "verifying")]
    assert offered("help", "x") == []


def test_no_option_that_takes_a_file_or_a_rulebook_is_forgotten() -> None:
    ok("--help")
    silent = {
        (name, parameter.name)
        for name, command in massstart.commands.items()
        for parameter in command.params
        if parameter.metavar in {"FILE", "FILE...", "FILE FILE...", "SHEET...", "STANDINGS", "ID"}
        and not parameter.shell_complete(click.Context(command), "")
    }
    assert silent == set()


def test_bash_is_told_files_before_races() -> None:
    words = {"COMP_WORDS": "massstart verify wsd", "COMP_CWORD": "2", "_MASSSTART_COMPLETE": "bash_complete"}
    assert run("", **words).stdout.splitlines() == ["file,", "plain,wsd-2023-men-semifinal-1"]
    with patch.dict(os.environ, words):
        assert run("").stdout.splitlines() == ["file,", "plain,wsd-2023-men-semifinal-1"]
