"""Every stable code that a refusal can carry stands in one page, and that page names no other."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/ma-tu-choi.md").read_text("utf-8")
FILES = [
    ROOT / "main.py",
    *(file for part in ("forms", "storage", "exports", "ui") for file in (ROOT / part).rglob("*.py")),
]
_CODE = re.compile(r"[A-Z]{2,}(?:_[A-Z]+)*")
_ROW = re.compile(r"^\| `([A-Z_]+)` \|", re.MULTILINE)
# The functions that make a refusal or a decision of a code; the classes are found by their name in forms/errors.py.
_MAKERS = {
    "Decision",
    "UsageProblem",
    "Warned",
    "_kept",
    "_refusal",
    "need",
    "refusal",
    "refuse",
    "refused",
    "tell",
    "wrong",
    "_wrong",
}


def errors() -> set[str]:
    """The classes that are given a code; CatalogueError and Cancelled have one of their own."""
    tree = ast.parse((ROOT / "forms/errors.py").read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)} - {"CatalogueError", "Cancelled"}


def codes(source: str, makers: set[str]) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and _called(node) in makers:
            yield from (text for argument in node.args[:2] for text in _texts(argument))
        if isinstance(node, ast.Assign | ast.AnnAssign) and "SENTENCES" in ast.unparse(node).partition("=")[0]:
            assert isinstance(node.value, ast.Dict)
            yield from (text for key in node.value.keys if key is not None for text in _texts(key))


def _called(call: ast.Call) -> str:
    """`super().__init__("CODE", …)` is how an error of its own class passes its code on; `line.wrong(…)` is called wrong."""
    name = ast.unparse(call.func)
    return "AppError" if name == "super().__init__" else name.rpartition(".")[2]


def _texts(node: ast.expr) -> Iterator[str]:
    """A code, or one of two: `"A" if … else "B"`."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and _CODE.fullmatch(node.value):
        yield node.value


def test_the_page_lists_the_codes_of_the_program_and_no_others() -> None:
    """| `DISK_FULL` | ổ đĩa đầy |"""
    makers = errors() | _MAKERS
    found = {code for file in FILES for code in codes(file.read_text("utf-8"), makers)}
    assert len(found) > 100
    assert sorted(found - set(_ROW.findall(PAGE))) == []
    assert sorted(set(_ROW.findall(PAGE)) - found) == []


def test_a_code_stands_once() -> None:
    rows = _ROW.findall(PAGE)
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('raise StorageError("DISK_FULL", message)', ["DISK_FULL"]),
        ('raise refused("PKG_CUT" if short else "PKG_EMPTY")', ["PKG_CUT", "PKG_EMPTY"]),
        ('Decision(Arrival.NEW, "NEW", "Báo cáo mới.")', ["NEW"]),
        ('_SENTENCES = {"FILE_MISSING": "…"}', ["FILE_MISSING"]),
        ('super().__init__("USAGE", text)', ["USAGE"]),
        ('print("NFC")', []),
    ],
)
def test_codes_are_found_where_they_are_given(source: str, found: list[str]) -> None:
    assert list(codes(source, errors() | _MAKERS)) == found
