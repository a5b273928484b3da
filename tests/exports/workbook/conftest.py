"""Lists of a few lines: two hundred empty ones cost each example a third of a second and show nothing more."""

from __future__ import annotations

import pytest

from exports.workbook import template


@pytest.fixture(autouse=True)
def few_lines(monkeypatch):
    for name in ("NEWS_ROWS", "SPARE_ROWS", "NOMINATION_ROWS"):
        monkeypatch.setattr(template, name, 8)
