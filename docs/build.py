"""Builds the whole site into build/site: python docs/build.py. With --serve, shows it at http://localhost:8000 besides.

Each part is made by a function here. Strict: what Sphinx warns of ends the build.
"""

import argparse
import functools
import http.server
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parent
ROOT = DOCS.parent
SITE = ROOT / "build" / "site"
#: Every part of the build starts programs of this Python, and of this folder's package.
ENVIRONMENT = os.environ | {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")]),
    "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
}


def commands() -> list[str]:
    """The commands on the page of the gallery, in their order."""
    return re.findall(r"^```sh\n(.*?)^```$", (DOCS / "gallery.md").read_text("utf-8"), re.DOTALL | re.MULTILINE)


def gallery() -> None:
    """Draw the pictures of the gallery, each by the command that stands beside it on the page."""
    folder = DOCS / "gallery"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for command in commands():
        subprocess.run(["bash", "-euo", "pipefail", "-c", command], cwd=folder, env=ENVIRONMENT, check=True)


def pages(site: Path) -> None:
    """Write the pages, with every name and every link between them checked."""
    doctrees = site.with_name(f"{site.name}-doctrees")
    options = ["-n", "-W", "--keep-going", "-q", "-j", "auto", "-d", str(doctrees), "-b", "html"]
    subprocess.run([sys.executable, "-m", "sphinx", *options, str(DOCS), str(site)], env=ENVIRONMENT, check=True)


def schemas(site: Path) -> None:
    """Put each JSON Schema where its ``$id`` says."""
    shutil.copytree(ROOT / "tests" / "conformance" / "schemas", site / "schemas", dirs_exist_ok=True)


def scorer(site: Path) -> None:
    """Build the browser's scorer beside the pages. It alone needs node, npm and, the first time, a network."""
    missing = [program for program in ("node", "npm") if not shutil.which(program)]
    if missing:
        print(f"The scorer is left out, for there is no {' and no '.join(missing)}.", file=sys.stderr)
        return
    command = [sys.executable, str(DOCS / "make_scorer.py"), "--out", str(site / "scorer")]
    subprocess.run(command, env=ENVIRONMENT, check=True)


def build(site: Path, *, with_scorer: bool = True) -> None:
    """Make everything, in this order."""
    gallery()
    pages(site)
    schemas(site)
    if with_scorer:
        scorer(site)


def serve(site: Path, port: int) -> None:
    """Show the site to this machine until it is interrupted."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://localhost:{server.server_port}")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build the whole site.")
    parser.add_argument("--out", type=Path, default=SITE, help="the folder; build/site")
    parser.add_argument("--no-scorer", action="store_true", help="leave out the browser's scorer")
    parser.add_argument("--serve", action="store_true", help="then show it at http://localhost:PORT")
    parser.add_argument("--port", type=int, default=8000)
    given = parser.parse_args()
    build(given.out.resolve(), with_scorer=not given.no_scorer)
    if given.serve:
        serve(given.out.resolve(), given.port)
