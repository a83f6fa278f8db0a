"""The site as it is built: every name and address is there, every link leads somewhere, and nothing comes from elsewhere."""

import importlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from attrs import define, field
from sphinx.util.inventory import InventoryFile

from massstart.files.schema import ADDRESS, schemas

pytestmark = [pytest.mark.slow, pytest.mark.law]
ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
MODULES = re.findall(r"^\| `(massstart[.a-z]*)` \|", (DOCS / "compatibility.md").read_text("utf-8"), re.MULTILINE)
PUBLIC = [f"{module}.{name}" for module in MODULES for name in importlib.import_module(module).__all__]
#: What a browser fetches by itself when it shows a page.
FETCHED = {"link": "href", "script": "src", "img": "src", "iframe": "src", "source": "src", "object": "data"}


@define
class Page(HTMLParser):
    """The tags of a page."""

    path: Path
    tags: list[tuple[str, dict[str, str | None]]] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        super().__init__()
        self.feed(self.path.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def of(self, *names: str) -> Iterator[dict[str, str | None]]:
        return (attributes for tag, attributes in self.tags if tag in names)

    @property
    def anchors(self) -> set[str | None]:
        return {attributes.get("id") for _, attributes in self.tags} | {tag.get("name") for tag in self.of("a")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built by the documented command, without the scorer, which has tests of its own."""
    folder = tmp_path_factory.mktemp("built") / "site"
    built = subprocess.run(
        [sys.executable, DOCS / "build.py", "--no-scorer", "--out", folder],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Page]:
    found = {path.relative_to(site).as_posix(): Page(path) for path in sorted(site.rglob("*.html"))}
    return {name: page for name, page in found.items() if not name.startswith("scorer/")}


def test_every_public_name_has_an_anchor(site: Path, pages: dict[str, Page]) -> None:
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    addresses = {name: item.uri for kind, items in inventory.data.items() if kind[:3] == "py:" for name, item in items.items()}  # fmt: skip
    assert len(PUBLIC) > 190
    assert [name for name in PUBLIC if name not in addresses] == []
    for name in PUBLIC:
        page, _, anchor = addresses[name].partition("#")
        assert anchor.replace("$", name) in pages[page].anchors, name
    assert {f"module-{module}" for module in MODULES} <= {
        anchor for name, page in pages.items() if name.startswith("reference/") for anchor in page.anchors
    }


def test_every_type_of_a_signature_has_a_place(site: Path) -> None:
    inventory = InventoryFile.loads((site / "objects.inv").read_bytes(), uri="")
    types = {"OrderLike", "TimeLike", "Times", "Status", "Showable", "Drawable", "massstart.live.LogEvent"}
    assert types <= set(inventory.data["py:type"])
    text = (site / "reference" / "massstart.html").read_text("utf-8")
    assert 'href="types.html#OrderLike"' in text
    assert "NOTHING" not in text
    assert " at 0x" not in text


def test_a_name_that_does_not_exist_ends_the_build(tmp_path: Path) -> None:
    text = "`Race.nation_of_the_winner` and `Race.warnings` and `massstart.racecheck` and `massstart.racechek`"
    page = f"# A page\n\n```{{eval-rst}}\n.. autoclass:: massstart.Race\n   :members: warnings\n\n{text}\n```\n"
    (tmp_path / "index.md").write_text(page, "utf-8")
    built = subprocess.run(
        [sys.executable, "-m", "sphinx", "-n", "-W", "--keep-going", "-q", "-c", DOCS, "-b", "dummy", tmp_path, tmp_path / "out"],
        capture_output=True, encoding="utf-8", check=False, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert built.returncode == 1
    missing = re.findall("py:obj reference target not found: (.*?) ", built.stderr)
    assert {name for name in missing if "rac" in name or "Race" in name} >= {
        "Race.nation_of_the_winner",
        "massstart.racechek",
    }
    assert not {"Race.warnings", "massstart.racecheck"}.intersection(missing)


def test_the_first_page_leads_to_the_scorer(pages: dict[str, Page]) -> None:
    assert "scorer/index.html" in [link.get("href") for link in pages["index.html"].of("a")]
    assert (DOCS / "scorer" / "index.html").is_file()


def test_every_part_is_one_click_from_every_page(pages: dict[str, Page]) -> None:
    parts = {
        "tutorial", "race-day", "rules", "reference/index", "files", "schemas", "vectors", "design", "changelog", "gallery",
    }  # fmt: skip
    links = {link.get("href") for link in pages["index.html"].of("a")}
    assert {f"{part}.html" for part in parts} <= links
    for name, page in pages.items():
        up = "../" * name.count("/")
        links = {link.get("href") for link in page.of("a")}
        here = {f"{up}{name}"} if "/" in name else {name}
        assert {f"{up}{part}.html" for part in parts} - here - {f"{up}{name}"} <= {
            _plain(name, link) for link in links
        }, name


def _plain(page: str, link: str | None) -> str:
    """A link to a neighbour as from the top: ``index.html`` in the reference is ``../reference/index.html``."""
    folder = page.rpartition("/")[0]
    return f"../{folder}/{link}" if folder and link and not link.startswith((".", "#")) else link or ""


def test_the_schemas_lie_under_their_addresses(site: Path) -> None:
    served = {path.name: json.loads(path.read_text("utf-8")) for path in (site / "schemas").glob("*.json")}
    assert set(served) == {f"{name}.json" for name, _ in schemas()} | {"case.json", "refusal.json"}
    for name, schema in served.items():
        assert schema["$id"] == f"{ADDRESS}{name}"
    links = {link.get("href") for link in Page(site / "schemas.html").of("a")}
    assert {f"schemas/{name}" for name in served} <= links


def test_every_picture_of_the_gallery_is_there_with_its_command(site: Path, pages: dict[str, Page]) -> None:
    commands = re.findall(r"--out (\S+\.svg)", (DOCS / "gallery.md").read_text("utf-8"))
    assert commands == ["race.svg", "event.svg", "season.svg", "outlook.svg", "chances.svg", "by-lap.svg", "calibration.svg"]  # fmt: skip
    assert [image.get("src") for image in pages["gallery.html"].of("img")] == [f"_images/{name}" for name in commands]
    for name in commands:
        assert (site / "_images" / name).read_bytes().startswith(b"<?xml"), name
    assert {f"_images/{name}" for name in commands} <= {link.get("href") for link in pages["gallery.html"].of("a")}


def test_every_link_within_the_site_leads_somewhere(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for tag in page.of("a", "link", "script", "img"):
            parts = urlsplit(tag.get("href") or tag.get("src") or "")
            if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
                continue
            target = (page.path.parent / unquote(parts.path)).resolve() if parts.path else page.path
            if site.resolve() / "scorer" in target.parents:
                continue
            assert target.is_file(), f"{name} links to {parts.path}"
            there = pages.get(target.relative_to(site.resolve()).as_posix())
            if parts.fragment and there:
                assert unquote(parts.fragment) in there.anchors, f"{name} links to {parts.path}#{parts.fragment}"


def test_no_page_needs_another_origin(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        for tag, attributes in page.tags:
            address = attributes.get(FETCHED.get(tag, "")) or ""
            assert not urlsplit(address).netloc, f"{name} fetches {address}"
    sheets = list((site / "_static").rglob("*.css"))
    assert sheets
    for path in sheets:
        text = path.read_text("utf-8")
        assert not re.findall(r"""(?:url\(|@import)\s*["']?(?:https?:)?//""", text), path.name


def test_every_page_can_be_heard(pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        assert [tag.get("lang") for tag in page.of("html")] == ["en"], name
        levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(below <= above + 1 for above, below in pairwise(levels)), f"{name}: {levels}"
        for image in page.of("img"):
            assert image.get("alt"), f"{name}: {image.get('src')}"


def test_every_page_fits_a_telephone_and_the_dark(site: Path, pages: dict[str, Page]) -> None:
    for name, page in pages.items():
        viewports = [meta.get("content") or "" for meta in page.of("meta") if meta.get("name") == "viewport"]
        assert viewports, name
        assert all("width=device-width" in viewport for viewport in viewports), name
        assert "massstart.css" in " ".join(link.get("href") or "" for link in page.of("link")), name
    ours = (DOCS / "static" / "massstart.css").read_text("utf-8")
    assert not re.findall(r"(?<!max-)(?<!-)\b(?:min-)?width:\s*[0-9.]+(?:px|rem|em)", ours)
    assert any(
        "prefers-color-scheme:dark" in re.sub(r"\s", "", path.read_text("utf-8")) for path in site.rglob("*.css")
    )


def test_the_site_can_be_searched(site: Path, pages: dict[str, Page]) -> None:
    assert "search.html" in pages
    text = (site / "searchindex.js").read_text("utf-8")
    assert "kramer" in text
    assert "massstart.live" in text
