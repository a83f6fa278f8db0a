"""What a room says where the library that it needs is not installed, and who tells hypothesis of the package."""

import importlib
import runpy
import sys
from types import SimpleNamespace

import pytest

from massstart.problems import MissingExtra


@pytest.mark.parametrize(
    ("room", "library", "extra"),
    [
        ("batch", "numpy", "batch"),
        ("batch", "narwhals", "batch"),
        ("simulation", "numpy", "simulation"),
        ("testing", "hypothesis", "testing"),
    ],
)
def test_a_missing_library_says_what_to_install(
    room: str, library: str, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = importlib.import_module(f"massstart.{room}").__file__
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtra, match=rf"massstart\.{room} needs .*massstart\[{extra}\]"):
        runpy.run_path(str(path))


@pytest.mark.parametrize("module", ["massstart", "massstart.event"])
def test_whoever_is_imported_last_registers(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    path = importlib.import_module(module).__file__
    registered: list[str] = []
    plugin = SimpleNamespace(register=lambda: registered.append(module))
    monkeypatch.setitem(sys.modules, "_massstart_hypothesis", plugin)
    runpy.run_path(str(path))
    assert registered == [module]
    monkeypatch.setitem(sys.modules, "hypothesis", None)
    runpy.run_path(str(path))
    assert registered == [module]
