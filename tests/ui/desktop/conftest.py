"""The one application of the window's tests, dressed as the product is."""

from __future__ import annotations

import gc

import pytest

from ui.desktop.app import application


@pytest.fixture(scope="session")
def qapp():
    app = application()
    gc.freeze()  # what is loaded by now stays: looking for garbage is then quick
    return app


@pytest.fixture(autouse=True)
def _no_window_outlives_its_test():
    """Windows are garbage in circles. Python would clear them away at any time: also while Qt walks over all widgets to
    dress them, and that ends in a crash."""
    yield
    gc.collect()
