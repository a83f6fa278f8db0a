"""The pages of the documentation on the terminal: each whole, and leading to the others."""

import re
from pathlib import Path

import pytest
from command import ok, refused

from massstart.commandline import pages

DOCS = Path(__file__).parents[2] / "docs"
PAGES = pages.pages()


def blocks(text: str) -> list[str]:
    """What stands between the fences of a page."""
    return re.findall(r"^```\w*\n(.*?)\n```$", text, re.DOTALL | re.MULTILINE)


def test_every_page_for_users_is_listed_in_the_order_of_the_site() -> None:
    listed = [line.split()[0] for line in ok("help").splitlines()[1:]]
    assert listed == list(PAGES)
    assert listed[:2] == ["tutorial", "values"]
    assert {"rules", "commands", "files"} <= set(listed)
    assert not {"contributing", "mutation", "releasing", "design", "changelog", "index"} & set(listed)
    assert "Five-minute tutorial         Start here" in ok("help")


@pytest.mark.parametrize("topic", PAGES)
def test_a_page_is_shown_whole(topic: str) -> None:
    text = (DOCS / f"{topic}.md").read_text("utf-8")
    shown = ok("help", topic)
    assert PAGES[topic].title == text.splitlines()[0].removeprefix("# ")
    assert PAGES[topic].title in shown.split("\n\n")[0]  # rich before 14 draws a frame around it
    # No line that may be copied is broken, and no cell is cut off.
    assert [block for block in blocks(text) if block not in re.sub(" +$", "", shown, flags=re.MULTILINE)] == []
    assert shown.count("…") == text.count("…")


def test_a_link_says_how_its_page_is_asked_for() -> None:
    text = (
        "See [Files](files.md#csv), [below](#here), ![a race](gallery/race.svg), [it](https://a.b/c.html), `a[b](c)`."
    )
    assert pages.with_topics(text, {"files"}) == (
        "See Files (`massstart help files`), below, a race, [it](https://a.b/c.html), `a[b](c)`."
    )
    assert "Files (massstart help files)" in " ".join(ok("help", "commands").split())


@pytest.mark.parametrize("command", ["advance", "rank", "verify", "simulate", "help"])
def test_a_command_says_what_it_takes(command: str) -> None:
    assert ok("help", command) == ok(command, "--help")


def test_a_page_named_as_a_command_leads_to_what_the_command_takes() -> None:
    assert ok("help", "event").endswith("\n\nWhat the command takes: massstart event --help\n")
    assert "--help" not in ok("help", "values").splitlines()[-1]


def test_a_topic_that_nobody_wrote_about() -> None:
    (line,) = refused("help", "curling")
    assert line.startswith("help: no topic 'curling'; there are tutorial, values,")
    assert line.endswith(", standings, verify")
    assert line.count(" event,") == 1
