"""Builds the scorer that runs in the browser: python docs/make_scorer.py [--out build/site/scorer].

It brings together the files of ``docs/scorer``, Pyodide from npm, and the library with what it imports, compiled by Pyodide's own
Python. It needs node and npm, and says what is missing. The page that it makes needs no other server.
"""

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path

from massstart import Race, rank, show

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "scorer"
#: The release of Pyodide, and of the PDF reader that is built for its Python.
PYODIDE = "314.0.7"
PDFIUM = "5.15.2"
#: What brotli makes of the largest file of that release, which takes 37 s to find out: its SHA-256, and bytes.
WEIGHED = ("cc36e3cab04fdfc9a63ff13eb52eae2b911bf46c025cc7b281f394bd3de1d5e6", 2_741_061)
#: The files of Pyodide that a page needs.
ENGINE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")
#: What the library imports in the browser. Of MarkupSafe the pure form is taken, for its fast one is compiled for this machine.
LIBRARIES = ("attrs", "cattrs", "typing_extensions", "jinja2", "markupsafe")
#: What only a spreadsheet needs.
SPREADSHEETS = ("openpyxl", "et_xmlfile")
#: Rooms of the library that the page has no use for.
LEFT_OUT = (
    "commandline", "testing", "conformance", "vectors", "batch", "simulation", "pictures", "terminal",
)  # fmt: skip
#: The most that a visitor's first page may weigh, in bytes as brotli packs it.
BUDGET = 6_500_000


def build(out: Path, cache: Path = ROOT / "build" / "scorer") -> None:
    """Build the whole page into a folder."""
    cache.mkdir(parents=True, exist_ok=True)
    engine = pyodide(cache)
    shutil.rmtree(out, ignore_errors=True)
    (out / "pyodide").mkdir(parents=True)
    for name in ENGINE:
        shutil.copyfile(engine / name, out / "pyodide" / name)
    reader = pdf_reader(cache)
    roots = [rules(cache / "rules"), packages(cache / "xlsx", SPREADSHEETS), unpacked(reader, cache / "pdf")]
    library = unpacked(engine / "python_stdlib.zip", cache / "library")
    compiled(engine, cache, {"python_stdlib.zip": [library, *roots], "rules.zip": roots[:1], "xlsx.zip": roots[1:2]})
    shutil.move(cache / "python_stdlib.zip", out / "pyodide" / "python_stdlib.zip")
    for name in ("rules.zip", "xlsx.zip"):
        shutil.move(cache / name, out / name)
    shutil.copyfile(reader, out / "pdf.zip")
    for path in sorted(PAGE.iterdir()):
        if path.suffix != ".py" and path.is_file():
            shutil.copyfile(path, out / path.name)
    page = out / "index.html"
    page.write_text(page.read_text("utf-8").replace("@STYLE@", style_hash()), "utf-8")
    worker = out / "sw.js"
    names = [path.relative_to(out).as_posix() for path in sorted(out.rglob("*")) if path.is_file() and path != worker]
    # What few need is kept once it was fetched, not on the first visit.
    first = ["./", *(name for name in names if name not in ("index.html", "pdf.zip", "xlsx.zip"))]
    digest = hashlib.sha256(b"".join((out / name).read_bytes() for name in names)).hexdigest()[:12]
    text = worker.read_text("utf-8").replace("@VERSION@", f"massstart-{digest}")
    worker.write_text(text.replace("/*FILES*/", ", ".join(map(json.dumps, first))), "utf-8")


def pyodide(cache: Path) -> Path:
    """The folder of Pyodide, from npm."""
    folder = cache / f"pyodide-{PYODIDE}"
    if not folder.exists():
        run(["npm", "pack", f"pyodide@{PYODIDE}", "--silent", "--pack-destination", str(cache)])
        with tarfile.open(cache / f"pyodide-{PYODIDE}.tgz") as archive:
            archive.extractall(cache / "unpacked", filter="data")
        (cache / "unpacked" / "package").rename(folder)
    return folder


def unpacked(archive: Path, folder: Path) -> Path:
    """The files of an archive."""
    shutil.rmtree(folder, ignore_errors=True)
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)  # noqa: S202  # the two archives are pinned above
    return folder


def rules(folder: Path) -> Path:
    """The library, what it imports, and the bridge of the page."""
    packages(folder, LIBRARIES)
    ignored = shutil.ignore_patterns("__pycache__", "py.typed", *LEFT_OUT)
    shutil.copytree(ROOT / "massstart", folder / "massstart", ignore=ignored)
    shutil.copyfile(PAGE / "bridge.py", folder / "bridge.py")
    return folder


def packages(folder: Path, names: Iterable[str]) -> Path:
    """The modules of some installed libraries, nothing compiled among them."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in names:
        for file in distribution(name).files or ():
            if file.suffix == ".py" and ".." not in file.parts and "preconf" not in file.parts[:-1]:
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path(str(file.locate())), target)
    return folder


def compiled(engine: Path, cache: Path, archives: Mapping[str, Iterable[Path]]) -> None:
    """Archives of the modules of a folder, compiled by Pyodide's Python, which starts once; with roots, of what these reach in it."""
    runner, script = (str(ROOT / "docs" / name) for name in ("pyodide.mjs", "compile_modules.py"))
    made = [" ".join([name, *(folder.name for folder in folders)]) for name, folders in archives.items()]
    run(["node", runner, str(engine), script, str(cache), *made])


def pdf_reader(cache: Path) -> Path:
    """The wheel of the PDF reader for Pyodide."""
    found = sorted(cache.glob(f"pypdfium2-{PDFIUM}-*.whl"))
    if not found:
        platform = ["--platform", "pyemscripten_2026_0_wasm32", "--only-binary", ":all:", "--no-deps"]
        run(
            [
                sys.executable,
                "-m",
                "pip",
                "download",
                "--quiet",
                *platform,
                "--dest",
                str(cache),
                f"pypdfium2=={PDFIUM}",
            ]
        )
        found = sorted(cache.glob(f"pypdfium2-{PDFIUM}-*.whl"))
    return found[0]


def style_hash() -> str:
    """The hash of the style of a page that the library writes, which the policy of the scorer must know."""
    page = show(rank(Race(rulebook="isu-2018", starters=["a"], finish=["a"])), "html")
    (style,) = re.findall("<style>(.*?)</style>", page, re.DOTALL)
    return f"sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}"


def run(command: list[str]) -> None:
    """Run a program, or say which is missing."""
    if shutil.which(command[0]) is None:
        raise SystemExit(f"{command[0]} is not installed; the scorer needs node and npm")
    subprocess.run(command, check=True)  # noqa: S603  # the programs are named above


def weights(folder: Path) -> dict[str, tuple[int, int]]:
    """What the first visit fetches: for each file its bytes, raw and as brotli packs them."""
    later = ("pdf.zip", "xlsx.zip")
    return {
        path.relative_to(folder).as_posix(): (path.stat().st_size, packed(path))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in later
    }


def packed(path: Path) -> int:
    """The bytes that brotli makes of a file; an archive is packed already."""
    import brotli

    known, size = WEIGHED
    content = path.read_bytes()
    if path.suffix == ".zip":
        return len(content)
    return size if hashlib.sha256(content).hexdigest() == known else len(brotli.compress(content))


def main() -> None:
    """Build the page, and say what it weighs."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--out", type=Path, default=ROOT / "build" / "site" / "scorer")
    options.add_argument("--weigh", action="store_true", help="say what each file weighs, and fail above the budget")
    chosen = options.parse_args()
    build(chosen.out)
    if chosen.weigh:
        found = weights(chosen.out)
        for name, (raw, packed) in found.items():
            print(f"{name:40} {raw:12,} {packed:12,}")  # noqa: T201  # it is what was asked for
        total = sum(packed for _, packed in found.values())
        print(f"{'all':40} {sum(raw for raw, _ in found.values()):12,} {total:12,} of {BUDGET:,}")  # noqa: T201
        if total > BUDGET:
            raise SystemExit("the page is heavier than its budget")


if __name__ == "__main__":
    main()
