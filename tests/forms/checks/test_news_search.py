"""Which items look alike, and which fit what is looked for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks.news_search import Title, Twins, Wanted, searched
from forms.model.news_item import Evidence, NewsItem, NewsKind, Origin

ITEM = NewsItem("1", date(2025, 10, 5), "Phát động Tháng hành động", NewsKind.BRIEF, ("loudspeaker",))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Gặp mặt 20/10", "GAP MAT  20/10"),
        (
            "Phát động Tháng hành động vì bình đẳng giới",
            "Phường phát động Tháng hành động vì bình đẳng giới năm 2025",
        ),
        (
            "Hội Phụ nữ phường ra mắt câu lạc bộ Gia đình hạnh phúc",
            "Ra mắt câu lạc bộ Gia đình hạnh phúc phường Hương An",
        ),
        ("Gặp mặt 20/10", "Gặp mặt kỷ niệm 20/10"),
    ],
)
def test_titles_that_say_nearly_the_same_are_alike(one, other):
    assert Title.of(one).is_like(Title.of(other))
    assert Title.of(other).is_like(Title.of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chuyên mục bình đẳng giới tháng 10", "Chuyên mục bình đẳng giới tháng 11"),
        ("Tin ngày 3", "Tin ngày 9"),
        ("Tuyên truyền Luật Bình đẳng giới ở nhà văn hóa tổ dân phố", "Tuyên truyền Luật Bình đẳng giới ở trường học"),
        ("Tuyên truyền Luật Bình đẳng giới", "Tuyên truyền Luật Phòng, chống bạo lực gia đình"),
    ],
)
def test_another_subject_or_another_number_of_a_series_is_not(one, other):
    assert not Title.of(one).is_like(Title.of(other))


@pytest.mark.parametrize(("days", "found"), [(0, True), (7, True), (8, False), (-7, True), (-8, False)])
def test_items_are_alike_within_a_week(days, found):
    twins = Twins([ITEM])
    assert bool(twins.like(ITEM.title, ITEM.date + timedelta(days))) is found


def test_an_item_is_not_like_itself_nor_is_a_title_that_is_still_empty():
    twins = Twins([ITEM, replace(ITEM, id="2", title="")])
    assert twins.like(ITEM.title, ITEM.date, but="1") == ()
    assert twins.like("  ", ITEM.date) == ()


def test_alike_is_told_of_both_until_one_goes():
    twins = Twins([ITEM])
    second = replace(ITEM, id="2", date=date(2025, 10, 9))
    twins.put(second)
    assert (twins.of("1"), twins.of("2")) == ((second,), (ITEM,))
    twins.drop("2")
    assert (twins.of("1"), twins.of("2")) == ((), ())


titles = st.sampled_from(
    ["Gặp mặt 20/10", "gap mat 20/10", "Hội thi nấu ăn nam giới", "Hội thi nấu ăn của nam giới", ""]
)
changes = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.booleans(), titles, st.integers(0, 20)),
    max_size=20,
)


@given(changes)
def test_item_by_item_it_knows_what_it_would_know_of_all_at_once(changed):
    twins, left = Twins(), {}
    for id, goes, title, days in changed:
        if goes:
            twins.drop(id)
            left.pop(id, None)
        else:
            left[id] = replace(ITEM, id=id, title=title, date=ITEM.date + timedelta(days))
            twins.put(left[id])
    whole = Twins(left.values())
    assert {id: twins.of(id) for id in left} == {id: whole.of(id) for id in left}


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        (Wanted(), True),
        (Wanted(kind=NewsKind.BRIEF), True),
        (Wanted(kind=NewsKind.SLOT), False),
        (Wanted(channel="loudspeaker"), True),
        (Wanted(channel="website"), False),
        (Wanted(month=10), True),
        (Wanted(month=11), False),
        (Wanted(origin=Origin.RELAYED), False),
        (Wanted(counted=True), True),
        (Wanted(counted=False), False),
        (Wanted(shown=True), False),
        (Wanted(shown=False), True),
        (Wanted(twins=True), False),
    ],
    ids=str,
)
def test_what_is_not_asked_does_not_narrow(wanted, fits):
    assert wanted.fits(ITEM, has_twin=False) is fits


def test_evidence_is_words_or_a_file_and_both_are_searched():
    words, file = replace(ITEM, evidence="Sổ trang 5"), replace(ITEM, files=(Evidence("a" * 64, "Ảnh loa.jpg", 1),))
    assert all(Wanted(shown=True).fits(item, has_twin=False) for item in (words, file))
    assert "so trang 5" in searched(words)
    assert "anh loa.jpg" in searched(file)
