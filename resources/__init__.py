"""Data only: fonts, translations, the org-unit catalogue. One door for a checkout and a frozen build."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The place of a shipped file or folder, e.g. ``path("fonts/LiberationSerif-Regular.ttf")``."""
    return _HERE / name
