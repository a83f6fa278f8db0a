"""What PyPI shows of the package: the README, whose links would lead nowhere there. hatchling runs this when it builds."""

import runpy
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class Description(MetadataHookInterface):
    """Adds the description to the metadata."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the field ``readme``, which pyproject.toml leaves open."""
        from_anywhere = runpy.run_path(str(Path(self.root, ".ci", "links.py")))["from_anywhere"]
        text = from_anywhere(Path(self.root, "README.md").read_text("utf-8"))
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
