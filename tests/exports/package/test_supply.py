"""The supply file: packs handed down by the head of an enrolled unit, and every way to make one that is not."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package.container import MIMETYPE, build
from exports.package.enrolment import write_enrolment
from exports.package.manifest import REPORT, SUPPLY
from exports.package.reader import mark_of
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from exports.package.supply import read_supply, write_supply
from forms.errors import ExportError, PackageRefused
from forms.model.office import PersonRole
from forms.model.org_unit import UnitKey
from forms.programmes.pack import Pack, PackState
from tests.exports.package.parts import (
    ALONE,
    CLERK,
    HEAD,
    UNIT,
    FakeRegister,
    FakeSigner,
    members,
    package,
    register,
)
from tests.exports.package.verifier import verifier
from tests.small_form import FORM, PROGRAMME

MOMENT = "2026-01-05T08:30:00+07:00"
SMALL = Pack("small", 1, {"programme.toml": PROGRAMME.encode(), "year.toml": FORM.encode()}, PackState.RELEASED)
OTHER = Pack("other", 2, {"programme.toml": b'id = "other"\n'}, PackState.RELEASED)


def supply(*packs: Pack, signer: FakeSigner = HEAD, practice: bool = False) -> bytes:
    return write_supply(packs or (SMALL,), UNIT, signer, MOMENT, "0.1.0", practice=practice)


GOOD = supply()
STATEMENT = json.loads(members(GOOD)["manifest.json"])
PAYLOAD = json.loads(members(GOOD)["payload.json"])


def made(
    change: Callable[[dict[str, Any], dict[str, Any]], object] = lambda statement, payload: None,
    *,
    signers: tuple[FakeSigner, ...] = (HEAD,),
    vouch: bool = True,
    kind: str = SUPPLY.type,
    raw: bytes = b"",
) -> bytes:
    """What only a hostile writer makes: any statement and payload, with seals that fit them."""
    statement, payload = json.loads(json.dumps(STATEMENT)), json.loads(json.dumps(PAYLOAD))
    change(statement, payload)
    content = raw or dumps(payload)
    if vouch:
        statement["payload"] = {"sha256": sha256(content).hexdigest(), "size": len(content)}
    manifest = dumps(statement)
    marks = dumps(write_marks(tuple(mark_of(signer, signed_bytes(kind, manifest)) for signer in signers)))
    entries = {"mimetype": MIMETYPE, "manifest.json": manifest, "payload.json": content, "signatures.json": marks}
    return build(entries)


def code(data: bytes, known: FakeRegister | None = None) -> str | None:
    try:
        read_supply(data, register() if known is None else known)
    except PackageRefused as refusal:
        return refusal.code
    return None


def test_packs_travel_as_the_very_text_that_is_hashed() -> None:
    """
    Phường Phú Xuân · Lê Thị Bình · small v1, other v2
    """
    opened = read_supply(supply(SMALL, OTHER), register())
    assert (opened.issuer, opened.issuer_name, opened.person) == (UNIT.key, UNIT.name, "Lê Thị Bình")
    assert [(p.id, p.version, p.state) for p in opened.packs] == [
        ("other", 2, PackState.RECEIVED),
        ("small", 1, PackState.RECEIVED),
    ]
    assert opened.packs[1].files == SMALL.files
    assert opened.packs[1].sha256 == SMALL.sha256
    assert not opened.practice


def test_the_same_packs_make_the_same_bytes_in_any_order() -> None:
    assert supply(SMALL, OTHER) == supply(OTHER, SMALL)


def test_practice_is_part_of_what_is_sealed() -> None:
    assert read_supply(supply(practice=True), register()).practice


def test_one_officer_who_is_both_may_hand_down() -> None:
    assert code(supply(signer=ALONE)) is None


def test_a_preparer_may_not() -> None:
    assert code(supply(signer=CLERK)) == "SUPPLY_HEAD"
    assert code(made(signers=tuple(sorted((CLERK, HEAD), key=lambda one: one.keyid)))) is None


def test_the_register_says_who_is_head() -> None:
    """What the person was when the file was sealed, or says of themselves, decides nothing."""
    known = register().change(HEAD, role=PersonRole.PREPARER)
    assert code(GOOD, known) == "SUPPLY_HEAD"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"revoked_at": datetime(2025, 12, 1, tzinfo=UTC)}, "KEY_REVOKED"),
        ({"unit": UnitKey("48", date(2025, 7, 1))}, "KEY_UNIT"),
        ({"unit": UnitKey("19804", date(2019, 1, 1))}, "KEY_UNIT"),
        ({"public_key": CLERK.person.public_key}, "SEAL_WRONG"),
        ({"public_key": (1).to_bytes(32, "little")}, "KEY_WEAK"),
    ],
)
def test_the_key_is_what_the_register_says(fields: dict[str, object], expected: str) -> None:
    assert code(GOOD, register().change(HEAD, **fields)) == expected


def test_a_key_that_nobody_enrolled() -> None:
    assert code(supply(signer=FakeSigner("nobody", PersonRole.HEAD))) == "KEY_UNKNOWN"


def _of_pack(**fields: object) -> Callable[[dict[str, Any], dict[str, Any]], object]:
    return lambda statement, payload: payload["packs"][0].update(fields)


def _twice(statement: dict[str, Any], payload: dict[str, Any]) -> None:
    for one in (statement, payload):
        one["packs"].append(one["packs"][0])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (lambda: made(lambda s, p: s["unit"].update(code="48")), "KEY_UNIT"),
        (lambda: made(lambda s, p: s["packs"][0].update(sha256="0" * 64)), "FILES_DIFFER"),
        (lambda: made(lambda s, p: s["packs"][0].update(version=2)), "FILES_DIFFER"),
        (lambda: made(lambda s, p: s.update(packs=[])), "FILES_DIFFER"),
        (lambda: made(_of_pack(id="nq28")), "FILES_DIFFER"),
        (lambda: made(_of_pack(files={"programme.toml": PROGRAMME})), "FILES_DIFFER"),
        (lambda: made(lambda s, p: s["payload"].update(size=3), vouch=False), "FILES_DIFFER"),
        (lambda: made(_of_pack(files={"programme.toml": "x"}), vouch=False), "FILES_DIFFER"),
        (lambda: made(_twice), "JSON_VALUE"),
        (lambda: made(lambda s, p: s["packs"].append(s["packs"][0])), "JSON_VALUE"),
        (lambda: made(_of_pack(files={"../programme.toml": "x"})), "JSON_VALUE"),
        (lambda: made(_of_pack(files={"a/programme.toml": "x"})), "JSON_VALUE"),
        (lambda: made(_of_pack(files={"programme.toml ": "x"})), "JSON_VALUE"),
        (lambda: made(_of_pack(files={"Programme.toml": "x"})), "JSON_VALUE"),
        (lambda: made(_of_pack(files={f"f{n}.toml": "" for n in range(21)})), "JSON_SHAPE"),
        (lambda: made(_of_pack(files={"programme.toml": "x" * (512 * 1024 + 1)})), "JSON_VALUE"),
        (lambda: made(_of_pack(files={"programme.toml": 3})), "JSON_SHAPE"),
        (lambda: made(_of_pack(files=[])), "JSON_SHAPE"),
        (lambda: made(_of_pack(id="../nq28")), "JSON_VALUE"),
        (lambda: made(_of_pack(version=0)), "JSON_VALUE"),
        (lambda: made(_of_pack(version=True)), "JSON_SHAPE"),
        (lambda: made(_of_pack(colour="red")), "JSON_SHAPE"),
        (lambda: made(lambda s, p: s.update(practice=1)), "JSON_SHAPE"),
        (lambda: made(lambda s, p: s.pop("practice")), "JSON_SHAPE"),
        (lambda: made(lambda s, p: s.update(format=2)), "FORMAT_NEWER"),
        (lambda: made(lambda s, p: s.update(type=REPORT.type)), "TYPE_OTHER"),
        (lambda: made(kind=REPORT.type), "SEAL_WRONG"),
        (lambda: made(raw=members(GOOD)["payload.json"].replace(b'{"packs"', b'{"packs":[],"packs"')), "JSON_DUPLICATE_KEY"),
        (lambda: made(raw=members(GOOD)["payload.json"].replace(b'"version":1', b'"version":1.0')), "JSON_NUMBER"),
        (lambda: made(raw=members(GOOD)["payload.json"].replace(b'"version":1', b'"version": 1')), "JSON_NOT_CANONICAL"),
        (lambda: made(raw=members(GOOD)["payload.json"] + b" "), "JSON_NOT_CANONICAL"),
        (lambda: made(raw=members(GOOD)["payload.json"].replace("Thử".encode(), "Thu\u031b\u0309".encode())), "JSON_TEXT"),
        (lambda: made(raw=b'{"packs":' + b"[" * 200 + b"]" * 200 + b"}"), "JSON_DEPTH"),
        (lambda: made(raw=b"[]"), "JSON_SHAPE"),
        (package, "TYPE_OTHER"),
        (lambda: write_enrolment(UNIT, HEAD, MOMENT, "0.1.0"), "TYPE_OTHER"),
        (lambda: build({**members(GOOD), "more.txt": b""}), "PKG_MEMBERS"),
    ],
)  # fmt: skip
def test_each_trick_has_its_code(data: Callable[[], bytes], expected: str) -> None:
    assert code(data()) == expected


@given(st.integers(0, len(GOOD) * 8 - 1))
def test_no_bit_may_be_turned(bit: int) -> None:
    turned = bytearray(GOOD)
    turned[bit // 8] ^= 1 << bit % 8
    assert code(bytes(turned)) is not None


@given(st.integers(0, len(GOOD) - 1))
def test_no_end_may_be_missing(length: int) -> None:
    assert code(GOOD[:length]) is not None


def test_what_no_reader_accepts_is_not_written() -> None:
    big = Pack("big", 1, {f"f{n}.toml": b"x" * 500_000 for n in range(9)})
    with pytest.raises(ExportError) as caught:
        supply(big)
    assert caught.value.code == "SUPPLY_TOO_BIG"
    with pytest.raises(PackageRefused):
        supply(SMALL, SMALL)
    with pytest.raises(PackageRefused):
        supply(replace(SMALL, files={"Programme.toml": b""}))


# the stand-alone verifier


def test_the_stand_alone_verifier_reads_a_supply_file() -> None:
    """The seal only where it is shown the key."""
    person = HEAD.person
    known = {person.keyid: person.public_key.hex()}
    assert verifier.check(GOOD)["unchecked"] == [HEAD.keyid]
    assert verifier.check(GOOD, known)["unchecked"] == []
    with pytest.raises(ValueError):
        verifier.check(GOOD, {person.keyid: CLERK.person.public_key.hex()})
    forged = made(signers=(FakeSigner("other", PersonRole.HEAD),))
    assert verifier.check(forged, known)["unchecked"] != []


@pytest.mark.parametrize(
    "data",
    [
        made(lambda s, p: s["packs"][0].update(sha256="0" * 64)),
        made(_of_pack(files={"programme.toml": "x"}), vouch=False),
        made(_twice),
        made(kind=REPORT.type),
        GOOD[:-1],
        GOOD.replace(b"Ch", b"CH", 1),
    ],
)
def test_it_sees_what_was_changed(data: bytes) -> None:
    with pytest.raises(ValueError):
        verifier.check(data, {HEAD.keyid: HEAD.person.public_key.hex()})


def test_it_takes_the_key_from_the_file_beside(tmp_path, capsys) -> None:
    (tmp_path / "a.bdc").write_bytes(GOOD)
    (tmp_path / "b.bdk").write_bytes(write_enrolment(UNIT, HEAD, MOMENT, "0.1.0"))
    assert verifier.main([str(tmp_path / "a.bdc")]) == 0
    assert "SEAL NOT CHECKED" in capsys.readouterr().out
    assert verifier.main([str(tmp_path / "a.bdc"), str(tmp_path / "b.bdk")]) == 0
    assert "NOT CHECKED" not in capsys.readouterr().out
