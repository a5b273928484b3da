"""The map of the program, held by a test: everything points at forms, and only main.py knows every part."""

from __future__ import annotations

import ast
import fnmatch
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.sources import PARTS, ROOT, trees

# The longest matching folder speaks; "forms" and the like are our own parts, the rest are libraries.
MAY_IMPORT = {
    "forms": set(),
    "resources": set(),
    "storage": {"forms", "sqlalchemy", "alembic", "sqlcipher3", "cryptography"},
    "exports": {
        "forms",
        "resources",
        "PIL",
        "cryptography",
        "docx",
        "lxml",
        "openpyxl",
        "pypdfium2",
        "python_calamine",
        "reportlab",
        "tomlkit",
    },
    "ui": {"forms", "resources"},
    "ui.cli": {"forms", "resources", "rich"},
    "ui.desktop": {"forms", "resources", "PySide6", "pypdfium2"},
}


# The rooms of forms/: each imports only what stands before it.
ROOMS = (
    "errors",
    "model",
    "org_units",
    "programmes",
    "summary",
    "exchange",
    "prose",
    "checks",
    "workbooks",
    "ports",
    "services",
    "application",
    "all_services",
)


@dataclass(frozen=True)
class Module:
    """One source file and what it imports, as dotted names."""

    name: str
    file: Path
    is_package: bool
    tree: ast.Module

    def imports(self, tree: ast.AST | None = None) -> Iterator[str]:
        """Every imported name; of `from a import b` both `a` and `a.b`, since b may be a module."""
        for node in ast.walk(tree or self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                stem = self._stem(node)
                yield stem
                yield from (f"{stem}.{alias.name}" for alias in node.names)

    def _stem(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        above = self.name.split(".")
        kept = above[: len(above) - node.level + (1 if self.is_package else 0)]
        return ".".join([*kept, *([node.module] if node.module else [])])

    def imports_in_functions(self) -> Iterator[str]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                yield from self.imports(node)


@cache
def modules() -> dict[str, Module]:
    found = {}
    for file, tree in trees().items():
        if file.parent != ROOT:
            dotted = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            name = dotted.removesuffix(".__init__")
            found[name] = Module(name, file, file.name == "__init__.py", tree)
    return found


def tops(names: Iterator[str]) -> set[str]:
    """First words of what is imported, without the standard library."""
    return {name.split(".")[0] for name in names} - sys.stdlib_module_names - {""}


def allowed(name: str) -> set[str]:
    folder = max((place for place in MAY_IMPORT if f"{name}.".startswith(f"{place}.")), key=len)
    return MAY_IMPORT[folder] | {name.split(".")[0]}


def test_every_import_is_on_the_map():
    strays = {name: sorted(tops(module.imports()) - allowed(name)) for name, module in modules().items()}
    assert {name: found for name, found in strays.items() if found} == {}


def test_main_knows_the_parts_and_hardly_any_library():
    main = Module("main", ROOT / "main.py", False, trees()[ROOT / "main.py"])
    # Where a user's data lies; the type of a connection.
    assert tops(main.imports()) - {*PARTS} == {"platformdirs", "sqlcipher3"}


def test_presenters_know_no_qt():
    for module in modules().values():
        if "presenter" in module.file.stem:
            assert "PySide6" not in tops(module.imports()), module.name


def test_only_what_imports_qt_is_checked_less_strictly_by_mypy():
    """pyproject.toml names the loose ones; a presenter, a list of words, a port must not be among them."""
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]["overrides"]
    (loose,) = (one["module"] for one in overrides if "disallow_untyped_defs" in one)
    matched = {pattern: fnmatch.filter(modules(), pattern) for pattern in loose}
    assert [pattern for pattern, names in matched.items() if not names] == [], "gone, or under another name"
    named = {name for names in matched.values() for name in names}
    assert sorted(name for name in named if "PySide6" not in tops(modules()[name].imports())) == []


def test_no_face_begins_a_transaction():
    """A person's act is a verb of a service; the faces only ask for it."""
    for module in modules().values():
        if module.name.startswith("ui."):
            reached = [ast.unparse(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)]
            assert not [name for name in reached if name.endswith("ledger.begin")], module.name


def test_the_command_line_and_the_window_do_not_know_each_other():
    for module in modules().values():
        other = {"ui.cli": "ui.desktop", "ui.desktop": "ui.cli"}.get(".".join(module.name.split(".")[:2]))
        if other:
            assert not [name for name in module.imports() if f"{name}.".startswith(f"{other}.")], module.name


def test_nothing_is_imported_inside_a_function():
    late = {name: sorted(set(module.imports_in_functions())) for name, module in modules().items()}
    assert not {name: found for name, found in late.items() if found}, "only main.py, which wires, may"


def test_no_module_waits_for_itself():
    graph = {
        name: {needed for needed in module.imports() if needed in modules() and needed != name}
        for name, module in modules().items()
    }
    assert circles(graph) == []


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": {"c"}, "c": set()}, []),
        ({"a": {"b"}, "b": {"a"}}, [["a", "b"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"d"}, "d": {"b"}, "e": {"a"}}, [["b", "c", "d"]]),
    ],
)
def test_circles_are_found_where_there_are_any(graph, found):
    assert circles(graph) == found


def room_of(name: str) -> str:
    return name.split(".")[1]


def test_each_room_of_forms_imports_only_rooms_before_it():
    rooms = {name: room_of(name) for name in modules() if name.startswith("forms.")}
    assert set(rooms.values()) == set(ROOMS)
    upwards = [
        f"{name} → {needed}"
        for name, room in rooms.items()
        for needed in modules()[name].imports()
        if needed in rooms and ROOMS.index(rooms[needed]) > ROOMS.index(room)
    ]
    assert upwards == []


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Groups of modules that need each other in a ring: Tarjan's components of two or more."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(node: str) -> None:
        order[node] = low[node] = len(order)
        stack.append(node)
        for other in sorted(graph[node]):
            if other not in order:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in stack:
                low[node] = min(low[node], order[other])
        if low[node] == order[node]:
            group = stack[stack.index(node) :]
            del stack[stack.index(node) :]
            if len(group) > 1:
                found.append(sorted(group))

    for node in sorted(graph):
        if node not in order:
            visit(node)
    return found
