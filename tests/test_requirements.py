"""pyproject.toml is the source of the pins; the requirements files repeat it and add what comes along."""

from __future__ import annotations

import ast
import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
# pip's own companion: Python 3.11 puts it into every environment, PyInstaller asks for it in any version.
NOT_PINNED = {"setuptools"}


def folded(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(file: str) -> dict[str, str]:
    lines = (ROOT / file).read_text("utf-8").splitlines()
    return dict(pin(line) for line in lines if line and not line.startswith(("#", "-r")))


def pin(line: str) -> tuple[str, str]:
    name, _, version = line.partition("==")
    assert re.fullmatch(r"[0-9][0-9a-z.]*", version), f"not an exact pin: {line}"
    return folded(Requirement(name).name), version


def extras(line: str) -> tuple[str, frozenset[str]]:
    """reportlab[accel]==5.1.0 → reportlab with accel."""
    asked = Requirement(line)
    return folded(asked.name), frozenset(asked.extras)


def brought_along(asked: dict[str, frozenset[str]]) -> set[str]:
    """The packages themselves and everything they need on this machine, with the extras that we ask for."""
    seen: set[str] = set()
    waiting = set(asked)
    while waiting:
        name = waiting.pop()
        seen.add(name)
        for line in importlib.metadata.requires(name) or []:
            needed = Requirement(line)
            if any(_is_for(needed, extra) for extra in ("", *asked.get(name, ()))):
                waiting |= {folded(needed.name)} - seen - NOT_PINNED
    return seen


def _is_for(needed: Requirement, extra: str) -> bool:
    return needed.marker is None or needed.marker.evaluate({"extra": extra})


@pytest.mark.parametrize(
    ("file", "listed"),
    [
        ("requirements.txt", PROJECT["dependencies"]),
        ("requirements-dev.txt", PROJECT["optional-dependencies"]["dev"]),
        ("requirements-bench.txt", PROJECT["optional-dependencies"]["bench"]),
    ],
)
def test_every_pin_of_pyproject_is_repeated(file, listed):
    assert dict(pin(line) for line in listed).items() <= pins(file).items()


def test_the_files_hold_what_comes_along_and_nothing_else():
    direct = dict(extras(line) for line in PROJECT["dependencies"])
    tools = dict(extras(line) for line in PROJECT["optional-dependencies"]["dev"])
    assert set(pins("requirements.txt")) == brought_along(direct)
    assert set(pins("requirements-dev.txt")) == brought_along(direct | tools) - brought_along(direct)


def imported(*places: str) -> set[str]:
    """Distributions that the program's source imports, by their folded names."""
    files = [file for place in places for file in [ROOT / place, *(ROOT / place).rglob("*.py")] if file.is_file()]
    names = set()
    for node in (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8")))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(str(node.module).split(".")[0])
    shipped_by = importlib.metadata.packages_distributions()
    return {folded(owner) for name in names for owner in shipped_by.get(name, [])}


def test_the_program_imports_all_that_it_asks_for_and_nothing_else():
    """What is left over would be installed, frozen and watched for flaws for nothing."""
    direct = {pin(line)[0] for line in PROJECT["dependencies"]}
    used = imported("main.py", "forms", "storage", "exports", "ui", "resources")
    assert used - {"shiboken6"} == direct


def test_what_is_installed_is_what_is_pinned():
    wanted = pins("requirements.txt") | pins("requirements-dev.txt")
    assert {name: importlib.metadata.version(name) for name in wanted} == wanted


def test_the_program_says_the_version_that_pyproject_names():
    assert f'VERSION = "{PROJECT["version"]}"' in (ROOT / "main.py").read_text("utf-8")
