"""The look of the window: colours, sizes, the style sheet, and whether what was installed of it can be read.

The three palettes and how they reach Qt: one QPalette for Fusion, one style sheet filled with tokens.

Text against its ground: at least 4,5:1 in light and dark, 7:1 in high contrast (tests/ui/desktop/test_theme.py).

Whether the look that was installed can be read: Qt only mumbles of a style that it does not understand, and draws on.
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
    tick: str = "tick.svg"


LIGHT = Theme(
    "light",
    "Sáng",
    ground="#f4f6f7",
    surface="#ffffff",
    field="#ffffff",
    head="#f0f3f4",
    hover="#f0f4f5",
    pill="#eaeef0",
    line="#dfe4e7",
    line_strong="#bcc5ca",
    ink="#1b262c",
    muted="#55626a",
    disabled="#8a949a",
    accent="#0f6a72",
    accent_hover="#0b5960",
    accent_soft="#dcefef",
    accent_ink="#0b5b63",
    on_accent="#ffffff",
    focus="#0f6a72",
    good="#1a6b3a",
    good_soft="#e0f2e6",
    warning="#7d4f00",
    warning_soft="#fdf0d3",
    error="#a4231c",
    error_soft="#fbe5e2",
    computed="#f6f8f9",
    rail="#10343a",
    rail_ink="#f2f7f7",
    rail_muted="#a9c2c4",
    rail_hover="#1a454c",
    rail_here="#20525a",
    rail_mark="#6fd0cc",
    practice="#f4c95d",
    practice_ink="#3a2a00",
    toast="#1f3a40",
    toast_ink="#ffffff",
    scroll="#c5cdd1",
)
DARK = Theme(
    "dark",
    "Tối",
    ground="#161b1e",
    surface="#1e2528",
    field="#181e21",
    head="#252d31",
    hover="#283135",
    pill="#2b3438",
    line="#323c41",
    line_strong="#4b575d",
    ink="#e8edef",
    muted="#a9b4b9",
    disabled="#76828a",
    accent="#5cc2bd",
    accent_hover="#74d1cc",
    accent_soft="#1c3f42",
    accent_ink="#7fd8d3",
    on_accent="#06211f",
    focus="#5cc2bd",
    good="#7ed29b",
    good_soft="#1c3a27",
    warning="#efc267",
    warning_soft="#3d3116",
    error="#ff9d94",
    error_soft="#47211e",
    computed="#232b2f",
    rail="#0e2225",
    rail_ink="#e8f1f1",
    rail_muted="#9db5b7",
    rail_hover="#16343a",
    rail_here="#1b4047",
    rail_mark="#6fd0cc",
    practice="#f4c95d",
    practice_ink="#3a2a00",
    toast="#dfe8ea",
    toast_ink="#10252a",
    scroll="#4a555a",
    tick="tick_dark.svg",
)
CONTRAST = Theme(
    "contrast",
    "Tương phản cao",
    ground="#000000",
    surface="#000000",
    field="#000000",
    head="#000000",
    hover="#1f1f1f",
    pill="#000000",
    line="#ffffff",
    line_strong="#ffffff",
    ink="#ffffff",
    muted="#ffffff",
    disabled="#bdbdbd",
    accent="#ffe14d",
    accent_hover="#fff2a6",
    accent_soft="#3b3400",
    accent_ink="#ffe14d",
    on_accent="#000000",
    focus="#ffe14d",
    good="#7dff9f",
    good_soft="#000000",
    warning="#ffd166",
    warning_soft="#000000",
    error="#ffb3ab",
    error_soft="#000000",
    computed="#101010",
    rail="#000000",
    rail_ink="#ffffff",
    rail_muted="#ffffff",
    rail_hover="#1f1f1f",
    rail_here="#3b3400",
    rail_mark="#ffe14d",
    practice="#ffe14d",
    practice_ink="#000000",
    toast="#ffffff",
    toast_ink="#000000",
    scroll="#ffffff",
    tick="tick_dark.svg",
)
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
    """The text size the application wears."""
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
