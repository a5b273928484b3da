"""The rules of arrival, driven at random over the stores of a real ledger: the same model as over those in memory."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from storage.engine import open_file
from storage.work import Database
from tests.forms.services.lineage_machine import LineageMachine
from tests.storage.conftest import KEY, clock


def test_a_real_ledger_follows_the_same_rules(file: Path, tmp_path: Path) -> None:
    numbers = count()

    class OnDisk(LineageMachine):
        def ledger(self):
            self.file = mine = Path(shutil.copy(file, tmp_path / f"{next(numbers)}.db"))
            self.database = Database(lambda: open_file(mine, KEY), mine, clock, "ab" * 16)
            return self.database.begin

        def teardown(self) -> None:
            self.database.close()
            self.file.unlink()

    run_state_machine_as_test(OnDisk, settings=settings(max_examples=25, stateful_step_count=20, deadline=None))
