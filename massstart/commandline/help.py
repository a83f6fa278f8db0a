"""The command `help`: a page of the documentation, or what a command takes."""

import click

from massstart.commandline import completion
from massstart.commandline.group import massstart, reporting
from massstart.commandline.pages import pages, with_topics
from massstart.problems import UnknownName
from massstart.showing.terminal import page


@massstart.command()
@click.argument("topic", required=False, shell_complete=completion.topics)
@click.pass_context
def help(context: click.Context, topic: str | None) -> None:
    """Show a page of the documentation, or what a command takes; without a TOPIC, list the pages."""
    known = pages()
    command = massstart.get_command(context, topic or "")
    if topic is None:
        page.index((each.topic, each.title, each.group) for each in known.values())
    elif topic in known:
        page.page(with_topics(known[topic].text, known))
        if command is not None:
            click.echo(f"\nWhat the command takes: massstart {topic} --help")
    elif command is not None:
        click.echo(command.get_help(click.Context(command, context.parent, info_name=topic)))
    else:
        with reporting("help"):
            raise UnknownName(f"no topic {topic!r}; there are {', '.join({**known, **massstart.commands})}")
