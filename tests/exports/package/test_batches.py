"""No file, whatever it holds, ends a batch: each is one line, and its good neighbours are taken as if it were not there."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from exports.package.container import build
from exports.package.manifest import REPORT
from exports.package.reader import mark_of
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.errors import Cancelled
from forms.exchange.brought_files import incoming
from forms.exchange.statements import Arrival
from forms.model.cell import given
from tests.exports.package.above import CODEC, Above, Commune, classes, codes, units
from tests.exports.package.corpus import Case, cases
from tests.exports.package.parts import CLERK, HEAD, members, package, with_manifest

CASES = tuple(cases())
PHU_XUAN, FIRST, LAST = Commune("19804"), Commune("19774"), Commune("19777")
SPOILED = {"19804": (CLERK, HEAD)}


@pytest.fixture(scope="module")
def good() -> tuple[bytes, bytes]:
    return FIRST.sealed(FIRST.report(5))[1], LAST.sealed(LAST.report(6))[1]


@pytest.fixture
def above() -> Above:
    return Above(PHU_XUAN, FIRST, LAST)


@pytest.fixture
def wary() -> Above:
    """The same office after it has revoked the keys of Phú Xuân."""
    office = Above(PHU_XUAN, FIRST, LAST)
    office.revoke(CLERK, HEAD)
    return office


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_file_is_one_line_among_its_neighbours(case: Case, above: Above, wary: Above, good) -> None:
    """new · whatever it is · new, looked at and received, with keys that are trusted and with keys that are revoked"""
    first, last = good
    for office in (above, wary):
        looked = office.preview(first, case.data(), last)
        received = office.receive(first, case.data(), last)
        told = replace(received, id=None)
        assert told == looked
        assert [classes(received)[at] for at in (0, 2)] == ["new", "new"]
        assert len(received.lines) == 3
        assert received.lines[1].arrival not in (Arrival.NEW, Arrival.CORRECTION)
        assert received.lines[1].code != "UNEXPECTED"
        assert office.figures() == {"19774": given(5), "19777": given(6)}


def _without_seals(data: bytes) -> bytes:
    """The same statement and keyids, with noughts for seals: anybody can write such a file."""
    parts = members(data)
    marks = [mark | {"sig": "00" * 64} for mark in json.loads(parts["signatures.json"])]
    return build(parts | {"signatures.json": dumps(marks)})


def _of_format_2() -> bytes:
    return with_manifest(lambda fields: fields.update(format=2))


def _named_with_blanks(data: bytes) -> bytes:
    """One member whose name reads like two when the names are written one after the other."""
    parts = members(data)
    named = {"mimetype": parts["mimetype"], "manifest.json payload.json": parts["manifest.json"]}
    return build(named | {"signatures.json": parts["signatures.json"]})


def _all_of_it_a_guess() -> bytes:
    """A statement of another kind of the future, sealed by keys that were revoked."""
    fields = json.loads(members(package())["manifest.json"]) | {"type": "application/vnd.sobinhdang.song.v1+json"}
    manifest = dumps(fields)
    marks = tuple(mark_of(signer, signed_bytes(REPORT.type, manifest)) for signer in (CLERK, HEAD))
    return build(members(package()) | {"manifest.json": manifest, "signatures.json": dumps(write_marks(marks))})


class _WithKeysOfPhuXuan(Commune):
    """Says that it is another commune; sealed as it should be, but by the keys of Phú Xuân."""

    signers = (CLERK, HEAD)


def _in_anothers_name() -> bytes:
    stranger = _WithKeysOfPhuXuan(LAST.code)
    return stranger.sealed(stranger.report(9))[1]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (_in_anothers_name, "KEY_REVOKED"),
        (lambda: _without_seals(package()), "KEY_REVOKED"),
        (_of_format_2, "KEY_REVOKED"),
        (lambda: _named_with_blanks(package()), "PKG_MEMBERS"),
        (_all_of_it_a_guess, "KEY_REVOKED"),
    ],
    ids=["another unit's name", "no seals", "format 2", "a blank in a member's name", "another kind"],
)
def test_a_file_that_names_a_revoked_key_is_one_refused_line(wary: Above, good, file, code) -> None:
    first, last = good
    for batch in (wary.preview(first, file(), last), wary.receive(first, file(), last)):
        assert list(zip(classes(batch), codes(batch), strict=True)) == [
            ("new", "NEW"),
            ("refused", code),
            ("new", "NEW"),
        ]
        assert batch.lines[1].unit_name == ""  # nothing that it says of itself is believed


def test_what_was_accepted_before_its_key_was_revoked_is_still_known(above: Above) -> None:
    """With true seals it is recognised; the same statement under false ones is refused and tells nothing."""
    _, data = PHU_XUAN.sealed(PHU_XUAN.report(7))
    assert classes(above.receive(data)) == ["new"]
    above.revoke(CLERK)
    assert codes(above.receive(data, _without_seals(data))) == ["SAME", "KEY_REVOKED"]


def test_a_unit_is_called_as_the_catalogue_calls_it_whatever_it_calls_itself(above: Above) -> None:
    """In the answer, in the ledger, and again when its key has been revoked since."""
    _, data = PHU_XUAN.sealed(PHU_XUAN.report(7), name="Sở Nội vụ thành phố Huế")
    true = units().by_key(PHU_XUAN.unit).full_name
    assert [line.unit_name for line in above.receive(data).lines] == [true]
    with above.ledger.begin() as work:
        assert [one.unit_name for one in work.received.known()] == [true]
    above.revoke(CLERK)
    assert [line.unit_name for line in above.receive(data).lines] == [true]


@pytest.mark.parametrize("other", [{"programme_sha256": "ab" * 32}, {"version": 9}], ids=["other text", "other form"])
def test_another_edition_of_the_programme_under_the_same_number_is_refused(above: Above, good, other) -> None:
    """Its cells may be called the same and mean something else."""
    report = PHU_XUAN.report(7)
    _, data = PHU_XUAN.sealed(replace(report, form=replace(report.form, **other)))
    batch = above.receive(good[0], data)
    assert list(zip(classes(batch), codes(batch), strict=True)) == [("new", "NEW"), ("refused", "PROGRAMME_DIFFERS")]
    assert above.figures() == {"19774": given(5)}


def test_a_fault_of_our_own_reader_is_a_line_too(above: Above, good, monkeypatch) -> None:
    """Should the reader stumble over a file, the others are received, and the line says that it is our fault."""
    first, last = good
    honest = CODEC.read

    def stumbling(data: bytes, register: object) -> object:
        return 1 / 0 if data == b"?" else honest(data, register)

    monkeypatch.setattr(CODEC, "read", stumbling)
    batch = above.receive(first, b"?", last)
    assert list(zip(classes(batch), codes(batch), strict=True))[1] == ("refused", "UNEXPECTED")
    assert "ZeroDivisionError" in batch.lines[1].message
    assert classes(batch) == ["new", "refused", "new"]


def test_a_ledger_that_fails_ends_the_act_and_is_no_line(above: Above, good, monkeypatch) -> None:
    """The files are not to blame when the disk is gone."""

    def gone() -> object:
        raise OSError("the disk is gone")

    monkeypatch.setattr("tests.fake_stores._Register.all", lambda _: gone())
    monkeypatch.setattr("tests.fake_stores._Register.find", lambda *_: gone())
    with pytest.raises(OSError, match="gone"):
        above.receive(*good)


def test_stopping_is_no_fault_of_a_file(above: Above, good) -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        above.receiving.receive(incoming([("a.bdg", good[0])]), "Người nhận", stop)
