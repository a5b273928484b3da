"""The documents are about this program: their links, their refusal codes, their verbs and commands are really there."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import is_normalized

import pytest

from tests.ui.cli.documented import parsers

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
GUIDE = (ROOT / "docs/huong-dan-su-dung.md").read_text("utf-8")
SOURCES = "".join(
    file.read_text("utf-8") for part in ("forms", "storage", "exports", "ui") for file in (ROOT / part).rglob("*.py")
)
_LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
_CODE = re.compile(r"`([A-Z]{2,}(?:_[A-Z]+)*)`")
_COMMAND = re.compile(r"\./run ([a-z][a-z-]*)")


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_to_files(page: Path) -> None:
    """[command-line.md](command-line.md), ![the grid](docs/pictures/grid.png)"""
    broken = [link for link in _LINK.findall(page.read_text("utf-8")) if not (page.parent / link).exists()]
    assert broken == []


def test_the_guide_explains_codes_that_the_program_has() -> None:
    """| `PKG_DAMAGED` | hỏng khi chép | … |"""
    codes = set(_CODE.findall(GUIDE))
    assert len(codes) > 40
    assert sorted(code for code in codes if f'"{code}"' not in SOURCES) == []


def test_the_guide_calls_things_as_the_window_does() -> None:
    """*Niêm phong…*, *Chọn thư mục…*: every name in italics stands in the window's code or in a form."""
    called = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", GUIDE)
    assert len(called) > 60
    forms = "".join(file.read_text("utf-8") for file in (ROOT / "forms/definitions").rglob("*.toml"))
    window = SOURCES.replace("&", "") + (ROOT / "resources/translations/qt_vi.ts").read_text("utf-8") + forms
    assert [name for name in called if name not in window] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_commands_are_ones_that_the_door_opens(page: Path) -> None:
    """./run demo, ./run rig kill: words of `run` itself, or verbs that the program understands."""
    door = (ROOT / "run").read_text("utf-8")
    own = {"demo", "test", "coverage", "oldest", "lint", "build", "bench", "pictures", "rig", "selftest"}
    assert [word for word in own if not re.search(rf"\b{word}\b", door)] == []
    assert [word for word in _COMMAND.findall(page.read_text("utf-8")) if word not in parsers().keys() | own] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_pages_are_plain_composed_vietnamese(page: Path) -> None:
    """NFC, as everything that people read here."""
    assert is_normalized("NFC", page.read_text("utf-8"))
