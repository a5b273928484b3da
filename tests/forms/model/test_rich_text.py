"""The plain rich text: what marks mean, which asterisks are none, and that no letter is ever lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forms.model.rich_text import (
    LineKind,
    Listed,
    RichText,
    TextLine,
    TextParagraph,
    TextRun,
    parse,
    says_none,
    settled,
    word_count,
)

LETTERS = "aữ Đ5.,;(*)[“”-–\\_:"
pieces = st.sampled_from([*LETTERS, "**", "***", "\n", "- ", "1. ", "22. ", "*a*", "**b**"])
texts = st.lists(pieces, max_size=30).map("".join)
runs = st.lists(
    st.builds(TextRun, st.text(st.sampled_from(LETTERS), min_size=1, max_size=6), st.booleans(), st.booleans())
)
lines = st.builds(
    lambda runs, kind, number: TextLine(tuple(runs), kind, number if kind is LineKind.NUMBER else 0),
    runs,
    st.sampled_from(LineKind),
    st.integers(1, 999),
)


def looks(text: str) -> list[tuple[str, str]]:
    """Of a text of one line: its words, each with b and i."""
    return [(run.text, "b" * run.bold + "i" * run.italic) for run in parse(text).lines[0].runs]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kết quả", [("Kết quả", "")]),
        ("**Kết quả:** tốt", [("Kết quả:", "b"), (" tốt", "")]),
        ("*Kết quả*, tốt", [("Kết quả", "i"), (", tốt", "")]),
        ("***cả hai***", [("cả hai", "bi")]),
        ("**đậm *cả hai* đậm**", [("đậm ", "b"), ("cả hai", "bi"), (" đậm", "b")]),
        ("***cả hai** nghiêng*", [("cả hai", "bi"), (" nghiêng", "i")]),
        ("“**Đề án**”", [("“", ""), ("Đề án", "b"), ("”", "")]),
        ("(*a*)", [("(", ""), ("a", "i"), (")", "")]),
    ],
)
def test_marks_give_words_their_look(text, shown):
    assert looks(text) == shown
    assert parse(text).marked == text


@pytest.mark.parametrize(
    "text",
    [
        "2 * 3 * 4",
        "12 tháng*2 người*500.000 đồng",
        "Tỷ lệ* của năm, số liệu* ước",
        "(*) Nguồn: Chi cục (*)",
        "* Ghi chú: * là ước",
        "*Nguồn: A; *Nguồn: B",
        "**chưa đóng",
        "đóng không mở**",
        "****",
        "*****",
        "a ** b",
        "** a **",
        "C:\\thư mục\\*.doc",
        "a_b_c",
    ],
)
def test_asterisks_that_are_just_asterisks_stay(text):
    assert looks(text) == [(text, "")]
    assert parse(text).marked == text


def test_an_asterisk_typed_where_it_would_be_a_mark_is_guarded():
    """*Ghi chú* typed as such, not made italic"""
    prose = RichText((TextLine((TextRun("*Ghi chú* và 5 * 3"),)),))
    assert prose.marked == "\\*Ghi chú\\* và 5 \\* 3"
    assert parse(prose.marked) == prose
    assert prose.plain == "*Ghi chú* và 5 * 3"


def test_a_look_covers_whole_words_and_no_blanks_around_them():
    """|Qu|**ý IV ** → **Quý IV**"""
    kept = settled([TextRun("Qu"), TextRun("ý IV ", bold=True), TextRun("tốt")])
    assert kept == (TextRun("Quý IV", bold=True), TextRun(" tốt"))
    assert RichText((TextLine(kept),)).marked == "**Quý IV** tốt"


@pytest.mark.parametrize(
    ("text", "kind", "number", "words"),
    [
        ("- Một lớp", LineKind.BULLET, 0, "Một lớp"),
        ("12. Một lớp", LineKind.NUMBER, 12, "Một lớp"),
        ("-Một lớp", LineKind.PLAIN, 0, "-Một lớp"),
        ("1.200 người", LineKind.PLAIN, 0, "1.200 người"),
        ("2025. Một năm", LineKind.PLAIN, 0, "2025. Một năm"),
        ("01. Một", LineKind.PLAIN, 0, "01. Một"),
        ("  - Một", LineKind.PLAIN, 0, "  - Một"),
        ("-5 điểm", LineKind.PLAIN, 0, "-5 điểm"),
    ],
)
def test_a_line_that_begins_as_an_item_is_one(text, kind, number, words):
    line = parse(text).lines[0]
    assert (line.kind, line.number, line.words) == (kind, number, words)
    assert parse(text).marked == text


def test_blocks_are_what_a_document_prints():
    """
    Mở đầu
    - một
    - hai

    1. một
    2. hai
    1. lại một

    Hết, hai
    dòng
    """
    a, b = (TextRun("một"),), (TextRun("hai"),)
    text = "Mở đầu\n- một\n- hai\n\n\n1. một\n2. hai\n1. lại một\n\nHết, hai\ndòng\n"
    assert parse(text).blocks == (
        TextParagraph(((TextRun("Mở đầu"),),)),
        Listed((a, b)),
        Listed((a, b), 1),
        Listed(((TextRun("lại một"),),), 1),
        TextParagraph(((TextRun("Hết, hai"),), (TextRun("dòng"),))),
    )
    assert parse("").blocks == ()
    assert parse(" \n\n").blocks == ()


def test_the_plain_text_of_a_workbook_has_no_marks():
    assert parse("**Kết quả**\n- *một* lớp\n2. hai").plain == "Kết quả\n- một lớp\n2. hai"


def test_words_are_counted_as_word_counts_vietnamese():
    """bình · đẳng · giới · 2021-2025 · – is none · 1. is none · ba · lớp"""
    assert parse("bình đẳng giới 2021-2025 –\n1. **ba** lớp").word_count == 6
    assert word_count("  ") == 0


@pytest.mark.parametrize(
    "text",
    [
        "Không có",
        "không có.",
        "KHÔNG CÓ…",
        "Khong co",
        "Không",
        "Không phát sinh",
        "Chưa có.",
        "Chưa phát sinh",
        "- Không có",
        "**Không có.**",
        "Không có nội dung",
        "Không có đề xuất, kiến nghị gì thêm.",
        "Không có khó khăn, vướng mắc",
        "Không phát sinh vụ việc nào trong kỳ",
    ],
)
def test_a_text_that_says_there_is_nothing_is_an_answer(text):
    assert parse(text).says_none


@pytest.mark.parametrize(
    "text",
    ["", "Có", "Không có kinh phí riêng", "Chưa có cán bộ chuyên trách", "Không có gì quý hơn độc lập", "Không đạt"],
)
def test_a_text_that_says_something_is_not_taken_for_none(text):
    assert not says_none(text)


@given(texts | st.text())
@example("**a *b** c*")
@example("\\*a*")
def test_a_text_is_kept_letter_by_letter(text):
    assert parse(text).marked == text
    bare = parse(text).plain.replace("*", "").replace("\\", "")
    assert bare == text.replace("*", "").replace("\\", "")


@given(st.lists(lines, max_size=4))
def test_what_is_seen_in_the_editor_is_what_is_kept(written):
    """Whatever looks the letters were given: stored, read back, all letters are there and the looks are the settled ones."""
    kept = parse(RichText(tuple(written)).marked)
    assert kept.plain == RichText(tuple(written)).plain
    for line, back in zip(written, kept.lines, strict=False):
        if line.kind is LineKind.PLAIN and back.kind is LineKind.PLAIN:
            assert back.runs == settled(line.runs)


@pytest.mark.parametrize("text", ["*a " * 1333, "***a ***b* " * 360, "\\*" * 2000, "*" * 4000, "**a *b** c* " * 330])
def test_no_text_takes_long(text):
    began = time.perf_counter()
    assert parse(text).marked == text
    assert time.perf_counter() - began < 10  # it is milliseconds; what grows with the square takes minutes
