"""How the site finds the names of the package: what a page of the reference lists, and where a name in a text leads.

Decides which page a public name stands on, writes the lists of the reference while the pages are read, shows the types of
a signature by the names of their aliases, and finds what a docstring names by the last part of it. A name that leads
nowhere is a warning, and the site is built with warnings as errors.
"""

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import attrs
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.pycode import ModuleAnalyzer
from sphinx.util.nodes import make_refnode
from sphinx.util.typing import stringify_annotation

import massstart

DOCS = Path(__file__).parent
#: The public modules, in the order of the promise.
MODULES: list[str] = re.findall(
    r"^\| `(massstart[.a-z]*)` \|", (DOCS / "compatibility.md").read_text("utf-8"), re.MULTILINE
)
#: The types that stand in public signatures and have no public name: what they are is told on a page of their own.
ALIASES = {
    "massstart.records": ("OrderLike", "TimeLike", "DayLike", "IdsLike", "Times"),
    "massstart.row": ("Status", "Qualified", "Key"),
    "massstart.rulebook": ("Confidence", "DeadHeat", "DisqualifiedPlace"),
    "massstart.event.event": ("Stage",),
    "massstart.event.seeding": ("Method",),
    "massstart.event.overall": ("Policy",),
    "massstart.live.outlookrow": ("Verdict",),
    "massstart.season.skaters": ("NamePairs",),
    "massstart.batch.races": ("Ints", "Bools"),
    "massstart.simulation.field": ("Numbers", "Source"),
    "massstart.testing.strategies": ("Books", "Ids"),
    "massstart.testing.seasons": ("RankSeason",),
    "massstart.showing.formats": ("Drawable", "Showable"),
}
#: Classes of the same sort.
CLASSES = ("massstart.records.Starters", "massstart.result.Heading", "massstart.live.changes.Standing")
#: Aliases that exist for type checkers alone, as their module writes them.
UNSEEN = {"Drawable", "Showable", "Source"}
_OTHERS = {"numpy", "hypothesis", "narwhals"}


def home(name: str) -> str:
    """The public module that a name is told of in: the first that has it, of the same value."""
    module, _, last = name.rpartition(".")
    value = getattr(importlib.import_module(module), last)
    for one in MODULES:
        there = importlib.import_module(one)
        if last in there.__all__ and getattr(there, last) is value:
            return one
    raise LookupError(name)


def public() -> Iterator[str]:
    """Every public name, with its module."""
    for module in MODULES:
        for name in importlib.import_module(module).__all__:
            yield f"{module}.{name}"


def comment(module: str, name: str) -> list[str]:
    """The comment ``#:`` of a constant or an alias, from the module below this one that has it."""
    inside = [one for one in sorted(sys.modules) if one == module or one.startswith(f"{module}.")]
    for one in inside:
        lines = ModuleAnalyzer.for_module(one).find_attr_docs().get(("", name))
        if lines:
            return lines
    raise LookupError(f"{module}.{name} has no comment that begins with #:")


# The lists of the reference.


def lists(_app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the names of a module where its page has the comment ``<!-- names: massstart.live -->``."""
    source[0] = source[0].replace("../tests/conformance/README.md", "vector-format.md")
    source[0] = source[0].replace("<!-- schemas -->", "\n".join(_schemas()))
    if docname.startswith("reference/"):
        source[0] = re.sub(r"<!-- names: (\S+) -->", lambda found: "\n".join(_names(found[1])), source[0])
        source[0] = source[0].replace("<!-- types -->", "\n".join(_types()))


def _schemas() -> Iterator[str]:
    yield "| schema | what it describes |\n|---|---|"
    for path in sorted((DOCS.parent / "tests" / "conformance" / "schemas").glob("*.json")):
        title = json.loads(path.read_text("utf-8")).get("title", "")
        yield f'| <a href="schemas/{path.name}">{path.stem}</a> | {title} |'


def _names(module: str) -> Iterator[str]:
    there = importlib.import_module(module)
    groups: dict[str, list[str]] = {"Functions": [], "Classes": [], "Errors": [], "Types and constants": []}
    for name in there.__all__:
        value = getattr(there, name)
        if inspect.isclass(value):
            group = "Errors" if issubclass(value, Exception) else "Classes"
        else:
            group = "Functions" if inspect.isfunction(value) else "Types and constants"
        groups[group].append(name)
    yield from _rst(f".. automodule:: {module}", "   :no-members:")
    for title, names in groups.items():
        if names:
            yield f"\n## {title}\n"
        for name in names:
            yield from _rst(*_entry(module, name, getattr(there, name)))


def _entry(module: str, name: str, value: Any) -> Iterator[str]:
    kind = "class" if inspect.isclass(value) else "function" if inspect.isfunction(value) else "data"
    if kind == "class" and issubclass(value, Exception):
        kind = "exception"
    if kind == "data":
        yield from _data(module, name, value)
    elif home(f"{module}.{name}") != module:
        yield f".. py:{kind}:: {name}\n   :module: {module}"
        yield f"\n   The same as :py:obj:`{home(f'{module}.{name}')}.{name}`."
    else:
        yield f".. auto{kind}:: {module}.{name}"
        if kind == "exception":
            yield "   :show-inheritance:"
        if kind != "function":
            yield "   :members:\n   :inherited-members: object,tuple,BaseException,Sequence,Generic"


def _data(module: str, name: str, value: Any) -> Iterator[str]:
    yield f".. py:{'type' if _is_type(value) else 'data'}:: {name}\n   :module: {module}"
    if _is_type(value):
        yield f"   :canonical: {written(value, own=f'{module}.{name}')}"
    elif len(repr(value)) < 120 and "Path(" not in repr(value):
        yield f"   :value: {value!r}"
    yield ""
    yield from (f"   {line}" for line in comment(module, name))


def _is_type(value: Any) -> bool:
    """Whether a constant stands for a type: a union, a literal, a callable."""
    return hasattr(value, "__args__") and not inspect.isclass(value)


def _types() -> Iterator[str]:
    for module, names in ALIASES.items():
        there = importlib.import_module(module)
        for name in names:
            lines = [f"   {line}" for line in comment(module, name)]
            if name in UNSEEN:
                shown = re.sub(r"\w+", _full, _in_source(module, name))
            else:
                shown = written(getattr(there, name), own=name)
            yield from _rst(f".. py:type:: {name}", f"   :canonical: {shown}", "", *lines)
    yield "\n## Classes\n"
    for name in CLASSES:
        yield from _rst(f".. autoclass:: {name}", "   :members:")


def _long(module: str, name: str) -> str:
    """An alias as Sphinx writes it out."""
    if name in UNSEEN:
        return _in_source(module, name)
    return stringify_annotation(getattr(importlib.import_module(module), name), "smart")


def _in_source(module: str, name: str) -> str:
    """An alias as its module writes it."""
    text = inspect.getsource(importlib.import_module(module))
    found = re.search(rf'^ *{name}: TypeAlias = "?(.*?)"?$', text, re.MULTILINE)
    if not found:
        raise LookupError(name)
    return found[1]


def _full(name: re.Match[str]) -> str:
    """A public name with its module, as long as it is one."""
    found = [one for one in public() if one.endswith(f".{name[0]}")]
    return f"~{home(found[0])}.{name[0]}" if found else name[0]


def _rst(*lines: str) -> Iterator[str]:
    yield from ("```{eval-rst}", *lines, "```")


# Signatures.


def _known() -> dict[str, str]:
    """Each alias as Sphinx writes it out, and its name; the longest first, for they hold the shorter ones."""
    found: dict[str, str] = {}
    for module, names in ALIASES.items():
        found |= {_long(module, name): name for name in names}
    for name in public():
        value = getattr(importlib.import_module(name.rpartition(".")[0]), name.rpartition(".")[2])
        if _is_type(value):
            found[stringify_annotation(value, "smart")] = f"~{name}"
    return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))


KNOWN: dict[str, str] = {}


def written(hint: Any, own: str = "") -> str:
    """A type in the words of a signature, by the names of its aliases."""
    return named(stringify_annotation(hint, "smart"), own)


def named(text: str, own: str = "") -> str:
    """A signature, with the name of each alias where Sphinx writes out what it stands for."""
    if not KNOWN:
        KNOWN.update(_known())
    for long, short in KNOWN.items():
        if short.removeprefix("~") != own:
            text = re.sub(rf"(?<![\w.~]){re.escape(long)}(?![\w\[])", short, text)
    return text


def signature(
    _app: Sphinx, _what: str, _name: str, obj: Any, _options: Any, text: str | None, returned: str | None
) -> tuple[str | None, str | None]:
    """The signature of a function or class: aliases by their names, and a default that is made anew as an ellipsis."""
    if getattr(obj, "_is_protocol", False):
        return None, None
    text = text and named(text.replace("NOTHING", "..."))
    return text, returned and named(returned)


# Attributes.


def attributes(_app: Sphinx, what: str, _name: str, obj: Any, _options: Any, lines: list[str]) -> None:
    """Give each attribute of a class an entry of its own with its type, whether the docstring tells of it or not."""
    if what not in ("class", "exception"):
        return
    hints = _hints(obj)
    told = set()
    for index in range(len(lines) - 1, -1, -1):
        found = re.fullmatch(r"\.\. attribute:: (.*)", lines[index])
        if found:
            names = found[1].split(", ")
            told |= set(names)
            types = list(dict.fromkeys(written(hints[name]) for name in names if name in hints))
            shown = [f"   :type: {types[0]}"] if len(types) == 1 else []
            rest = [f"               {name}" for name in names[1:]]
            lines[index : index + 1] = [f".. attribute:: {names[0]}", *rest, *shown]
    fields = [one.name for one in attrs.fields(obj)] if attrs.has(obj) else list(getattr(obj, "_fields", ()))
    for name in fields:
        if name not in told and not name.startswith("_"):
            shown = [f"   :type: {written(hints[name])}"] if name in hints else []
            lines += ["", f".. attribute:: {name}", *shown, ""]


def _hints(obj: Any) -> dict[str, Any]:
    try:
        return get_type_hints(obj)
    except NameError:  # an annotation that exists for the type checker alone
        return {}


def skip(_app: Sphinx, what: str, _name: str, obj: Any, skipped: bool, _options: Any) -> bool | None:  # noqa: FBT001
    """Leave out the fields of a named tuple, which `attributes` lists, and what a library adds to a class."""
    if what != "class" or skipped:
        return None
    doc = getattr(obj, "__doc__", None) or ""
    if doc.startswith("Alias for field number"):
        return True
    return None


# References.


def find(app: Sphinx, env: BuildEnvironment, node: pending_xref, text: nodes.Element) -> nodes.Element | None:
    """Where a name leads that is not written out in full."""
    if node.get("refdomain") != "py":
        return None
    target: str = node["reftarget"].removesuffix("()")
    top = target.partition(".")[0]
    if top in sys.stdlib_module_names or top in _OTHERS or top.startswith("npt"):
        return _outside(target, text)
    objects = env.domains.python_domain.objects
    ends = [name for name in objects if name == target or name.endswith(f".{target}")]
    # A private module's own name for something public, which the page of the public one lists as its canonical name.
    ends = [name for name in ends if not objects[name].aliased] or ends
    if len(ends) > 1:
        homes = set(public())
        ends = [name for name in ends if name not in homes or name.startswith(home(name))] or ends
    if len({objects[name].node_id for name in ends}) == 1:
        found = objects[ends[0]]
        return make_refnode(app.builder, node["refdoc"], found.docname, found.node_id, text, ends[0])
    if top == "massstart" and _exists(target):
        return text  # a private module, named for those who read the code
    return None


def _outside(target: str, text: nodes.Element) -> nodes.Element | None:
    if not _exists(target):
        return None
    top = target.partition(".")[0]
    if top in _OTHERS:
        return text
    module = target.rpartition(".")[0] or target
    address = f"https://docs.python.org/3/library/{module}.html#{target}"
    return nodes.reference("", "", text, internal=False, refuri=address)


def _exists(target: str) -> bool:
    try:
        pkgutil.resolve_name(target)
    except (ImportError, AttributeError, ValueError):
        return False
    return True


# Pictures.


def pictures(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let each picture lead to itself alone, so that it can be enlarged: on a narrow screen its letters are small."""
    for image in list(doctree.findall(nodes.image)):
        if not isinstance(image.parent, nodes.reference):
            file = app.env.images[image["uri"]][1]
            link = nodes.reference("", "", internal=True, refuri=f"{'../' * docname.count('/')}_images/{file}")
            image.replace_self(link)
            link += image


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect all of it."""
    app.connect("source-read", lists)
    app.connect("autodoc-process-signature", signature)
    app.connect("autodoc-process-docstring", attributes, priority=900)  # once Google's form is read
    app.connect("autodoc-skip-member", skip)
    app.connect("missing-reference", find)
    app.connect("doctree-resolved", pictures)
    return {"version": massstart.__version__, "parallel_read_safe": True}
