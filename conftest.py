"""Every example in the docs and in the docstrings is a test."""

from doctest import ELLIPSIS

from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser
from sybil.parsers.rest import DocTestParser

_PROSE = Sybil(parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)], patterns=["*.md"])
_DOCSTRINGS = Sybil(parsers=[DocTestParser(optionflags=ELLIPSIS)], patterns=["massstart/**/*.py", "massstart/*.py"])

pytest_collect_file = (_PROSE + _DOCSTRINGS).pytest()
