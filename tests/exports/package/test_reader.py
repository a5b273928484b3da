"""What a package shows with a register, and how much less without one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package.container import build
from exports.package.enrolment import write_enrolment
from exports.package.manifest import ENROLMENT, REPORT, kind_of
from exports.package.reader import Attachment, finish, mark_of, prepare, read, write
from exports.package.strict_json import dumps
from forms.errors import PackageRefused
from forms.model.office import PersonRole
from forms.model.org_unit import UnitKey
from tests.exports.package.parts import (
    ALONE,
    CLERK,
    HEAD,
    PAYLOAD,
    STATEMENT,
    UNIT,
    FakeRegister,
    FakeSigner,
    manifest_fields,
    members,
    package,
    register,
)

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def test_the_register_names_who_sealed() -> None:
    found = read(package(), register())
    assert {(seal.person, seal.role, seal.known) for seal in found.seals} == {
        ("Nguyễn Văn An", PersonRole.PREPARER, True),
        ("Lê Thị Bình", PersonRole.HEAD, True),
    }


def test_without_a_register_nobody_is_known_and_no_role_is_believed() -> None:
    found = read(package(), None)
    assert {(seal.role, seal.known) for seal in found.seals} == {(None, False)}
    assert found.digest == read(package(), register()).digest


def test_a_role_comes_from_the_register_never_from_the_package() -> None:
    """The clerk writes "thủ trưởng" beside his own key; the office above has him as preparer."""
    pretender = replace(CLERK, role=PersonRole.HEAD)
    with pytest.raises(PackageRefused) as caught:
        read(
            package(signers=(pretender, replace(CLERK, word="second", role=PersonRole.PREPARER))), register_of_clerks()
        )
    assert caught.value.code == "SEAL_ROLES"


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("KEY_REVOKED", {"revoked_at": NOON}),
        ("KEY_UNIT", {"unit": UnitKey("19810", date(2025, 7, 1))}),
        ("KEY_UNIT", {"unit": UnitKey("19804", date(2025, 1, 1))}),
        ("KEY_WEAK", {"public_key": (1).to_bytes(32, "little")}),
        ("SEAL_WRONG", {"public_key": HEAD.person.public_key}),
        ("SEAL_ROLES", {"role": PersonRole.HEAD}),
    ],
)
def test_what_the_register_knows_of_the_clerk_decides(code: str, fields: dict[str, object]) -> None:
    with pytest.raises(PackageRefused) as caught:
        read(package(), register().change(CLERK, **fields))
    assert caught.value.code == code


def test_a_sole_officer_is_both() -> None:
    assert [seal.role for seal in read(package(signers=(ALONE,)), register()).seals] == [PersonRole.SOLE]


def test_people_may_seal_on_different_days_and_in_any_order() -> None:
    unsealed = prepare(STATEMENT, PAYLOAD, [CLERK.person, HEAD.person])
    monday = mark_of(CLERK, unsealed.to_sign)
    tuesday = mark_of(HEAD, unsealed.to_sign)
    assert finish(unsealed, (tuesday, monday)) == finish(unsealed, (monday, tuesday)) == package()


def test_the_digest_is_the_identity_whatever_else_is_the_same() -> None:
    assert read(package(), None).digest == read(package(), None).digest
    assert read(package(package_id="1f" * 16), None).digest != read(package(), None).digest


def test_attachments_travel_with_their_names_as_data() -> None:
    files = (Attachment("../Ảnh.jpg", b"\xff\xd8"), Attachment("Sổ tay.pdf", b""))
    found = read(write(STATEMENT, PAYLOAD, (CLERK, HEAD), files), register())
    assert found.attachments == {"attachments/001.bin": b"\xff\xd8", "attachments/002.bin": b""}
    assert found.manifest.files["attachments/001.bin"].name == "../Ảnh.jpg"


@pytest.mark.parametrize(
    "fields",
    [
        {"revision": 0},
        {"period": "2025-Q5"},
        {"programme": "NQ 28"},
        {"app_version": ""},
        {"created_claimed": "hôm qua"},
        {"unit": replace(UNIT, name="Phu\u0323")},
        {"unit": replace(UNIT, name="\ud800")},
    ],
)
def test_the_writer_refuses_what_no_reader_takes(fields: dict[str, object]) -> None:
    with pytest.raises(PackageRefused):
        package(**fields)


def test_the_writer_refuses_one_seal_where_two_are_needed() -> None:
    with pytest.raises(PackageRefused, match="chưa đủ niêm phong"):
        package(signers=(CLERK,))


def test_an_enrolment_file_is_told_from_a_report() -> None:
    enrolment = write_enrolment(UNIT, CLERK, "2026-01-05T08:30:00Z", "0.1.0")
    assert (kind_of(package()), kind_of(enrolment)) == (REPORT, ENROLMENT)
    with pytest.raises(PackageRefused) as caught:
        read(enrolment, register())
    assert caught.value.code == "TYPE_OTHER"


def test_a_later_format_with_more_members_is_called_later() -> None:
    manifest = dumps(manifest_fields() | {"format": 2})
    with pytest.raises(PackageRefused) as caught:
        read(build(members(package()) | {"manifest.json": manifest, "x509.p7s": b""}), register())
    assert caught.value.code == "FORMAT_NEWER"


@given(st.binary(max_size=400))
def test_any_bytes_at_all_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(PackageRefused):
        read(data, register())


def register_of_clerks() -> FakeRegister:
    return FakeRegister(CLERK, FakeSigner("second", PersonRole.PREPARER))
