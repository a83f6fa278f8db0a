"""How Sphinx builds the site: python docs/build.py."""

import runpy
import sys
from pathlib import Path

DOCS = Path(__file__).parent
sys.path[:0] = [str(DOCS), str(DOCS.parent)]

from sphinx.application import Sphinx  # noqa: E402  # as the line above

import massstart  # noqa: E402  # this package, installed or not

project = "massstart"
author = "the massstart maintainers"
project_copyright = "the massstart maintainers, MIT licence"
version = release = massstart.__version__
language = "en"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "names"]
exclude_patterns = ["scorer"]
templates_path = ["templates"]
default_role = "py:obj"
nitpicky = True

myst_heading_anchors = 4  # links to headings are those of GitHub
myst_enable_extensions = ["attrs_block"]

autodoc_member_order = "bysource"
autodoc_preserve_defaults = True
autodoc_typehints_format = "short"
napoleon_numpy_docstring = False
napoleon_use_ivar = False
napoleon_attr_annotations = False  # the extension of this folder writes them, by the names of aliases
python_maximum_signature_line_length = 80
python_display_short_literal_types = True
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = f"massstart {massstart.__version__}"
html_static_path = ["static"]
html_css_files = ["massstart.css"]
html_copy_source = False
html_show_sphinx = False
html_theme_options = {"navigation_with_keys": False}
linkcheck_timeout = 20
linkcheck_ignore = ["http://localhost"]


def _drawn(app: Sphinx) -> None:
    """Draw the gallery where it is missing: docs/build.py draws it each time, Sphinx alone does not."""
    if Path(app.srcdir) == DOCS and not (DOCS / "gallery").is_dir():
        runpy.run_path(str(DOCS / "build.py"))["gallery"]()


def setup(app: Sphinx) -> None:
    """Connect what comes before the pages."""
    app.connect("builder-inited", _drawn)
