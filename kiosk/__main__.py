"""``python -m kiosk`` is ``loaga``."""

from kiosk.cli import main

main()
