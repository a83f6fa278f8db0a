"""``python -m massstart``."""

from massstart.cli import main

main()
