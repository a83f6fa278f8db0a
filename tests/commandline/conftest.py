"""Which of these tests a system cannot run."""

import sys

#: They need a terminal, signals and a shell as POSIX has them.
collect_ignore: list[str] = ["test_endings.py", "test_live.py", "test_typing.py"] if sys.platform == "win32" else []
