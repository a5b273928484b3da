"""What keeps every file readable in one sitting. One test for each limit: a file that is over one is named."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator

from tests.sources import ROOT, trees


def nodes(*kinds: type) -> Iterator[tuple[str, ast.AST]]:
    """Of these kinds, each with the file that it stands in."""
    return (
        (f.relative_to(ROOT).as_posix(), node)
        for f, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, kinds)
    )


def test_a_file_is_as_long_as_its_one_subject_which_600_lines_always_hold():
    lines = {file.relative_to(ROOT).as_posix(): len(file.read_text("utf-8").splitlines()) for file in trees()}
    assert {name: number for name, number in lines.items() if number > 600} == {}


def test_a_function_fits_on_a_screen():
    functions = nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    assert [f"{name}: {f.name}" for name, f in functions if f.end_lineno - f.lineno >= 60] == []


def test_a_class_promises_at_most_fifteen_things():
    def promised(kind: ast.ClassDef) -> int:
        methods = [node for node in kind.body if isinstance(node, ast.FunctionDef)]
        # Qt's own camelCase names are Qt's promises, not ours.
        return sum(method.name.islower() and not method.name.startswith("_") for method in methods)

    assert [f"{name}: {kind.name}" for name, kind in nodes(ast.ClassDef) if promised(kind) > 15] == []


def test_the_name_of_a_class_means_one_thing():
    """`Line` was seven things, `Figures` five."""
    counted = Counter(kind.name for _, kind in nodes(ast.ClassDef) if not kind.name.startswith("_"))
    assert [name for name, number in counted.items() if number > 1] == []
