"""Paragraphs of many units side by side: what is the same stands once, and nobody who wrote it is lost."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, strategies

from forms.prose.unit_narratives import compiled, named

CLASSES = "Đã phối hợp với Hội Liên hiệp Phụ nữ mở các lớp tập huấn về bình đẳng giới cho cán bộ thôn, tổ dân phố"


def units_of(made) -> list[tuple[str, ...]]:
    return [one.units for one in made.paragraphs]


def test_the_same_paragraph_stands_once_with_everybody_who_wrote_it():
    made = compiled([("Xã A", f"{CLASSES}."), ("Xã B", f"- {CLASSES.upper()}"), ("Xã C", "Thiếu kinh phí.")])
    assert units_of(made) == [("Xã A", "Xã B"), ("Xã C",)]
    assert made.paragraphs[0].text == f"{CLASSES}."


def test_a_few_other_words_make_no_other_paragraph():
    made = compiled([("Xã A", CLASSES), ("Xã B", f"Trong năm, {CLASSES} trên địa bàn.")])
    assert units_of(made) == [("Xã A", "Xã B")]
    assert [source.text for source in made.paragraphs[0].sources][1].startswith("Trong năm")


def test_other_numbers_are_another_thing():
    made = compiled([("Xã A", f"{CLASSES} (05 lớp)"), ("Xã B", f"{CLASSES} (07 lớp)"), ("Xã C", f"{CLASSES} (5 lớp)")])
    assert units_of(made) == [("Xã A", "Xã C"), ("Xã B",)]


def test_other_words_are_another_thing():
    made = compiled([("Xã A", "Thiếu kinh phí cho công tác tuyên truyền."), ("Xã B", "Thiếu cán bộ làm công tác này.")])
    assert units_of(made) == [("Xã A",), ("Xã B",)]


def test_who_says_that_there_is_nothing_and_who_says_nothing_are_counted():
    made = compiled(
        [("Xã A", "Không có."), ("Xã B", "  "), ("Xã C", "Thiếu máy phát."), ("Xã D", "không có khó khăn gì")]
    )
    assert (made.none, made.silent, made.told) == (("Xã A", "Xã D"), ("Xã B",), 1)


def test_the_draft_names_its_sources_those_of_most_first():
    made = compiled([("Xã A", "Thiếu máy phát thanh."), ("Xã B", CLASSES), ("Phường C", CLASSES), ("Xã D", "Không có")])
    assert made.draft == (f"- {CLASSES} (xã B, phường C).\n- Thiếu máy phát thanh (xã A).\n01 đơn vị ghi “không có”.")


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "xã 0"), (5, "xã 0, xã 1, xã 2, xã 3, xã 4"), (8, "xã 0, xã 1, xã 2, xã 3, xã 4 và 03 đơn vị khác")],
)
def test_many_units_are_counted(count, words):
    assert named([f"Xã {n}" for n in range(count)]) == words


LINES = strategies.lists(
    strategies.sampled_from(["thiếu", "máy", "phát", "thanh", "12", "lớp", "Không có"]), max_size=9
)
TEXTS = strategies.lists(LINES.map(" ".join), max_size=4).map("\n".join)


@given(strategies.lists(TEXTS, max_size=12))
def test_every_paragraph_of_every_unit_is_kept_exactly_once(texts):
    made = compiled((f"Xã {n}", text) for n, text in enumerate(texts))
    kept = [(source.unit, source.text) for one in made.paragraphs for source in one.sources]
    for number, text in enumerate(texts):
        unit = f"Xã {number}"
        mine = [said for who, said in kept if who == unit]
        silent = unit in made.none or unit in made.silent
        assert sorted(mine) == ([] if silent else sorted(line.strip() for line in text.split("\n") if line.strip()))
    assert all(one.sources for one in made.paragraphs)


@given(strategies.lists(TEXTS, max_size=8))
def test_folding_twice_gives_the_same(texts):
    named = [(f"Xã {n}", text) for n, text in enumerate(texts)]
    assert compiled(named) == compiled(named)


WORDS = "đã tổ chức hội nghị tuyên truyền về bình đẳng giới cho cán bộ hội viên phụ nữ trên địa bàn"


def many(own: int) -> list[tuple[str, str]]:
    """200 units with 5 000 letters each; of their words every so many-th is their own."""
    words = WORDS.split()
    made = []
    for unit in range(200):
        mine = "".join(chr(ord("a") + int(digit)) for digit in str(unit))
        told = [f"{words[at * at % 19]}{mine if at % own == 0 else ''}" for at in range(1100)]
        text = "\n".join(" ".join(told[at : at + 50]) for at in range(0, 1100, 50))
        made.append((f"Xã {unit}", text[:5000]))
    return made


@pytest.mark.parametrize("own", [3, 5, 40, 1000])
def test_two_hundred_long_texts_are_folded_in_a_second(own):
    texts = many(own)
    begun = time.process_time()
    made = compiled(texts)
    assert time.process_time() - begun < 3  # alone it is a third of that
    assert sum(len(one.sources) for one in made.paragraphs) == sum(text.count("\n") + 1 for _, text in texts)
