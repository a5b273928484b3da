"""Colours that can be read: the contrast of text against every ground it stands on; and a style that Qt can read, wherever
the program lies.
"""

from __future__ import annotations

import re
import shutil

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QWidget

import resources
from forms.errors import AppError
from ui.desktop import theme
from ui.desktop.theme import check_style

PAIRS = [
    ("ink", "ground"),
    ("ink", "surface"),
    ("ink", "field"),
    ("ink", "accent_soft"),
    ("ink", "computed"),
    ("muted", "ground"),
    ("muted", "surface"),
    ("muted", "head"),
    ("muted", "pill"),
    ("muted", "computed"),
    ("on_accent", "accent"),
    ("accent_ink", "accent_soft"),
    ("accent_ink", "ground"),
    ("good", "good_soft"),
    ("good", "computed"),
    ("warning", "warning_soft"),
    ("warning", "computed"),
    ("error", "error_soft"),
    ("error", "ground"),
    ("error", "surface"),
    ("rail_ink", "rail"),
    ("rail_ink", "rail_here"),
    ("rail_muted", "rail"),
    ("practice_ink", "practice"),
    ("toast_ink", "toast"),
]


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("worn", "least"), [(theme.LIGHT, 4.5), (theme.DARK, 4.5), (theme.CONTRAST, 7)], ids=lambda t: str(t)[:20]
)
def test_every_text_can_be_read_on_its_ground(worn, least):
    weak = {(text, ground) for text, ground in PAIRS if contrast(getattr(worn, text), getattr(worn, ground)) < least}
    assert weak == set()


@pytest.mark.parametrize("worn", theme.THEMES.values(), ids=theme.THEMES)
def test_the_style_sheet_leaves_no_token_unfilled(worn):
    assert re.findall(r"@[a-z_]+", theme.style_sheet(worn, 100)) == []


def test_text_sizes_follow_the_choice():
    assert "10.00pt" in theme.style_sheet(theme.LIGHT, 100)
    assert "20.00pt" in theme.style_sheet(theme.LIGHT, 200)


# ── a folder with any name ─────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def shipped(qapp, tmp_path, monkeypatch):
    """A copy of its own of what is shipped, that a test may spoil, in a folder of the given name."""

    def copy(name: str):
        folder = tmp_path / name / "resources"
        shutil.copytree(resources.path(""), folder)
        monkeypatch.setattr(resources, "_HERE", folder)
        return folder

    yield copy
    monkeypatch.undo()
    theme.apply(qapp, theme.LIGHT)


def drawn(widget: QWidget) -> QImage:
    widget.resize(120, 40)
    widget.ensurePolished()
    return widget.grab().toImage()


def faces(worn: theme.Theme) -> list[QImage]:
    """What has a picture of the style in it: the arrow of a list, a tick."""
    box, tick = QComboBox(), QCheckBox("Có")
    tick.setChecked(True)
    theme.apply(QApplication.instance(), worn)
    return [drawn(box), drawn(tick)]


@pytest.mark.parametrize("worn", theme.THEMES.values(), ids=theme.THEMES)
def test_the_window_looks_the_same_in_a_folder_with_any_name(shipped, worst_folder, worn, qtlog):
    shipped("plain")
    plain = faces(worn)
    for name in (worst_folder.parent.name, "a b", "a)b", "a'b", "a;b", "Sổ Bình Đẳng", "100%41"):
        shipped(name)
        assert faces(worn) == plain, name
    assert [record.message for record in qtlog.records] == []


@pytest.mark.qt_log_ignore("Cannot open file")
def test_the_control_a_picture_that_is_gone_is_seen(shipped):
    shipped("plain")
    whole = faces(theme.LIGHT)
    folder = shipped("less")
    for file in ("arrow.svg", "tick.svg"):
        (folder / "style" / file).unlink()
    assert [one == other for one, other in zip(whole, faces(theme.LIGHT), strict=True)] == [False, False]


@pytest.mark.parametrize("worn", theme.THEMES.values(), ids=theme.THEMES)
def test_no_path_stands_in_the_style_sheet(worst_folder, worn):
    """A name of a folder can hold anything, so none is written into a language that reads it."""
    text = theme.style_sheet(worn, 100)
    urls = re.findall(r"url\(.*?\)", text)
    assert len(urls) == 3
    assert {url for url in urls if not re.fullmatch(r'url\("style:[a-z_]+\.svg"\)', url)} == set()
    assert "resources" not in text


def test_a_sound_style_has_nothing_to_say(qapp):
    check_style(qapp)
    assert theme.current() is theme.LIGHT


@pytest.mark.parametrize(
    ("file", "spoil", "said"),
    [
        ("style/window.qss", lambda file: file.write_text(file.read_text("utf-8")[:4000], "utf-8"), "window.qss"),
        ("style/window.qss", lambda file: file.write_text(file.read_text("utf-8") + "QLabel {", "utf-8"), "window.qss"),
        ("style/window.qss", lambda file: file.write_text("", "utf-8"), "window.qss"),
        ("style/window.qss", lambda file: file.write_bytes(b"\xff\xfe{"), "window.qss"),
        ("style/window.qss", lambda file: file.unlink(), "window.qss"),
        ("style/arrow.svg", lambda file: file.unlink(), "arrow.svg"),
        ("style/tick.svg", lambda file: file.write_bytes(file.read_bytes()[:60]), "tick.svg"),
        ("style/tick_dark.svg", lambda file: file.write_bytes(b""), "tick_dark.svg"),
        ("icons/home.svg", lambda file: file.write_bytes(file.read_bytes()[:60]), "home.svg"),
    ],
)
def test_a_style_that_cannot_be_read_is_told_by_a_sentence(shipped, qapp, qtlog, file, spoil, said):
    spoil(shipped("hong") / file)
    with qtlog.disabled(), pytest.raises(AppError) as found:
        check_style(qapp)
    assert found.value.code == "STYLE_BROKEN"
    assert said in found.value.message
    assert "Cài lại phần mềm" in found.value.message
