"""A `Document` as a Word file that an office can edit: `write(document)` gives the file's bytes.

Every element has a style of its own, named as the decree names it; nothing is set by hand that a style can say.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.opc.constants import RELATIONSHIP_TYPE

from exports.columns import settled
from exports.document import Document, plain
from exports.docx.body import put_annex_page, put_annex_titles, put_blocks, put_head, put_page, put_signature
from exports.docx.text_runs import LANGUAGE, SectionWriter, make_styles

PRODUCER = "Sổ Bình Đẳng"
MOMENT = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
LONGEST_PROPERTY = 255  # letters, the most that the format takes


def write(document: Document) -> bytes:
    """The finished file. The same document always gives the same bytes."""
    document = settled(document)
    blank, ids = _blank()
    file = docx.Document(BytesIO(blank))
    properties = file.core_properties
    properties.title = properties.subject = plain(document.title)[:LONGEST_PROPERTY]
    properties.author = plain(document.head.issuer_name)[:LONGEST_PROPERTY]
    properties.last_modified_by, properties.comments, properties.language = PRODUCER, "", LANGUAGE
    properties.created = properties.modified = MOMENT
    properties.revision = 1
    relations = file.part.package.rels
    for name in [name for name, relation in relations.items() if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del relations[name]  # a picture of an empty page
    sheet = SectionWriter(file, document.landscape, ids)
    put_page(sheet, document)
    if document.layout == "form":
        put_blocks(sheet, document.blocks, document.head)
    else:
        put_head(sheet, document)
        put_blocks(sheet, document.body, document.head, signed=True)
        put_signature(sheet, document)
    for annex in document.annexes:
        sheet = SectionWriter(file, annex.landscape, ids)
        put_annex_page(sheet, document)
        put_annex_titles(sheet, document, annex)
        put_blocks(sheet, annex.blocks, document.head)
    made = BytesIO()
    file.save(made)
    return _lasting(made)


@cache
def _blank() -> tuple[bytes, dict[str, str]]:
    """A file with our styles and nothing else, and how it calls them: made once, since forty letters have the same."""
    file, made = docx.Document(), BytesIO()
    ids = make_styles(file)
    file.save(made)
    return made.getvalue(), ids


def _lasting(made: BytesIO) -> bytes:
    """The same file without the clock's time in it."""
    lasting = BytesIO()
    with ZipFile(made) as given, ZipFile(lasting, "w", ZIP_DEFLATED) as kept:
        for name in given.namelist():
            entry = ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            kept.writestr(entry, given.read(name))
    return lasting.getvalue()
