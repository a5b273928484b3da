"""The one application of the window's tests, dressed as the product is, in a folder with the worst name that may be."""

from __future__ import annotations

import gc
import os
import shutil
import zlib

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

import resources
from tests.ui.desktop.rich import read_as_more
from ui.desktop.app import application

# Whatever means something to a style sheet, an address or a pattern; Windows does not allow the last of it.
WORST_NAME = "Sổ Bình Đẳng '{(%41;#&]@ink" + ("" if os.name == "nt" else '"\\<b>:*')


@pytest.fixture(scope="session")
def worst_folder(tmp_path_factory):
    """A copy of all that is shipped beside the program, where its path has such a name."""
    folder = tmp_path_factory.mktemp("cho") / WORST_NAME / "resources"
    shutil.copytree(resources.path(""), folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


@pytest.fixture(scope="session")
def qapp(worst_folder):
    resources._HERE = worst_folder  # for all tests of the window
    app = application()
    gc.freeze()  # what is loaded by now stays: looking for garbage is then quick
    return app


@pytest.fixture(scope="module", autouse=True)
def _what_is_loaded_stays():
    """No window is open between two files of tests. What is there then are modules, catalogues and packs, which no later look
    for garbage has to walk through: a third of a million things by the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_window_outlives_its_test(request):
    """Windows are garbage in circles. Python would clear them away at any time: also while Qt walks over all widgets to
    dress them, and that ends in a crash."""
    yield
    if "qapp" in request.fixturenames:
        QCoreApplication.sendPostedEvents(
            None, QEvent.Type.DeferredDelete
        )  # here no event loop ends, which would do it
        gc.collect()


def _is_walked(name: str) -> bool:
    """Before landing a quarter of the tests, always the same: the walk is a fifth of their time. At the desk all of them."""
    return not os.environ.get("CI") or zlib.crc32(name.encode()) % 4 == 0


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Whatever a test put on the screen, no word of it may be read as HTML (tests/ui/desktop/test_plain_text.py)."""
    result = yield
    if "qapp" in item.fixturenames and _is_walked(item.nodeid):
        assert read_as_more(*item.funcargs["qapp"].topLevelWidgets()) == []
    return result
