from __future__ import annotations

import json
from dataclasses import replace

import pytest

from exports.package.container import MIMETYPE, build
from exports.package.enrolment import read_enrolment, write_enrolment
from exports.package.manifest import ENROLMENT
from exports.package.reader import mark_of
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.errors import PackageRefused
from forms.model.office import PersonRole
from tests.exports.package.parts import CLERK, HEAD, UNIT, FakeSigner, members, package

MOMENT = "2025-10-01T08:00:00+07:00"


def request(signer: FakeSigner = CLERK, moment: str = MOMENT) -> bytes:
    return write_enrolment(UNIT, signer, moment, "0.1.0")


def test_a_key_introduces_itself() -> None:
    """
    Phường Phú Xuân (19804) · Nguyễn Văn An, Công chức · preparer
    30 digits on the sheet
    """
    found = read_enrolment(request())
    assert (found.unit, found.unit_name) == (UNIT.key, UNIT.name)
    assert (found.person, found.role) == ("Nguyễn Văn An", PersonRole.PREPARER)
    assert (found.keyid, found.public_key) == (CLERK.keyid, CLERK.person.public_key)


def test_the_same_sheet_serves_a_file_made_again() -> None:
    assert (
        read_enrolment(request()).fingerprint == read_enrolment(request(moment="2025-11-02T09:00:00+07:00")).fingerprint
    )


@pytest.mark.parametrize(
    "fields", [{"role": PersonRole.HEAD}, {"name": "Người Khác"}, {"title": "Chủ tịch"}, {"word": "another key"}]
)
def test_the_digits_cover_who_and_what(fields: dict[str, object]) -> None:
    """A clerk's stamped sheet does not let the same key in as head of unit."""
    assert read_enrolment(request(replace(CLERK, **fields))).fingerprint != read_enrolment(request()).fingerprint


def test_nobody_enrols_a_key_that_he_does_not_hold() -> None:
    manifest = members(request(HEAD))["manifest.json"]
    with pytest.raises(PackageRefused) as caught:
        read_enrolment(_sealed(manifest, CLERK))
    assert caught.value.code == "SEAL_SET"


def test_nor_passes_another_seal_for_its_own() -> None:
    manifest = members(request(HEAD))["manifest.json"]
    mark = mark_of(HEAD, signed_bytes("application/vnd.sobinhdang.report.v1+json", manifest))
    block = dumps(write_marks((mark,)))
    with pytest.raises(PackageRefused) as caught:
        read_enrolment(build({"mimetype": MIMETYPE, "manifest.json": manifest, "signatures.json": block}))
    assert caught.value.code == "SEAL_WRONG"


def test_a_weak_key_is_not_enrolled() -> None:
    fields = json.loads(members(request())["manifest.json"]) | {"public_key": (1).to_bytes(32, "little").hex()}
    with pytest.raises(PackageRefused) as caught:
        read_enrolment(_sealed(dumps(fields), CLERK))
    assert caught.value.code == "KEY_WEAK"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"role": "king"}, "JSON_VALUE"),
        ({"person": ""}, "JSON_VALUE"),
        ({"format": 2}, "FORMAT_NEWER"),
        ({"type": "application/vnd.sobinhdang.report.v1+json"}, "TYPE_OTHER"),
        ({"colour": "red"}, "JSON_SHAPE"),
    ],
)
def test_other_contents_are_refused(fields: dict[str, object], code: str) -> None:
    manifest = dumps(json.loads(members(request())["manifest.json"]) | fields)
    with pytest.raises(PackageRefused) as caught:
        read_enrolment(_sealed(manifest, CLERK))
    assert caught.value.code == code


def test_a_report_is_no_enrolment() -> None:
    with pytest.raises(PackageRefused) as caught:
        read_enrolment(package())
    assert caught.value.code == "TYPE_OTHER"


def _sealed(manifest: bytes, signer: FakeSigner) -> bytes:
    block = dumps(write_marks((mark_of(signer, signed_bytes(ENROLMENT.type, manifest)),)))
    return build({"mimetype": MIMETYPE, "manifest.json": manifest, "signatures.json": block})
