"""The program's reader and the stand-alone verifier say the same of every file, whoever made it and however."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mutants import canonical, forged, known_keys, sealed_again
from exports.package.codec import PackageCodec
from exports.package.enrolment import read_enrolment
from exports.package.supply import read_supply, write_supply
from forms.errors import PackageRefused
from forms.programmes.catalogue import DEFINITIONS, read_pack
from forms.programmes.pack import Pack, PackState
from tests.exports.package.corpus import Case, cases
from tests.exports.package.parts import (
    HEAD,
    PAYLOAD,
    UNIT,
    manifest_fields,
    members,
    package,
    register,
    sealed,
    with_payload,
)
from tests.exports.package.verifier import verifier

GOLDEN = Path(__file__).parents[2] / "golden" / "packages"
REPORTS = sorted(GOLDEN.glob("report-*.bdg"))
KEYS = known_keys("clerk", "head", "alone")
ISSUER = {"code": UNIT.code, "valid_from": UNIT.valid_from.isoformat(), "name": ""}
CODEC = PackageCodec()
Check = Callable[[bytes], object]


def accepts(check: Check, data: bytes) -> bool:
    """Whether it is read; anything but a refusal is a fault of the reader and fails the test."""
    try:
        check(data)
    except (PackageRefused, ValueError):
        return False
    return True


def agree(data: bytes) -> bool:
    """Whether it is accepted, by both readers; a reader with a register accepts nothing else."""
    ours, theirs = accepts(lambda d: CODEC.read(d, None), data), accepts(verifier.check, data)
    assert ours == theirs
    assert ours or not accepts(lambda d: CODEC.read(d, register()), data)
    return ours


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.name)
@given(seed=st.integers(0, 2**64))
@settings(max_examples=60)
def test_of_reports_that_their_own_keys_sealed_again(file: Path, seed: int) -> None:
    """Another value, another writing, another container, or in a PDF; seals and sums mostly right."""
    makers = sealed_again(file.read_bytes(), KEYS, random.Random(seed))
    for _ in range(5):
        agree(next(makers)[1])


@pytest.mark.parametrize("file", REPORTS, ids=lambda file: file.name)
@given(seed=st.integers(0, 2**64))
@settings(max_examples=30)
def test_of_reports_that_a_stranger_changed(file: Path, seed: int) -> None:
    makers = forged(file.read_bytes(), random.Random(seed))
    for _ in range(5):
        assert not agree(next(makers)[1])


@given(seed=st.integers(0, 2**64))
@settings(max_examples=60)
def test_of_enrolments(seed: int) -> None:
    makers = sealed_again((GOLDEN / "enrolment-v1.bdg").read_bytes(), KEYS, random.Random(seed))
    for _ in range(5):
        data = next(makers)[1]
        assert accepts(read_enrolment, data) == accepts(verifier.check, data)


@given(seed=st.integers(0, 2**64))
@settings(max_examples=40)
def test_of_supply_files(seed: int) -> None:
    """The verifier is given the issuer's key; that it is the unit's head only the register knows."""
    pack = Pack("qd1790", 1, read_pack(DEFINITIONS / "qd1790.v1"), PackState.RELEASED)
    good = write_supply([pack], UNIT, HEAD, "2026-01-05T08:30:00+07:00", "0.1.0")
    known = {HEAD.keyid: HEAD.person.public_key.hex()}
    makers = sealed_again(good, KEYS, random.Random(seed))
    for _ in range(3):
        data = next(makers)[1]
        theirs = accepts(lambda d: verifier.check(d, known), data) and not verifier.check(data, known)["unchecked"]
        if theirs and json.loads(members(data)["manifest.json"])["unit"] | {"name": ""} != ISSUER:
            continue  # whose unit a key is, the register alone knows
        assert accepts(lambda d: read_supply(d, register()), data) == theirs


ANY_TEXT = st.text(st.characters(), max_size=12) | st.text(
    st.sampled_from(" \u00a0\u3000\n\u0085aế\u0301\u0323\u0300x"), max_size=6
)


@given(text=ANY_TEXT, place=st.sampled_from(["note", "title", "topic", "narratives", "reason", "name", "person"]))
@settings(max_examples=400)
def test_of_every_text_in_every_place(text: str, place: str) -> None:
    payload: dict[str, Any] = json.loads(json.dumps(PAYLOAD))
    fields = manifest_fields()
    match place:
        case "note":
            payload["cells"][0]["note"] = text
        case "title" | "topic":
            payload["news"][0][place] = text
        case "narratives":
            payload["narratives"]["ii-1"] = text
        case "reason":
            payload["explanations"][0]["reason"] = text
        case "name":
            fields["unit"]["name"] = text
        case _:
            fields["signers"][0]["person"] = text
    if place in ("name", "person"):
        agree(sealed(canonical(fields), members(package())["payload.json"]))
    else:
        agree(with_payload(canonical(payload)))


@given(
    amounts=st.lists(
        st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.text("0123456789.-+eE_٣", max_size=9),
        max_size=4,
    )
)
@settings(max_examples=300)
def test_of_every_amount(amounts: list[Decimal | str]) -> None:
    """As text, whatever it is; the total is the sender's own sum where there is one."""
    written = [amount if isinstance(amount, str) else f"{amount.normalize():f}" for amount in amounts]
    cells = [{"amount": text, "cell": f"c{n}", "note": "", "state": "given"} for n, text in enumerate(written)]
    payload = PAYLOAD | {"cells": cells}
    fields = manifest_fields()
    text = canonical(payload)
    fields["files"]["payload.json"] = {"sha256": verifier.sha256(text), "size": len(text)}
    try:
        total = f"{sum(map(Decimal, written), Decimal(0)):f}"
    except ArithmeticError:
        total = "0"
    total = total.rstrip("0").rstrip(".") if "." in total else total
    fields["summary"] = {"control_totals": {"amounts": total, "news_counted": "1"}, "rows": len(cells) + 1}
    agree(sealed(canonical(fields), text))


@given(data=st.binary(max_size=300), front=st.sampled_from([b"", b"PK\3\4", b"%PDF-1.7", package()[:76]]))
def test_of_any_bytes(data: bytes, front: bytes) -> None:
    assert not agree(front + data)


@pytest.mark.parametrize("case", list(cases()), ids=[case.name for case in cases()])
def test_of_the_hostile_corpus(case: Case) -> None:
    agree(case.data())


def test_a_pdf_carries_reports_alone() -> None:
    """An enrolment in a PDF is nobody's: the page says so, and both readers do."""
    data = b"%PDF-1.7\n" + (GOLDEN / "enrolment-v1.bdg").read_bytes()
    assert not accepts(read_enrolment, data)
    assert not accepts(verifier.check, data)
    assert not agree(data)


def test_a_verifier_that_forgets_a_rule_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The property can fail: without the shapes a few hundred files tell the two apart, without §3's letters this one."""
    hidden = json.loads(json.dumps(PAYLOAD))
    hidden["cells"][0]["note"] = "a\u200bb"
    unseen = with_payload(canonical(hidden))

    def differences() -> int:
        makers = sealed_again(REPORTS[0].read_bytes(), KEYS, random.Random(7))
        files = [next(makers)[1] for _ in range(400)]
        return sum(accepts(lambda d: CODEC.read(d, None), f) != accepts(verifier.check, f) for f in files)

    assert differences() == 0
    with monkeypatch.context() as patch:
        patch.setitem(verifier.PAYLOADS, verifier.REPORT, lambda _: True)
        assert differences() > 0
    with monkeypatch.context() as patch:
        patch.setattr(verifier.unicodedata, "category", lambda _: "Ll")
        assert accepts(verifier.check, unseen)
    assert not agree(unseen)
