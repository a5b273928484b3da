"""Colours that can be read: the contrast of text against every ground it stands on."""

from __future__ import annotations

import re

import pytest

from ui.desktop import theme

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
