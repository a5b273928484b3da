"""PDF/A-2b: the verdict of a validator that approves only what it knows, and clause by clause of ISO 19005-2 what our writer
touches.

Not measured here, as the writer makes none of it: annotations (6.3), forms (6.4), actions (6.5), embedded files (6.8),
optional content (6.9); the tests only hold that there are none.
"""

from __future__ import annotations

import io
import re
import struct
from xml.etree import ElementTree as ET

import pypdf
import pytest
from pikepdf import pdfa
from pypdf.generic import ArrayObject, ByteStringObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from exports import pdf
from exports.document import Document
from tests.exports.documents import FORM, LETTER, REPORT

PDFAID, XMP, DC, PDF = (
    "{http://www.aiim.org/pdfa/ns/id/}",
    "{http://ns.adobe.com/xap/1.0/}",
    "{http://purl.org/dc/elements/1.1/}",
    "{http://ns.adobe.com/pdf/1.3/}",
)
DEEPEST = 28  # nested q


@pytest.fixture(scope="module", params=[REPORT, LETTER, FORM], ids=["named", "letter", "form"])
def data(request: pytest.FixtureRequest) -> bytes:
    document: Document = request.param
    return pdf.write(document)


@pytest.fixture
def file(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data), strict=True)


def test_the_validator_finds_nothing(data: bytes):
    report = pdfa.validate_written(io.BytesIO(data), pdfa.Flavour.PDFA_2B)
    assert (report.passed, report.findings) == (True, [])


def things(file: pypdf.PdfReader) -> list:
    """Every object of the file, those inside others too."""
    found, waiting = [], [file.get_object(number) for number in file.xref[0]]
    while waiting:
        thing = waiting.pop()
        found.append(thing)
        if isinstance(thing, DictionaryObject):
            waiting += [value for value in thing.values() if not isinstance(value, pypdf.generic.IndirectObject)]
        elif isinstance(thing, ArrayObject):
            waiting += [value for value in thing if not isinstance(value, pypdf.generic.IndirectObject)]
    return found


def fonts(file: pypdf.PdfReader) -> list[DictionaryObject]:
    return [thing for thing in things(file) if isinstance(thing, DictionaryObject) and thing.get("/Type") == "/Font"]


def test_6_1_2_and_6_1_3_head_and_trailer(data: bytes, file: pypdf.PdfReader):
    assert re.match(rb"%PDF-1\.[0-7]\n%[\x80-\xff]{4}", data)
    assert data.rstrip(b"\r\n").endswith(b"%%EOF")
    assert len(file.trailer["/ID"]) == 2
    assert "/Encrypt" not in file.trailer


def test_6_1_7_streams_are_as_long_as_they_say_and_packed_by_known_ways(data: bytes, file: pypdf.PdfReader):
    allowed = {"/FlateDecode", "/ASCII85Decode"}
    for length, body in re.findall(rb"/Length (\d+)[^>]*>>\s*stream\r?\n(.*?)\r?\n?endstream", data, re.DOTALL):
        assert abs(len(body) - int(length)) <= 1
    for thing in things(file):
        if isinstance(thing, StreamObject):
            ways = thing.get("/Filter", [])
            assert {ways} <= allowed if isinstance(ways, NameObject) else set(ways) <= allowed
            assert not {"/F", "/FFilter", "/FDecodeParms"} & set(thing)


def test_6_1_13_limits(file: pypdf.PdfReader):
    for thing in things(file):
        if isinstance(thing, TextStringObject | ByteStringObject):
            assert len(thing) <= 32_767
        if isinstance(thing, NameObject):
            assert len(thing) <= 127
    for page in file.pages:
        depth = most = 0
        for operator in re.findall(rb"(?m)^(q|Q)$", page.get_contents().get_data()):
            depth += 1 if operator == b"q" else -1
            most = max(most, depth)
        assert (depth, most <= DEEPEST) == (0, True)


def test_6_2_colours_have_one_intent_and_none_is_cmyk(file: pypdf.PdfReader):
    (intent,) = file.trailer["/Root"]["/OutputIntents"]
    profile = intent.get_object()["/DestOutputProfile"].get_object()
    assert (intent.get_object()["/S"], profile["/N"]) == ("/GTS_PDFA1", 3)
    header = profile.get_data()
    assert (header[36:40], header[16:20], header[12:16], header[8] <= 4) == (b"acsp", b"RGB ", b"mntr", True)
    assert struct.unpack(">I", header[:4])[0] == len(header)
    for page in file.pages:
        assert not re.search(rb"(?m)[\d.] [kK]$", page.get_contents().get_data())


def test_6_2_5_to_6_2_10_no_states_pictures_or_transparency(file: pypdf.PdfReader):
    for page in file.pages:
        assert set(page["/Resources"]) <= {"/Font", "/ProcSet"}
        assert "/Group" not in page


def test_6_2_11_fonts_are_carried_with_true_widths_and_a_way_to_unicode(file: pypdf.PdfReader):
    assert fonts(file)
    for font in fonts(file):
        described = font["/FontDescriptor"].get_object()
        program = described["/FontFile2"].get_object().get_data()
        assert (font["/Subtype"], bool(described["/Flags"] & 4), "/Encoding" in font) == ("/TrueType", True, False)
        assert "/ToUnicode" in font
        assert len(font["/Widths"]) == font["/LastChar"] - font["/FirstChar"] + 1
        tables = _tables(program)
        assert {b"glyf", b"loca", b"head", b"hhea", b"hmtx", b"maxp", b"cmap"} <= set(tables)
        assert struct.unpack(">H", tables[b"cmap"][2:4]) == (1,)  # a symbolic face has one map only
        units = struct.unpack(">H", tables[b"head"][18:20])[0]
        metrics = struct.unpack(">H", tables[b"hhea"][34:36])[0]
        glyphs = _glyphs(tables[b"cmap"])
        for code, width in enumerate(font["/Widths"], start=font["/FirstChar"]):
            glyph = min(glyphs.get(code, 0), metrics - 1)
            true = struct.unpack(">H", tables[b"hmtx"][4 * glyph : 4 * glyph + 2])[0] * 1000 / units
            assert glyphs.get(code, 0) == 0 or abs(float(width) - true) <= 1


def test_6_3_to_6_9_nothing_acts_and_nothing_is_hidden(file: pypdf.PdfReader):
    root = file.trailer["/Root"]
    assert not {"/AA", "/OpenAction", "/AcroForm", "/OCProperties", "/Names", "/Requirements"} & set(root)
    for page in file.pages:
        assert not {"/Annots", "/AA", "/PresSteps"} & set(page)
    assert not [t for t in things(file) if isinstance(t, DictionaryObject) and ("/JS" in t or "/EF" in t)]


def test_6_6_the_description_says_what_the_file_is(file: pypdf.PdfReader):
    stream = file.trailer["/Root"]["/Metadata"].get_object()
    assert (stream["/Type"], stream["/Subtype"]) == ("/Metadata", "/XML")
    tree = ET.fromstring(stream.get_data())

    def told(name: str) -> str:
        return "".join(tree.find(f".//{name}").itertext()).strip()

    assert (told(f"{PDFAID}part"), told(f"{PDFAID}conformance")) == ("2", "B")
    about = file.metadata
    assert (told(f"{DC}title"), told(f"{DC}creator")) == (about["/Title"], about["/Author"])
    assert (told(f"{XMP}CreatorTool"), told(f"{PDF}Producer")) == (about["/Creator"], about["/Producer"])
    assert told(f"{XMP}CreateDate")[:10].replace("-", "") == about["/CreationDate"][2:10]


def test_the_structure_names_every_mark_and_the_outline_leads_to_the_parts(file: pypdf.PdfReader):
    """More than level B asks: headings, paragraphs and cells are told in order."""
    root = file.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    kinds = {t.get("/S") for t in things(file) if isinstance(t, DictionaryObject) and t.get("/Type") == "/StructElem"}
    assert {"/Document", "/P", "/H1"} <= kinds
    for page in file.pages:
        content = page.get_contents().get_data()
        assert content.count(b" BDC") + content.count(b" BMC") == content.count(b"EMC")
    assert [mark["/Title"] for mark in file.outline if not isinstance(mark, list)]


def _tables(program: bytes) -> dict[bytes, bytes]:
    (count,) = struct.unpack(">H", program[4:6])
    entries = (struct.unpack(">4sLLL", program[12 + 16 * n : 28 + 16 * n]) for n in range(count))
    return {tag: program[offset : offset + length] for tag, _, offset, length in entries}


def _glyphs(cmap: bytes) -> dict[int, int]:
    """Codes to glyphs of the one map, in format 0 or 6."""
    (offset,) = struct.unpack(">L", cmap[8:12])
    table = cmap[offset:]
    (form,) = struct.unpack(">H", table[:2])
    if form == 0:
        return dict(enumerate(table[6:262]))
    assert form == 6
    first, count = struct.unpack(">HH", table[6:10])
    return dict(enumerate(struct.unpack(f">{count}H", table[10 : 10 + 2 * count]), start=first))
