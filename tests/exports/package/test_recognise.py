"""What a file is, by its bytes alone: from the first kilobyte of it and from the whole."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.package.enrolment import write_enrolment
from exports.package.recognise import content_of
from exports.package.supply import write_supply
from forms.exchange.brought_files import FileContent
from forms.programmes.catalogue import DEFINITIONS, read_pack
from forms.programmes.pack import Pack, PackState
from tests.exports.package.parts import CLERK, HEAD, UNIT, package, with_manifest

MOMENT = "2026-01-05T08:30:00+07:00"
PACK = Pack("qd1790", 1, read_pack(DEFINITIONS / "qd1790.v1"), PackState.RELEASED)
FIRST = 1024


def _zip() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "a" * 2000)
    return file.getvalue()


FILES = {
    "a report": (package(), FileContent.PACKAGE, FileContent.PACKAGE),
    "a report of a later format": (
        with_manifest(lambda m: m.update(format=2)),
        FileContent.PACKAGE,
        FileContent.PACKAGE,
    ),
    "a report that speaks of keys": (package(seq=8), FileContent.PACKAGE, FileContent.PACKAGE),
    "a key": (write_enrolment(UNIT, CLERK, MOMENT, "0.1.0"), FileContent.PACKAGE, FileContent.KEY),
    "a supply file": (write_supply([PACK], UNIT, HEAD, MOMENT, "0.1.0"), FileContent.PACKAGE, FileContent.SUPPLY),
    "a report in a PDF": (b"%PDF-1.7" + b"\0" * 5000 + package(), FileContent.PAPER, FileContent.CARRIER),
    "a letter": (b"%PDF-1.7" + b"x" * 5000, FileContent.PAPER, FileContent.PAPER),
    "an archive": (_zip(), FileContent.ARCHIVE, FileContent.ARCHIVE),
    "an empty archive": (b"PK\x05\x06" + bytes(18), FileContent.ARCHIVE, FileContent.ARCHIVE),
    "RAR": (b"Rar!\x1a\x07\x01\x00" + bytes(50), FileContent.FOREIGN_ARCHIVE, FileContent.FOREIGN_ARCHIVE),
    "a picture": (b"\xff\xd8\xff\xe0" + bytes(2000), FileContent.OTHER, FileContent.OTHER),
    "nothing": (b"", FileContent.OTHER, FileContent.OTHER),
}


@pytest.mark.parametrize("name", FILES)
def test_each_is_known_from_its_first_bytes_and_for_sure_from_all(name: str) -> None:
    """A key and a supply file begin as a report does: only the whole tells them apart, and a PDF what it carries."""
    data, first, whole = FILES[name]
    assert (content_of(data[:FIRST]), content_of(data)) in {(first, whole), (whole, whole)}


def test_a_text_that_names_another_kind_does_not_make_it_one() -> None:
    named = '"type":"application/vnd.sobinhdang.enrolment.v1+json"'
    assert content_of(with_manifest(lambda m: m["unit"].update(name=named))) is FileContent.PACKAGE


@given(st.integers(5, len(package())))
def test_what_is_left_of_a_package_is_still_called_one(length: int) -> None:
    """Cut on the way: the office is told so, instead of passing it over."""
    assert content_of(package()[:length]) is FileContent.PACKAGE


@given(st.binary(max_size=200))
def test_any_bytes_are_something(data: bytes) -> None:
    for front in (b"", b"PK\x03\x04", package()[:76], package()[:200]):
        assert isinstance(content_of(front + data), FileContent)
