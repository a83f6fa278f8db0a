"""The bundled races: published results, each with its sources.

Decides which races are bundled: what stands in the folder ``data`` beside this module.
"""

from importlib.resources import files

_DATA = files("massstart") / "data"


def archive() -> tuple[str, ...]:
    """The ids of the bundled races, in order.

    Example:
        >>> from massstart import archive
        >>> "beijing-2022-men-semifinal-1" in archive()
        True
    """
    return tuple(sorted(entry.name.removesuffix(".json") for entry in _DATA.iterdir() if entry.name.endswith(".json")))


def bundled_text(id: str) -> bytes:
    """The file of a bundled race."""
    return (_DATA / f"{id}.json").read_bytes()
