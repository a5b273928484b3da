"""The texts of the communes' packages, section by section, at the office above."""

from __future__ import annotations

from datetime import date

import pytest

from forms.model.cell import given
from forms.services.unit_narratives import Gathering

from .conftest import Q4
from .test_approval import fill


@pytest.fixture
def gathering(office, catalogue):
    return Gathering(office.ledger.begin, catalogue, office.summaries, office.codec)


@pytest.fixture
def communes(make, units, office):
    """Three of them, trusted."""
    made = []
    for unit in units.children("46", date(2025, 12, 31))[1:4]:
        desk = make(unit.code, unit.full_name, since=unit.valid_from)
        office.trust(desk)
        fill(desk)
        made.append((unit.full_name, desk))
    return made


def write(desk, section: str, text: str) -> None:
    desk.entry.put_narrative(desk.entry.open("nq28_hue", Q4), section, text)


def test_what_communes_wrote_stands_side_by_side_with_its_source(office, communes, gathering):
    (first, a), (second, b), (third, c) = communes
    write(a, "difficulties", "Máy phát thanh xuống cấp.\nThiếu kinh phí.")
    write(b, "difficulties", "Thiếu kinh phí.")
    write(c, "difficulties", "Không có.")
    office.receive(*(desk.seal() for _, desk in communes))
    made = gathering.gather("nq28_hue", Q4).sections["difficulties"]
    told = {one.text: set(one.units) for one in made.paragraphs}
    assert told == {"Máy phát thanh xuống cấp.": {first}, "Thiếu kinh phí.": {first, second}}
    assert made.none == (third,)


def test_live_numbers_arrive_as_numbers(office, communes, gathering):
    write(communes[0][1], "highlights", "Đã có {{news_counted|words}} tin, bài.")
    office.receive(communes[0][1].seal())
    made = gathering.gather("nq28_hue", Q4)
    assert [one.text for one in made.sections["highlights"].paragraphs] == ["Đã có 05 (năm) tin, bài."]
    assert made.sections["difficulties"].silent == (communes[0][0],)


def test_a_correction_stands_in_the_place_of_what_it_corrects(office, communes, gathering):
    name, desk = communes[0]
    write(desk, "highlights", "Bản đầu.")
    office.receive(desk.seal())
    desk.entry.reopen("nq28_hue", Q4)
    write(desk, "highlights", "Bản thay thế.")
    office.receive(desk.seal("Viết lại"))
    made = gathering.gather("nq28_hue", Q4).sections["highlights"]
    assert [(one.text, one.units) for one in made.paragraphs] == [("Bản thay thế.", (name,))]


def test_a_package_that_cannot_be_read_is_named_and_the_others_are_there(office, communes, gathering):
    write(communes[0][1], "highlights", "Đều đặn.")
    packages = [desk.seal() for _, desk in communes[:2]]
    office.receive(*packages)
    office.codec.forget(packages[1])
    made = gathering.gather("nq28_hue", Q4)
    assert made.unread == (communes[1][0],)
    assert made.sections["highlights"].told == 1


def test_progress_is_told(office, communes, gathering):
    office.receive(communes[0][1].seal())
    seen: list[tuple[int, int]] = []
    gathering.gather("nq28_hue", Q4, lambda done, total: seen.append((done, total)))
    assert seen == [(0, 1), (1, 1)]


def test_before_anybody_has_sent_there_is_nothing(gathering):
    assert gathering.gather("nq28_hue", Q4).sections["highlights"].paragraphs == ()


def test_figures_are_no_part_of_it(office, communes, gathering):
    """A report without a word."""
    report = communes[0][1].entry.open("nq28_hue", Q4)
    communes[0][1].entry.put_cell(report, "news_airings", given(12))
    office.receive(communes[0][1].seal())
    assert gathering.gather("nq28_hue", Q4).sections["highlights"].silent == (communes[0][0],)
