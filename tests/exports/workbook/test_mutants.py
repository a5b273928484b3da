"""Workbooks that were changed at random: each is read, or refused with a code; nothing else comes out of the reader."""

from __future__ import annotations

import random
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.workbook.foreign_workbook import read as plainly
from exports.workbook.reader import read
from forms.errors import InputRefused
from forms.model.count import Role
from forms.model.number import canonical
from forms.model.period import Period
from forms.model.report import Report
from forms.workbooks.sheets import Plain, PlainKind
from tests.exports.workbook.filling import OFFICE, UNIT, written
from tests.exports.workbook.hostile import ods, zipped
from tests.small_form import small_form

DRAFT = Report(small_form(), UNIT, Role.REPORTING, Period("2025"))
TABLE = (
    '<table:table table:name="S"><table:table-row><table:table-cell office:value-type="float" office:value="1"/>'
    "<table:table-cell><text:p>hai</text:p></table:table-cell></table:table-row></table:table>"
)
SPICE = b'0123456789"<>&A-. r\xff'


def bytes_changed(data: bytes, dice: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def members_changed(data: bytes, dice: random.Random) -> bytes:
    """A sound container around XML that is not: the fault lies deeper."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        members = {name: bytearray(archive.read(name)) for name in archive.namelist()}
    for _ in range(dice.randint(1, 4)):
        member = members[dice.choice([name for name in members if members[name]])]
        at, other = dice.randrange(len(member)), dice.randrange(len(member))
        match dice.randrange(3):
            case 0:
                member[at] = dice.choice(SPICE)
            case 1:
                del member[at : at + dice.randint(1, 60)]
            case 2:
                member[at:at] = member[other : other + dice.randint(1, 80)]
    return zipped({name: bytes(member) for name, member in members.items()})


@pytest.mark.parametrize("change", [bytes_changed, members_changed])
@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_changed_workbook_is_read_or_refused(change, kind):
    good = written(DRAFT) if kind == "xlsx" else ods(TABLE)
    dice = random.Random(11)
    refused = 0
    for _ in range(120):
        try:
            read(plainly(change(good, dice)), OFFICE, lambda _programme, _period: DRAFT)
        except InputRefused:
            refused += 1
    assert refused > 40


PLAINS = st.one_of(
    st.builds(Plain, st.just(PlainKind.TEXT), st.text(max_size=12), st.booleans()),
    st.builds(
        Plain,
        st.just(PlainKind.NUMBER),
        st.decimals(-(10**17), 10**17, places=2).map(canonical),
        st.booleans(),
        st.booleans(),
    ),
    st.builds(Plain, st.just(PlainKind.DATE), st.dates().map(date.isoformat)),
    st.sampled_from(
        [Plain(PlainKind.TRUTH, "1"), Plain(PlainKind.ERROR, "#N/A"), Plain(PlainKind.EMPTY, "", formula=True)]
    ),
)
SHEETS = plainly(written(DRAFT))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 15), st.integers(0, 9), PLAINS), min_size=1, max_size=8))
def test_whatever_stands_in_the_cells_is_an_answer_or_a_problem(changes):
    """Anything in any cell of any sheet, the hidden keys too."""
    sheets = list(SHEETS.sheets)
    for which, row, column, plain in changes:
        sheet = sheets[which % len(sheets)]
        sheets[which % len(sheets)] = replace(sheet, cells={**sheet.cells, (row, column): plain})
    with suppress(InputRefused):
        read(replace(SHEETS, sheets=tuple(sheets)), OFFICE, lambda _programme, _period: DRAFT)
