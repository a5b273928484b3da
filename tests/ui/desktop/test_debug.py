"""`--debug`: what Qt only mutters otherwise becomes an error with a place."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMessageLogContext, QtMsgType

from ui.desktop.app import QtWarning, raise_warning


def test_a_warning_of_qt_is_raised():
    with pytest.raises(QtWarning, match="no such slot"):
        raise_warning(QtMsgType.QtWarningMsg, QMessageLogContext(), "no such slot")


def test_what_only_informs_goes_to_the_log(caplog):
    with caplog.at_level("DEBUG", logger="qt"):
        raise_warning(QtMsgType.QtInfoMsg, QMessageLogContext(), "style loaded")
    assert caplog.messages == ["style loaded"]
