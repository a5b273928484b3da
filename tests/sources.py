"""The program's own files, parsed once for all tests that read them."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("forms", "storage", "exports", "ui", "resources")


@cache
def trees() -> dict[Path, ast.Module]:
    """main.py, then every file of every part."""
    files = [ROOT / "main.py", *(file for part in PARTS for file in sorted((ROOT / part).rglob("*.py")))]
    return {file: ast.parse(file.read_text("utf-8"), str(file)) for file in files}
