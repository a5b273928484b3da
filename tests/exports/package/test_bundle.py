"""The bundle of a compiling office: its originals come out byte for byte; every other bundle is refused by name.

479 Hương Thủy bundles two packages of phường Phú Xuân and vouches for their keys; one commune has not sent
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.mutants import known_keys, sealed_again
from exports.package.bundle import read_bundle, write_bundle
from exports.package.container import MIMETYPE, build
from exports.package.manifest import BUNDLE, UnitRef
from exports.package.reader import mark_of, read
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.errors import PackageRefused
from forms.exchange.adjustment import Adjustment
from forms.exchange.bundle import BundleContent
from forms.exchange.on_behalf import BehalfEntry, EntryFile, EntrySource, entry_digest
from forms.exchange.statements import ReportKey
from forms.model.office import PersonRole
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.period import Basis
from tests.exports.package.parts import CLERK, HEAD, STATEMENT, FakeRegister, FakeSigner, members, package, register
from tests.exports.package.verifier import verifier

DISTRICT = UnitRef("479", date(2025, 1, 1), "Thị xã Hương Thủy")
CHIEF = FakeSigner("chief", PersonRole.HEAD, "Ngô Thị Tuấn", "Chủ tịch UBND")
KEYS = tuple(register()[signer.keyid] for signer in (CLERK, HEAD))
FIRST, SECOND = package(), package(package_id="1e" * 16, seq=8)
ABSENT = NamedUnit(UnitKey("19966", date(2025, 1, 1)), "Xã Thủy Vân")
CONTENT = BundleContent(
    ReportKey("nq28_hue", "news_quarter", "2025-Q4", Basis.CALENDAR),
    1,
    "ab" * 32,
    1,
    1,
    None,
    (FIRST, SECOND),
    KEYS,
    (ABSENT,),
)
ABOVE = FakeRegister(CHIEF).change(CHIEF, unit=DISTRICT.key, unit_name=DISTRICT.name)


def bundle(content: BundleContent = CONTENT, signer: FakeSigner = CHIEF) -> bytes:
    return write_bundle(replace(STATEMENT, unit=DISTRICT), content, signer).raw


GOOD = bundle()


def made(change=lambda statement, payload, files: None, kind: str = BUNDLE.type) -> bytes:
    """The good bundle with one thing changed, sealed as it then is."""
    files = members(GOOD)
    statement, payload = json.loads(files["manifest.json"]), json.loads(files["payload.json"])
    change(statement, payload, files)
    text = dumps(payload)
    if statement["files"].get("payload.json", {}).get("sha256") == sha256(files["payload.json"]).hexdigest():
        statement["files"]["payload.json"] = {"sha256": sha256(text).hexdigest(), "size": len(text)}
    manifest = dumps(statement)
    marks = dumps(write_marks((mark_of(CHIEF, signed_bytes(kind, manifest)),)))
    inner = {name: data for name, data in files.items() if name.startswith("originals/")}
    return build(
        {"mimetype": MIMETYPE, "manifest.json": manifest, "payload.json": text, **inner, "signatures.json": marks}
    )


def code_of(data: bytes, keys: FakeRegister | None = ABOVE) -> str:
    with pytest.raises(PackageRefused) as caught:
        read_bundle(data, keys)
    return caught.value.code


@pytest.mark.parametrize("keys", [ABOVE, None])
def test_the_originals_come_out_as_they_went_in(keys):
    opened = read_bundle(GOOD, keys)
    assert set(opened.content.originals) == {FIRST, SECOND}
    assert opened.content.missing == (ABSENT,)
    assert [(key.keyid, key.unit, key.role) for key in opened.content.keys] == sorted(
        (key.keyid, key.unit, key.role) for key in KEYS
    )
    assert (opened.unit, opened.content.key, opened.content.revision) == (DISTRICT.key, CONTENT.key, 1)
    assert [seal.known for seal in opened.seals] == [keys is not None]


def test_a_changed_good_bundle_made_again_is_the_same():
    assert made() == GOOD


def test_an_original_counts_once_however_often_it_is_put_in():
    assert bundle(replace(CONTENT, originals=(SECOND, FIRST, SECOND))) == GOOD


CHANGED: dict[str, tuple[Any, str]] = {
    "an original of other bytes": (lambda s, p, f: f.update({"originals/0001.bdg": b"x" * 9}), "FILES_DIFFER"),
    "an original that is not listed": (lambda s, p, f: p["originals"].pop(), "FILES_DIFFER"),
    "one listed that is not there": (lambda s, p, f: f.pop("originals/0002.bdg"), "FILES_DIFFER"),
    "originals out of order": (lambda s, p, f: p["originals"].reverse(), "JSON_VALUE"),
    "a payload that is not the one sealed": (
        lambda s, p, f: s["files"].update({"payload.json": {"sha256": "00" * 32, "size": 5}}),
        "FILES_DIFFER",
    ),
    "another number of originals": (lambda s, p, f: s["summary"].update(rows=3), "SUMMARY_DIFFERS"),
    "sums of its own": (lambda s, p, f: s["summary"].update(control_totals={"amounts": "5"}), "JSON_SHAPE"),
    "a key under another name": (lambda s, p, f: p["keys"][0].update(public_key="ab" * 32), "KEY_ID"),
    "a key twice": (lambda s, p, f: p["keys"].append(p["keys"][-1]), "JSON_VALUE"),
    "a unit without a name": (lambda s, p, f: p["missing"][0].update(name=""), "JSON_VALUE"),
    "more than the page says": (lambda s, p, f: p.update(sums={}), "JSON_SHAPE"),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_bundle_with(what):
    change, code = CHANGED[what]
    assert code_of(made(change)) == code


def test_only_a_head_bundles():
    clerk = FakeSigner("chief", PersonRole.PREPARER)
    assert code_of(bundle(signer=clerk), None) == "BUNDLE_HEAD"
    assert (
        code_of(GOOD, FakeRegister(CHIEF).change(CHIEF, unit=DISTRICT.key, role=PersonRole.PREPARER)) == "BUNDLE_HEAD"
    )


def test_a_report_is_no_bundle_and_a_bundle_no_report():
    assert code_of(FIRST, None) in ("TYPE_OTHER", "PKG_MEMBERS")
    with pytest.raises(PackageRefused) as caught:
        read(GOOD, None)
    assert caught.value.code in ("TYPE_OTHER", "PKG_MEMBERS")


def test_the_seal_is_the_offices_own():
    assert code_of(GOOD, FakeRegister(CHIEF)) == "KEY_UNIT"  # enrolled for phường Phú Xuân
    assert code_of(GOOD, FakeRegister(CLERK)) == "KEY_UNKNOWN"


def test_a_bundle_lies_in_a_bundle():
    province = bundle(replace(CONTENT, originals=(GOOD, FIRST)))
    inner = [one for one in read_bundle(province, None).content.originals if one != FIRST]
    assert inner == [GOOD]


@pytest.mark.parametrize("what", [None, *CHANGED])
def test_the_stand_alone_verifier_says_the_same_of_a_bundle_with(what):
    data = made(CHANGED[what][0]) if what else GOOD
    if what:
        with pytest.raises(ValueError):
            verifier.check(data)
    else:
        assert set(verifier.check(data)["originals"]) == {FIRST, SECOND}


@given(seed=st.integers(0, 2**64))
@settings(max_examples=40)
def test_reader_and_verifier_agree_on_bundles_that_their_own_keys_sealed_again(seed):
    makers = sealed_again(GOOD, known_keys("chief", "clerk", "head"), random.Random(seed))
    for _ in range(4):
        data = next(makers)[1]
        assert accepts(lambda d: read_bundle(d, None), data) == accepts(verifier.check, data)


def accepts(check, data: bytes) -> bool:
    try:
        check(data)
    except (PackageRefused, ValueError):
        return False
    return True


@given(at=st.integers(0, len(GOOD) - 1), to=st.integers(0, 255))
def test_no_byte_can_be_changed(at, to):
    if GOOD[at] == to:
        return
    assert code_of(GOOD[:at] + bytes([to]) + GOOD[at + 1 :])


def entry(code: str = "19966", **changes: Any) -> BehalfEntry:
    report = json.loads(members(FIRST)["payload.json"])
    of = NamedUnit(UnitKey(code, date(2025, 1, 1)), f"Xã {code}")
    office = NamedUnit(DISTRICT.key, DISTRICT.name)
    made = BehalfEntry(
        "", of, CONTENT.key, 1, "ab" * 32, 1, EntrySource.WORKBOOK, EntryFile("Phiếu xã.xlsx", "cd" * 32, 9000), office,
        "Ngô Thị Tuấn", datetime(2026, 1, 5, 9, 30, tzinfo=UTC), dumps(report),
    )  # fmt: skip
    changed = replace(made, **changes)
    return replace(changed, digest=entry_digest(changed))


def with_entries(*entries: BehalfEntry) -> bytes:
    return bundle(replace(CONTENT, on_behalf=entries))


def test_what_was_entered_for_a_unit_travels_word_for_word():
    """Two communes without the program: their reports lie in the bundle, with who entered them from which file."""
    first, second = entry("19966"), entry("19969", source=EntrySource.PAPER)
    data = with_entries(second, first)
    assert read_bundle(data, ABOVE).content.on_behalf == (first, second)
    assert verifier.check(data)["type"] == BUNDLE.type


def test_an_entry_has_one_name_whatever_way_it_came():
    (came,) = read_bundle(with_entries(entry()), ABOVE).content.on_behalf
    assert came.digest == entry_digest(came) == entry().digest
    assert entry(by="Người khác").digest != came.digest


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.update(by=""),
        lambda row: row.update(source="telephone"),
        lambda row: row.pop("office"),
        lambda row: row["file"].update(size=2**24 + 1),
        lambda row: row["report"].update(role="anybody"),
        lambda row: row.update(at="2026-01-05 09:30"),
    ],
)
def test_an_entry_that_is_not_as_the_page_has_it_is_refused_by_both_readers(change):
    refused_by_both(with_entries(entry()), lambda payload: change(payload["on_behalf"][0]))


def refused_by_both(good: bytes, change: Callable[[dict[str, Any]], object]) -> None:
    files = members(good)
    payload = json.loads(files["payload.json"])
    change(payload)
    text = dumps(payload)
    statement = json.loads(files["manifest.json"])
    statement["files"]["payload.json"] = {"sha256": sha256(text).hexdigest(), "size": len(text)}
    manifest = dumps(statement)
    marks = dumps(write_marks((mark_of(CHIEF, signed_bytes(BUNDLE.type, manifest)),)))
    data = build({**files, "manifest.json": manifest, "payload.json": text, "signatures.json": marks})
    assert code_of(data).startswith("JSON_")
    with pytest.raises(ValueError):
        verifier.check(data)


def adjustment(**changes: Any) -> Adjustment:
    unit, office = NamedUnit(UnitKey("19966", date(2025, 1, 1)), "Xã Thủy Vân"), NamedUnit(DISTRICT.key, DISTRICT.name)
    at = datetime(2026, 1, 6, 9, 30, tzinfo=UTC)
    made = Adjustment(unit, "news_brief", "8", Decimal(7), "Đối chiếu danh sách tin", office, "Ngô Thị Tuấn", at)
    return replace(made, **changes)


def test_adjustments_travel_word_for_word():
    """What a unit had sent may be no figure at all."""
    first, second = adjustment(), adjustment(cell="news_long", was="none", amount=Decimal("1.5"))
    data = bundle(replace(CONTENT, adjustments=(second, first)))
    assert read_bundle(data, ABOVE).content.adjustments == (first, second)
    assert verifier.check(data)["type"] == BUNDLE.type


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows[0].update(amount="-1"),
        lambda rows: rows[0].update(amount="1.50"),
        lambda rows: rows[0].update(was="given"),
        lambda rows: rows[0].update(reason=""),
        lambda rows: rows[0].update(reason="a" * 501),
        lambda rows: rows[0].update(cell="News"),
        lambda rows: rows[0].pop("office"),
        lambda rows: rows.append(rows[0]),
        lambda rows: rows.clear(),
    ],
)
def test_an_adjustment_that_is_not_as_the_page_has_it_is_refused_by_both_readers(change):
    data = bundle(replace(CONTENT, adjustments=(adjustment(),)))
    refused_by_both(data, lambda payload: change(payload["adjustments"]))
