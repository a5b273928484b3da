"""A guard for the pin of PySide6: 6.12.0 lost one reference to None in every call that returns it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject


def test_a_call_that_returns_none_keeps_its_references():
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(2_000):
        thing.setObjectName("a")
    assert sys.getrefcount(None) > before - 1_000
