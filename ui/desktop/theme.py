"""The look of the window: one QPalette for Fusion, one style sheet filled with colours and sizes.

And whether what was installed of it can be read: Qt only mumbles of a style that it does not understand, and draws on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass

from PySide6.QtCore import QDir, qInstallMessageHandler
from PySide6.QtGui import QColor, QFont, QImageReader, QPalette
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QWidget

import resources
from forms.errors import AppError

TEXT_SIZES = (100, 115, 130, 150, 175, 200)
_BASE_PT = 10.0
PICTURES = "style"  # where the sheet looks for them: the path of the program, which may hold any sign, never enters it
_TOKEN = re.compile(r"@([a-z_]+)")


@dataclass(frozen=True)
class Theme:
    """Colours by meaning. One accent; the other hues say good, doubtful, wrong and nothing else."""

    id: str
    title: str
    ground: str
    surface: str
    field: str
    head: str
    hover: str
    pill: str
    line: str
    line_strong: str
    ink: str
    muted: str
    disabled: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_ink: str
    on_accent: str
    focus: str
    good: str
    good_soft: str
    warning: str
    warning_soft: str
    error: str
    error_soft: str
    computed: str
    rail: str
    rail_ink: str
    rail_muted: str
    rail_hover: str
    rail_here: str
    rail_mark: str
    practice: str
    practice_ink: str
    toast: str
    toast_ink: str
    scroll: str
    tick: str


# Text against its ground: at least 4,5:1 in light and dark, 7:1 in high contrast (tests/ui/desktop/test_theme.py).
_COLOURS = {  # light, dark, high contrast
    "ground": ("#f4f6f7", "#161b1e", "#000000"),
    "surface": ("#ffffff", "#1e2528", "#000000"),
    "field": ("#ffffff", "#181e21", "#000000"),
    "head": ("#f0f3f4", "#252d31", "#000000"),
    "hover": ("#f0f4f5", "#283135", "#1f1f1f"),
    "pill": ("#eaeef0", "#2b3438", "#000000"),
    "line": ("#dfe4e7", "#323c41", "#ffffff"),
    "line_strong": ("#bcc5ca", "#4b575d", "#ffffff"),
    "ink": ("#1b262c", "#e8edef", "#ffffff"),
    "muted": ("#55626a", "#a9b4b9", "#ffffff"),
    "disabled": ("#8a949a", "#76828a", "#bdbdbd"),
    "accent": ("#0f6a72", "#5cc2bd", "#ffe14d"),
    "accent_hover": ("#0b5960", "#74d1cc", "#fff2a6"),
    "accent_soft": ("#dcefef", "#1c3f42", "#3b3400"),
    "accent_ink": ("#0b5b63", "#7fd8d3", "#ffe14d"),
    "on_accent": ("#ffffff", "#06211f", "#000000"),
    "focus": ("#0f6a72", "#5cc2bd", "#ffe14d"),
    "good": ("#1a6b3a", "#7ed29b", "#7dff9f"),
    "good_soft": ("#e0f2e6", "#1c3a27", "#000000"),
    "warning": ("#7d4f00", "#efc267", "#ffd166"),
    "warning_soft": ("#fdf0d3", "#3d3116", "#000000"),
    "error": ("#a4231c", "#ff9d94", "#ffb3ab"),
    "error_soft": ("#fbe5e2", "#47211e", "#000000"),
    "computed": ("#f6f8f9", "#232b2f", "#101010"),
    "rail": ("#10343a", "#0e2225", "#000000"),
    "rail_ink": ("#f2f7f7", "#e8f1f1", "#ffffff"),
    "rail_muted": ("#a9c2c4", "#9db5b7", "#ffffff"),
    "rail_hover": ("#1a454c", "#16343a", "#1f1f1f"),
    "rail_here": ("#20525a", "#1b4047", "#3b3400"),
    "rail_mark": ("#6fd0cc", "#6fd0cc", "#ffe14d"),
    "practice": ("#f4c95d", "#f4c95d", "#ffe14d"),
    "practice_ink": ("#3a2a00", "#3a2a00", "#000000"),
    "toast": ("#1f3a40", "#dfe8ea", "#ffffff"),
    "toast_ink": ("#ffffff", "#10252a", "#000000"),
    "scroll": ("#c5cdd1", "#4a555a", "#ffffff"),
}


def _theme(number: int, id: str, title: str, tick: str) -> Theme:
    return Theme(id, title, **{name: colours[number] for name, colours in _COLOURS.items()}, tick=tick)


LIGHT = _theme(0, "light", "Sáng", "tick.svg")
DARK = _theme(1, "dark", "Tối", "tick_dark.svg")
CONTRAST = _theme(2, "contrast", "Tương phản cao", "tick_dark.svg")
THEMES = {theme.id: theme for theme in (LIGHT, DARK, CONTRAST)}


def apply(app: QApplication, theme: Theme, text_percent: int = 100) -> None:
    """Dress the whole application. A size that is not offered falls back to 100 %. What it wears already is not put on
    again: Qt would dress every widget anew, which takes a third of a second in a window with all its screens."""
    percent = text_percent if text_percent in TEXT_SIZES else 100
    sheet, pictures = style_sheet(theme, percent), [str(resources.path("style"))]
    if app.styleSheet() == sheet and QDir.searchPaths(PICTURES) == pictures:
        return
    font = QFont("Be Vietnam Pro")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPointSizeF(_BASE_PT * percent / 100)
    app.setFont(font)
    app.setPalette(palette(theme))
    QDir.setSearchPaths(PICTURES, pictures)
    app.setStyleSheet(sheet)
    app.setProperty("theme", theme.id)
    app.setProperty("text_percent", percent)


def current() -> Theme:
    """The theme the application wears; light until one was applied."""
    app = QApplication.instance()
    return THEMES.get(str(app.property("theme")) if app else "", LIGHT)


def current_percent() -> int:
    app = QApplication.instance()
    return int(app.property("text_percent") or 100) if app else 100


def palette(theme: Theme) -> QPalette:
    roles = QPalette.ColorRole
    found = QPalette(QColor(theme.ground))
    for role, colour in (
        (roles.Window, theme.ground),
        (roles.Base, theme.field),
        (roles.AlternateBase, theme.head),
        (roles.Button, theme.surface),
        (roles.Highlight, theme.accent),
        (roles.Accent, theme.accent),
        (roles.WindowText, theme.ink),
        (roles.Text, theme.ink),
        (roles.ButtonText, theme.ink),
        (roles.HighlightedText, theme.on_accent),
        (roles.PlaceholderText, theme.disabled),
        (roles.Link, theme.accent_ink),
        (roles.ToolTipBase, theme.toast),
        (roles.ToolTipText, theme.toast_ink),
        (roles.Mid, theme.line),
    ):
        found.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    return found


def broken(file: str) -> AppError:
    """For a file of the look that cannot be read."""
    where = str(resources.path("style"))
    return AppError("STYLE_BROKEN", f"Kiểu dáng của cửa sổ bị hỏng: không đọc được {file}. Cài lại phần mềm.", where)


def style_sheet(theme: Theme, percent: int) -> str:
    """Raises AppError STYLE_BROKEN."""
    tokens = {name: str(value) for name, value in asdict(theme).items()}
    tokens |= {
        f"{name}_pt": f"{_BASE_PT * percent / 100 * factor:.2f}pt"
        for name, factor in (("text", 1), ("small", 0.9), ("heading", 1.2), ("title", 1.7), ("big", 2.2))
    }
    try:
        text = resources.path("style/window.qss").read_text("utf-8")
    except (OSError, UnicodeError) as problem:
        raise broken("window.qss") from problem
    if not text.strip():
        raise broken("window.qss")
    return _TOKEN.sub(lambda found: tokens[found[1]], text)


_URL = re.compile(r'url\("([^"]+)"\)')


def check_style(app: QApplication) -> None:
    """All themes and all pictures; the application wears the light theme afterwards. Raises AppError STYLE_BROKEN."""
    app.setStyleSheet("")  # what it wears was read before, and would not be read again
    with _heard() as said:
        sheets = [style_sheet(worn, 100) for worn in THEMES.values()]
        for worn in THEMES.values():
            apply(app, worn)
            QWidget().ensurePolished()  # a sheet is read when the first widget puts it on
        if any("stylesheet" in text for text in said):
            raise broken("window.qss")
        for picture in sorted({name for sheet in sheets for name in _URL.findall(sheet)}):
            if QImageReader(picture).read().isNull():
                raise broken(picture.removeprefix(f"{PICTURES}:"))
        for file in sorted(resources.path("icons").glob("*.svg")):
            if not QSvgRenderer(file.read_bytes()).isValid():
                raise broken(file.name)
        apply(app, LIGHT)


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Qt says meanwhile."""
    said: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _where, text: said.append(text))
    try:
        yield said
    finally:
        qInstallMessageHandler(before)
