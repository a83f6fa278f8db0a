"""What a shell offers where a command takes a file, a bundled race or a rulebook.

Decides what is offered, not how a shell is told: that is click's matter. Nothing is read but the names of the bundled races and the
pages.
"""

from click import Context, Group, Parameter
from click.shell_completion import CompletionItem

from massstart.commandline.pages import pages
from massstart.files.archive import archive
from massstart.rulebooks import ids

#: The shell looks for files by itself.
_FILES = CompletionItem("", type="file")


def files(_context: Context, _parameter: Parameter, _typed: str) -> list[CompletionItem]:
    """Offer files alone."""
    return [_FILES]


def races(_context: Context, _parameter: Parameter, typed: str) -> list[CompletionItem]:
    """Offer the bundled races that begin so, and files. Files come first, for bash forgets what stands before them."""
    return [_FILES, *_beginning(archive(), typed)]


def rulebooks(_context: Context, _parameter: Parameter, typed: str) -> list[CompletionItem]:
    """Offer the rulebooks that begin so."""
    return _beginning(ids(), typed)


def topics(context: Context, _parameter: Parameter, typed: str) -> list[CompletionItem]:
    """Offer the pages and the commands that begin so."""
    group = context.find_root().command
    assert isinstance(group, Group)
    return _beginning(tuple(sorted({*pages(), *group.commands})), typed)


def _beginning(ids: tuple[str, ...], typed: str) -> list[CompletionItem]:
    return [CompletionItem(id) for id in ids if id.startswith(typed)]
