"""``python -m massstart``."""

from massstart.commandline.cli import main

main()
