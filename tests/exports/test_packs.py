"""A pack edited in place: what was meant is changed, everything else stays as somebody laid it out."""

from __future__ import annotations

import copy
import difflib
import tomllib
from datetime import date
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.packs import PackEditor
from forms.programmes.catalogue import DEFINITIONS, HEAD, parse_pack, read_pack
from forms.programmes.pack import PackEdit
from forms.programmes.pack_edits import line_added, removed
from forms.programmes.pack_outline import outline
from tests.small_form import FORM

YEAR = "year_indicators.toml"
FIRST = ("section", 0, "row", 2)  # indicator 1.1 of Huế's plan


@cache
def pack() -> dict[str, bytes]:
    return read_pack(DEFINITIONS / "nq28_hue.v1")


def lines(*edits: PackEdit) -> list[str]:
    """The lines that went and came, file by file."""
    made = PackEditor()(pack(), edits)
    told = []
    for file, before in pack().items():
        both = before.decode().splitlines(), made[file].decode().splitlines()
        told += [line for line in difflib.unified_diff(*both, lineterm="", n=0) if line[:2] not in ("--", "++", "@@")]
    return told


def test_a_changed_figure_is_the_only_changed_line() -> None:
    """
    amount   = "60"   →   amount   = "65"
    """
    assert lines(PackEdit(YEAR, (*FIRST, "target", 0, "amount"), "65")) == [
        '-        amount   = "60"',
        '+        amount   = "65"',
    ]


def test_a_new_key_stands_under_the_others_and_in_line_with_them() -> None:
    assert lines(PackEdit(YEAR, (*FIRST, "verified"), False)) == ["+    verified   = false"]
    assert lines(PackEdit(YEAR, (*FIRST, "target", 0, "verified"), False)) == ["+        verified = false"]


def test_a_new_target_looks_as_if_it_had_been_written_with_the_first() -> None:
    row = {"year": 2030, "operator": ">=", "amount": "70", "words": "đạt 70%"}
    assert lines(PackEdit(YEAR, (*FIRST, "target", 1), row)) == [
        "+",
        "+        [[section.row.target]]",
        "+        year     = 2030",
        '+        operator = ">="',
        '+        amount   = "70"',
        '+        words    = "đạt 70%"',
    ]


def test_a_comment_stays_with_what_it_speaks_of() -> None:
    """
    [[deadline]] …
    # No definition of tin and bài was found
    [news]
    """
    row = {"role": "agency", "month": 11, "day": 1, "words": "trước ngày 01/11", "receiver": "Sở Nội vụ"}
    for edit in (PackEdit(HEAD, ("deadline", 2), row), PackEdit(HEAD, ("deadline", 1), None)):
        text = PackEditor()(pack(), [edit])[HEAD].decode()
        assert text.partition("\n[news]\n")[0].splitlines()[-1].startswith("# No definition of tin")


def test_the_first_of_a_list_that_was_not_there() -> None:
    assert lines(PackEdit(HEAD, ("agency", 0), {"id": "so_y_te", "title": "Sở Y tế"})) == [
        "+",
        "+[[agency]]",
        '+id    = "so_y_te"',
        '+title = "Sở Y tế"',
    ]


def test_a_list_is_gone_with_its_last_table() -> None:
    made = PackEditor()(pack(), [PackEdit(YEAR, (*FIRST, "target", 0), None)])
    assert "target" not in tomllib.loads(made[YEAR].decode())["section"][0]["row"][2]


def test_a_key_that_is_not_there_is_taken_away_in_vain() -> None:
    assert lines(PackEdit(HEAD, ("verified",), None)) == []


def test_the_files_that_are_not_edited_are_the_same_bytes() -> None:
    made = PackEditor()(pack(), [PackEdit(HEAD, ("version",), 2)])
    assert {file for file in pack() if made[file] is not pack()[file]} == {HEAD}


SMALL = "year.toml"  # as long as is needed: reading a long file takes a fifth of a second
# Places of a pack where the window may put something, with what may be put there.
_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), max_size=60)
_EDITS = st.one_of(
    st.builds(lambda text: PackEdit(HEAD, ("title",), text), _TEXTS),
    st.builds(lambda text: PackEdit(HEAD, ("document",), text or None), _TEXTS),
    st.builds(lambda names: PackEdit(HEAD, ("reporters",), names or None), st.lists(_TEXTS, max_size=3)),
    st.builds(lambda on: PackEdit(HEAD, ("news", "verified"), on), st.none() | st.booleans()),
    st.builds(lambda text: PackEdit(HEAD, ("deadline", 0, "words"), text), _TEXTS),
    st.builds(lambda text: PackEdit(SMALL, (*FIRST, "definition"), text), _TEXTS),
    st.builds(lambda text: PackEdit(SMALL, (*FIRST, "help"), text or None), _TEXTS),
    st.builds(lambda n: PackEdit(SMALL, ("section", 0, "row", n, "verified"), False), st.integers(0, 3)),
    st.just("target"),
    st.just("agency"),
    st.just("deadline"),
    st.just("gone"),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(_EDITS, min_size=1, max_size=8))
def test_whatever_is_edited_reads_as_it_was_meant(wanted: list[PackEdit | str]) -> None:
    """One editor through all of it, as in the window, against the same edits of plain values."""
    editor, files = PackEditor(), {HEAD: pack()[HEAD], SMALL: FORM.encode()}
    plain = {file: tomllib.loads(data.decode()) for file, data in files.items()}
    for one in wanted:
        edit = _list_edit(one, plain) if isinstance(one, str) else one
        if edit is not None:
            files = editor(files, [edit])
            _apply(plain[edit.file], edit)
    assert {file: tomllib.loads(data.decode()) for file, data in files.items()} == plain


def _list_edit(word: str, plain: dict[str, Any]) -> PackEdit | None:
    targets = plain[SMALL]["section"][0]["row"][2].get("target", [])
    match word:
        case "target":
            row = {"year": 2030 + len(targets), "operator": "≈", "amount": "1", "words": 'nói "thế"'}
            return PackEdit(SMALL, (*FIRST, "target", len(targets)), row)
        case "gone":
            return PackEdit(SMALL, (*FIRST, "target", 0), None) if targets else None
    known = plain[HEAD].get(word, [])
    return PackEdit(HEAD, (word, len(known)), {"id": f"x{len(known)}", "title": "#"})


def _apply(plain: dict[str, Any], edit: PackEdit) -> None:
    around: Any = plain
    *above, last = edit.path
    for step in above:
        if isinstance(around, dict) and step not in around:
            around[step] = []
        around = around[step]
    if isinstance(edit.value, dict):
        around.append(copy.copy(edit.value))
    elif edit.value is not None:
        around[last] = edit.value
    elif isinstance(last, int):
        del around[last]
        if not around:
            row: Any = plain
            for step in above[:-1]:
                row = row[step]
            del row[above[-1]]
    else:
        around.pop(last, None)


@pytest.mark.parametrize("folder", sorted(p.name for p in DEFINITIONS.iterdir() if (p / HEAD).is_file()))
def test_every_shipped_file_comes_through_untouched(folder: str) -> None:
    """A change and its opposite leave the very bytes."""
    files = read_pack(DEFINITIONS / folder)
    version = tomllib.loads(files[HEAD].decode())["version"]
    editor = PackEditor()
    assert editor(editor(files, [PackEdit(HEAD, ("version",), 99)]), [PackEdit(HEAD, ("version",), version)]) == files


def test_a_reporting_line_is_added_as_one_that_was_not_compared() -> None:
    files = read_pack(DEFINITIONS / "qd2282_hungyen.v2")
    edit = line_added(outline(files), ("province",), "Bộ Nội vụ", "", "31/12/2027")
    made = PackEditor()(files, [edit])
    line = parse_pack("qd2282_hungyen.v2", made).reporting_lines[-1]
    assert (line.kinds, line.first_day, line.last_day, line.verified) == (
        ("province",),
        None,
        date(2027, 12, 31),
        False,
    )
    back = PackEditor()(made, [removed(outline(made), outline(made).blocks["programme/province/"])])
    assert (
        parse_pack("qd2282_hungyen.v2", back).reporting_lines == parse_pack("qd2282_hungyen.v2", files).reporting_lines
    )
