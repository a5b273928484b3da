"""The fuzz rig at a small size: nothing goes wrong, and each of its controls is caught."""

from __future__ import annotations

import random

from benchmarks import rig_fuzz
from benchmarks.mutants import known_keys, sealed_again


def test_a_few_mutants_alone() -> None:
    told = rig_fuzz.alone(200, seed=3)
    assert {name: told[name] for name in ("forged accepted", "forged crashed", "crashed", "differ")} == {
        "forged accepted": 0,
        "forged crashed": 0,
        "crashed": 0,
        "differ": 0,
    }
    assert told["accepted"] > 0, "what its own keys sealed again is sometimes good: else nothing deep was tried"


def test_a_few_batches() -> None:
    told = rig_fuzz.in_batches(120, seed=3)
    assert told["mutants"] == 120
    assert sum(told[name] for name in rig_fuzz._WRONG_IN_BATCHES) == 0


def test_each_control_is_caught() -> None:
    assert rig_fuzz.control_seals(300) > 0
    assert rig_fuzz.control_batches(15) > 0
    assert rig_fuzz.control_agreement(200) > 0


def test_the_same_seed_makes_the_same_mutants() -> None:
    good = (rig_fuzz.GOLDEN / "report-v1.bdg").read_bytes()
    runs = [sealed_again(good, known_keys("clerk", "head"), random.Random(5)) for _ in range(2)]
    assert [next(runs[0]) for _ in range(30)] == [next(runs[1]) for _ in range(30)]
