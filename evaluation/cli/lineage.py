"""What a new bundle says of how it came about."""

import sys
from datetime import date
from pathlib import Path


def typed_command() -> str:
    """What was typed, files and folders by their names alone: where they lie is nobody's business."""
    return " ".join(["python -m evaluation", *(Path(part).name if "/" in part else part for part in sys.argv[1:])])


def dated_version() -> str:
    """Today, on the operator's own calendar."""
    return f"{date.today():%Y-%m-%d}"  # noqa: DTZ011 (the operator's own day)
