"""What keeps every file readable in one sitting: its length, its functions', its classes' public face."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FILES = [ROOT / "main.py"] if (ROOT / "main.py").exists() else []
FILES += [file for part in ("forms", "storage", "exports", "ui", "resources") for file in (ROOT / part).rglob("*.py")]


def named(file: Path) -> str:
    return str(file.relative_to(ROOT))


def nodes(file: Path, *kinds: type) -> list:
    return [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, kinds)]


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_file_is_read_in_one_sitting(file):
    """As long as its one subject, which 600 lines always hold (the design's §3)."""
    assert len(file.read_text("utf-8").splitlines()) <= 600


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_function_fits_on_a_screen(file):
    functions = nodes(file, ast.FunctionDef, ast.AsyncFunctionDef)
    assert [f"{f.name}, line {f.lineno}" for f in functions if f.end_lineno - f.lineno >= 60] == []


@pytest.mark.parametrize("file", FILES, ids=named)
def test_a_class_promises_at_most_fifteen_things(file):
    def promised(kind: ast.ClassDef) -> int:
        methods = [node for node in kind.body if isinstance(node, ast.FunctionDef)]
        # Qt's own camelCase names are Qt's promises, not ours.
        return sum(method.name.islower() and not method.name.startswith("_") for method in methods)

    assert [kind.name for kind in nodes(file, ast.ClassDef) if promised(kind) > 15] == []
