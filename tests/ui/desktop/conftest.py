"""The one application of the window's tests, dressed as the product is."""

from __future__ import annotations

import pytest

from ui.desktop.app import application


@pytest.fixture(scope="session")
def qapp():
    return application()
