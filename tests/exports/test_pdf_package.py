"""A PDF that carries its package: found without reading PDF, the same bytes each time, and still PDF/A."""

from __future__ import annotations

import io
import zlib
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import pdfa

from exports import pdf
from exports.package.codec import PackageCodec
from exports.package.container import BEGINNING
from exports.package.recognise import MAX_PDF, is_pdf, unwrapped
from exports.pdf_package import NAME, with_package
from forms.errors import PackageRefused
from tests.exports.documents import FORM, LETTER, REPORT
from tests.exports.package.verifier import verifier

PACKAGE = (Path(__file__).parents[1] / "golden/packages/report-v1.bdg").read_bytes()
HEAD = b"%PDF-1.4\n"


@pytest.fixture(scope="module", params=[REPORT, LETTER, FORM], ids=["named", "letter", "form"])
def drawn(request) -> bytes:
    return pdf.write(request.param)


def code(data: bytes) -> str:
    with pytest.raises(PackageRefused) as refusal:
        unwrapped(data)
    return refusal.value.code


def test_the_validator_finds_nothing_in_a_file_that_carries_a_package(drawn):
    """PDF/A-3b, which allows files inside."""
    report = pdfa.validate_written(io.BytesIO(with_package(drawn, PACKAGE)), pdfa.Flavour.PDFA_3B)
    assert (report.passed, report.findings) == (True, [])


def test_the_package_is_found_again_and_the_file_is_the_same_each_time(drawn):
    made = with_package(drawn, PACKAGE)
    assert unwrapped(made) == PACKAGE
    assert made == with_package(drawn, PACKAGE)
    read, alone = PackageCodec().read(made, None), PackageCodec().read(PACKAGE, None)
    assert (read.in_pdf, replace(read, in_pdf=False)) == (True, alone)
    assert verifier.check(made) == verifier.check(PACKAGE) | {"pages": True}


def test_a_reader_of_pdf_shows_it_as_the_source_of_the_file(drawn):
    """catalog: /AF [file] /Names << /EmbeddedFiles … >>; PDF/A-3b, whose files say what they are to the document."""
    file = pypdf.PdfReader(io.BytesIO(with_package(drawn, PACKAGE)), strict=True)
    (associated,) = file.trailer["/Root"]["/AF"]
    spec = associated.get_object()
    stream = spec["/EF"]["/F"].get_object()
    assert (spec["/AFRelationship"], spec["/F"], spec["/UF"]) == ("/Source", NAME, NAME)
    assert (stream["/Subtype"], stream["/Params"]["/Size"]) == (
        "/application/vnd.sobinhdang.package+zip",
        len(PACKAGE),
    )
    assert "/Filter" not in stream
    assert {name: bytes(data[0]) for name, data in file.attachments.items()} == {NAME: PACKAGE}
    assert b"<pdfaid:part>3</pdfaid:part>" in file.trailer["/Root"]["/Metadata"].get_object().get_data()
    assert len(file.pages) == len(pypdf.PdfReader(io.BytesIO(drawn)).pages)


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_whatever_stands_around_a_package_it_is_the_package_or_a_refusal(before: bytes, after: bytes):
    data = HEAD + before + PACKAGE + after
    assert unwrapped(data) == PACKAGE


@given(st.integers(0, len(PACKAGE) - 1))
def test_a_pdf_that_was_cut_is_refused(length: int):
    assert code(HEAD + PACKAGE[:length]) in {"PDF_NO_PACKAGE", "PKG_CUT"}


@given(st.integers(0, len(PACKAGE) - 1), st.integers(1, 255))
def test_a_changed_byte_is_refused_as_in_the_package_itself(at: int, change: int):
    """By the walk, or by the strict reader that every package goes through afterwards."""
    bent = bytearray(PACKAGE)
    bent[at] ^= change
    with pytest.raises(PackageRefused):
        PackageCodec().read(HEAD + bytes(bent) + b"\nendstream", None)


def test_two_packages_in_one_file_are_refused():
    assert code(HEAD + PACKAGE + b"\nendstream\n" + PACKAGE) == "PDF_TWO_PACKAGES"
    assert code(HEAD + PACKAGE + BEGINNING) == "PDF_TWO_PACKAGES"


def test_a_pdf_without_a_package_says_what_to_ask_for(drawn):
    assert code(drawn) == "PDF_NO_PACKAGE"


def test_a_package_that_another_program_packed_is_not_found():
    """Printed anew or made smaller: the letters are gone, and the sentence says so."""
    assert code(HEAD + b"stream\n" + zlib.compress(PACKAGE) + b"\nendstream") == "PDF_NO_PACKAGE"


def test_a_file_of_a_hundred_megabytes_is_not_searched():
    assert code(HEAD + bytes(MAX_PDF)) == "PKG_TOO_BIG"


def test_a_package_with_the_letters_of_a_pdf_in_it_is_a_package():
    assert not is_pdf(PACKAGE + b"%PDF-")
    assert unwrapped(PACKAGE) == PACKAGE


@pytest.mark.parametrize("other", [b"", b"%PDF-1.4\n%%EOF", b"%PDF-1.7\nxref\nstartxref\n9\n%%EOF"])
def test_a_pdf_of_another_making_is_left_alone(other: bytes):
    with pytest.raises(ValueError, match="not a PDF of this program"):
        with_package(other, PACKAGE)


def test_a_file_that_carries_one_takes_no_second(drawn):
    with pytest.raises(ValueError, match="not a PDF of this program"):
        with_package(with_package(drawn, PACKAGE), PACKAGE)
