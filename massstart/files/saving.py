"""Where output goes that is written to a file.

Decides that a file is written whole or not at all.
"""

import os
from pathlib import Path

from massstart.problems import InvalidRecord, Problem


def save(path: Path, content: bytes) -> None:
    """Write a file, in place of one that is there.

    Raises:
        InvalidRecord: the place cannot be written to; what was there is untouched.
    """
    try:
        if path.exists() and not path.is_file():
            # A device or a pipe, such as /dev/stderr, is written to and not put out of the way. Under the name that it
            # was given: where the link leads to, there is no file.
            path.write_bytes(content)
            return
        target = path.resolve()
        if target.exists():
            # A file that is protected against writing must not be replaced just because its folder is not.
            target.open("ab").close()
        part = target.with_name(f"{target.name[:200]}.{os.getpid()}.part")
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                # Without this a loss of power could leave the name with nothing behind it.
                os.fsync(file.fileno())
            if target.exists():
                part.chmod(target.stat().st_mode)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InvalidRecord([Problem("file", "", f"cannot be written: {reason}", "choose another place")]) from None
