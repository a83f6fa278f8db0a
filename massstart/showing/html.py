"""A shown table as a page: one file that needs nothing else, for a browser, a phone and A4 paper.

Decides nothing of the words, which come from `massstart.showing.model.table`, and little of the looks: those stand in the
template beside this module. Jinja2 escapes every text (extra ``html``).
"""

from importlib.resources import files

from massstart.problems import MissingExtra
from massstart.showing.model.cells import Table


def html(table: Table) -> str:
    """The table as an HTML page.

    Raises:
        MissingExtra: Jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, StrictUndefined
    except ModuleNotFoundError as error:
        raise MissingExtra("HTML needs Jinja2; run: pip install 'massstart[html]'") from error
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    template = (files("massstart.showing") / "page.html").read_text("utf-8")
    return environment.from_string(template).render(table=table)
