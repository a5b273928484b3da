"""Every hostile package of the corpus meets its code, in the product's reader and in the stand-alone verifier."""

from __future__ import annotations

import pytest

from exports.package.reader import read
from exports.package.refusals import SENTENCES
from forms.errors import PackageRefused
from tests.exports.package.corpus import Case, cases
from tests.exports.package.parts import package, register
from tests.exports.package.verifier import verifier

CASES = tuple(cases())
BEYOND_THE_VERIFIER = {"KEY_UNKNOWN"}  # what only a register can know
ONLY_HIS_WORD = {"96 a preparer who calls himself head"}

VERIFIABLE = [case for case in CASES if case.code not in BEYOND_THE_VERIFIER and case.name not in ONLY_HIS_WORD]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_each_case_has_its_code(case: Case) -> None:
    assert _code(case.data()) == case.code


@pytest.mark.parametrize("case", VERIFIABLE, ids=[case.name for case in VERIFIABLE])
def test_the_stand_alone_verifier_agrees(case: Case) -> None:
    data = case.data()
    if case.code is None:
        verifier.check(data)
        return
    with pytest.raises(ValueError):
        verifier.check(data)


def test_a_file_cut_anywhere_is_refused() -> None:
    good = package()
    assert {_code(good[:length]) for length in range(1, len(good))} <= {"PKG_CUT"}


def test_every_refusal_says_what_where_and_what_now() -> None:
    for case in CASES:
        if case.code:
            with pytest.raises(PackageRefused) as caught:
                read(case.data(), register())
            assert caught.value.message.count(".") >= 2
            assert "  " not in caught.value.message


def test_every_code_of_the_reader_is_met_somewhere() -> None:
    # another register, another kind, another file around it
    elsewhere = {
        "KEY_REVOKED",
        "KEY_UNIT",
        "KEY_WEAK",
        "SUPPLY_HEAD",
        "BUNDLE_HEAD",
        "PDF_NO_PACKAGE",
        "PDF_TWO_PACKAGES",
    }
    assert {case.code for case in CASES if case.code} | elsewhere == set(SENTENCES)


def _code(data: bytes) -> str | None:
    try:
        read(data, register())
    except PackageRefused as refusal:
        return refusal.code
    return None
