"""Tin, bài: what a typed item becomes, what is counted, and that every step can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forms.news import NewsKind, Origin
from forms.periods import Period
from tests.ui.desktop.parts import FakeProgram, desk_of
from ui.desktop.screens.news.presenter import NewsPresenter, Typed


class FakeFace:
    def __init__(self):
        self.problem, self.closed, self.twin, self.said = ("", ""), "", "", ""

    def show_periods(self, periods, chosen):
        self.period = chosen.label

    def show_rows(self, rows, shown_of):
        self.titles, self.all = [row.title for row in rows], shown_of
        self.twins = [row.title for row in rows if row.twin]
        self.items = [row.item for row in rows]

    def show_counter(self, counted, minimum, words, with_typed):
        self.counter = f"{counted}/{minimum} {words}"

    def show_form(self, typed, heading):
        self.form = typed

    def show_twin(self, words):
        self.twin = words

    def show_problem(self, field, words):
        self.problem = (field, words)

    def show_closed(self, words):
        self.closed = words

    def saved(self, words):
        self.said = words


GOOD = Typed(date="5/10/2025", title="Tin thứ nhất", channels=("loudspeaker",))


@pytest.fixture
def desk():
    return desk_of(FakeProgram())


@pytest.fixture
def steps():
    return []


@pytest.fixture
def face():
    return FakeFace()


@pytest.fixture
def news(desk, steps, face):
    def push(step):
        if presenter.take(step):
            steps.append(step)

    presenter = NewsPresenter(face, desk, FakeProgram(), push)
    presenter.start("2025-Q4")
    return presenter


def test_the_counter_says_how_many_are_lacking_as_items_are_kept(news, face):
    said = [face.counter]
    for day in (1, 2, 3, 4):
        news.save(replace(GOOD, date=f"{day}/10/2025", title=f"Tin {day}"))
        said.append(face.counter)
    assert said == ["0/4 còn thiếu 4", "1/4 còn thiếu 3", "2/4 còn thiếu 2", "3/4 còn thiếu 1", "4/4 đã đủ"]


def test_the_counter_moves_while_the_item_is_still_typed(news, face):
    news.typing(GOOD)
    assert face.counter == "1/4 còn thiếu 3"
    news.typing(replace(GOOD, title=""))
    assert face.counter == "0/4 còn thiếu 4"


def test_an_item_outside_the_quarter_does_not_move_it(news, face):
    news.typing(replace(GOOD, date="30/09/2025"))
    assert face.counter == "0/4 còn thiếu 4"


def test_keeping_an_item_of_another_quarter_shows_that_quarter(news, face):
    news.save(replace(GOOD, date="30/09/2025"))
    assert (face.period, face.titles) == ("2025-Q3", ["Tin thứ nhất"])


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        (replace(GOOD, date=""), "date"),
        (replace(GOOD, date="32/10/2025"), "date"),
        (replace(GOOD, title="  "), "title"),
        (replace(GOOD, channels=()), "channels"),
        (replace(GOOD, airings="hai"), "airings"),
        (replace(GOOD, airings="٢"), "airings"),
        (replace(GOOD, counted=False), "reason"),
    ],
)
def test_what_is_lacking_is_named_by_its_field_and_nothing_is_kept(news, face, steps, typed, field):
    news.save(typed)
    assert face.problem[0] == field
    assert face.problem[1]
    assert steps == []


def test_the_rule_of_the_programme_decides_what_is_counted_unless_a_reason_is_given(news):
    assert news.counts(NewsKind.FEATURE, Origin.OWN)
    assert not news.counts(NewsKind.SLOT, Origin.OWN)
    assert not news.counts(NewsKind.BRIEF, Origin.RELAYED)


def test_a_likely_double_is_pointed_out_while_it_is_typed_and_marked_in_the_list(news, face):
    news.save(GOOD)
    news.typing(replace(GOOD, date="9/10/2025", title="TIN THU NHAT"))
    assert "05/10/2025" in face.twin
    news.save(replace(GOOD, date="9/10/2025", title="Tin thứ nhất"))
    assert face.twins == ["Tin thứ nhất", "Tin thứ nhất"]


def test_every_step_can_be_taken_back_and_done_again(news, face, steps):
    news.save(GOOD)
    news.save(replace(GOOD, id=face.items[0].id, title="Tên mới"))
    news.delete(face.items[0])
    assert face.titles == []
    trail = []
    for step in reversed(steps):
        news.take(step.back)
        trail.append(list(face.titles))
    for step in steps:
        news.take(step)
        trail.append(list(face.titles))
    assert trail == [["Tên mới"], ["Tin thứ nhất"], [], ["Tin thứ nhất"], ["Tên mới"], []]


def test_the_list_is_searched_without_marks(news, face):
    news.save(replace(GOOD, title="Phụ nữ khởi nghiệp"))
    news.save(replace(GOOD, date="6/10/2025", title="Gia đình hạnh phúc"))
    news.search("khoi nghiep")
    assert (face.titles, face.all) == (["Phụ nữ khởi nghiệp"], 2)


def test_a_sealed_quarter_is_closed_until_a_correction_is_opened(news, face, desk):
    for day in (1, 2, 3, 4):
        news.save(replace(GOOD, date=f"{day}/10/2025", title=f"Tin {day}"))
    desk.sealing.seal("nq28_hue", Period("2025-Q4"), desk.ledger.signers())
    news.refresh()
    assert "niêm phong" in face.closed
    news.save(replace(GOOD, title="Muộn"))
    assert "niêm phong" in face.problem[1]
    news.reopen()
    news.save(replace(GOOD, title="Muộn"))
    assert face.closed == ""
    assert "Muộn" in face.titles
