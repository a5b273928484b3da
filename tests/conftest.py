"""What every test shares: no screen, a steady hypothesis, golden files that can be rewritten."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import settings

from storage.wrapping import Kdf

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A busy machine is no reason to fail; in CI the same examples every time.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True, max_examples=50)
settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`./run test --update-golden` writes the expected files anew; read the difference before a commit."""
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files with slow tests first, then those of the window: where files are dealt out to several cores, none of them
    waits at the end for one long file."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path not in slow, "desktop" not in item.path.parts))


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether the golden files are to be written instead of compared."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="session", autouse=True)
def _keys_derived_once() -> Iterator[None]:
    """The same password and salt give the same key, slowly on purpose. A ledger that is copied for each test is opened by
    them again and again; what guessing costs is asked of a Kdf of the test's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Kdf, "derive", cache(Kdf.derive))
        yield
