"""Duyệt: what waits, exactly what changed, and who may do what with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import PersonRole
from forms.model.period import Period
from forms.model.report import ReportState
from tests.fakes import person
from tests.ui.desktop.parts import PASSWORD, FakeFrame, FakeProgram, Shown, desk_of
from ui.desktop import theme
from ui.desktop.approval.presenter import ApprovalPresenter, AvailableAction, ReadGroup, ReadLine
from ui.desktop.approval.view import as_html
from ui.desktop.ledger_view import pages_for
from ui.desktop.shell import Location

Q4 = Period("2025-Q4")
PLACE = str(Location("nq28_hue", Q4))


class Room:
    """A commune with a preparer and a head, and the page in front of whoever is signed in."""

    def __init__(self) -> None:
        self.program, self.face, self.frame = FakeProgram(), Shown(), FakeFrame()
        self.desk = desk_of(self.program)
        self.preparer, self.head = (signer.person for signer in self.desk.ledger.signers())
        self.sit(self.preparer)

    def sit(self, who) -> None:
        self.desk.ledger.switch(who.keyid, PASSWORD)
        self.screen = ApprovalPresenter(self.face, self.desk, self.frame)
        self.screen.start()

    def news(self, *days: int) -> None:
        for day in days:
            item = NewsItem("", date(2025, 10, day), f"Tin ngày {day}", NewsKind.BRIEF, ("loudspeaker",))
            self.desk.news.save(item)

    def hand_over(self) -> None:
        self.screen.start()
        self.screen.hand_over(self.head.keyid, "")

    @property
    def report(self):
        return self.desk.entry.open("nq28_hue", Q4)

    def lines(self, title: str) -> list[ReadLine]:
        return [line for group in self.face.shown.groups if group.title.startswith(title) for line in group.lines]


@pytest.fixture
def room():
    made = Room()
    made.news(3, 9, 20, 25)
    made.screen.start()
    return made


@pytest.fixture
def waiting(room):
    """The quarter waits, and the head sits there."""
    room.hand_over()
    room.sit(room.head)
    return room


def test_what_is_ready_may_be_handed_over(room):
    assert room.face.chosen == PLACE
    assert room.face.rows[0].items[0].text.endswith("Sẵn sàng chuyển duyệt")
    assert room.face.shown.stance is AvailableAction.HAND_OVER
    assert room.face.shown.heads == ((room.head.name, room.head.keyid),)
    room.screen.hand_over(room.head.keyid, "")
    assert room.report.state is ReportState.CHECKED
    assert room.face.shown.stance is AvailableAction.TAKE_BACK
    assert room.frame.said == [f"Đã chuyển {room.head.name} duyệt. Ctrl+Shift+K để đổi người dùng."]


def test_what_is_not_ready_is_not_listed():
    room = Room()
    room.news(3)
    room.screen.start()
    assert (room.face.rows, room.face.shown) == ((), None)


def test_the_head_sees_who_handed_over_when_and_how_whole_it_is(waiting):
    shown = waiting.face.shown
    assert shown.stance is AvailableAction.APPROVE
    assert "Người P19804 chuyển Người H19804 lúc 10:32 ngày 31/12/2025." in shown.note
    assert [words for words, _ in shown.pills] == ["Đã điền 6/6 mục", "4 tin, bài", "Không có cảnh báo"]


def test_of_a_first_report_everything_is_told_in_few_lines(waiting):
    assert not any(group.compares for group in waiting.face.shown.groups)
    assert waiting.lines("Số liệu")[0].new == "4"
    assert [line.title for line in waiting.lines("Tin, bài")] == [f"Tin ngày {day}" for day in (3, 9, 20, 25)]


def test_the_bytes_approved_are_the_bytes_that_were_handed_over(waiting):
    (pending,) = waiting.desk.ledger.state.pending.values()
    waiting.screen.approve()
    (*_, sealed) = waiting.desk.ledger.state.sent[-1]
    assert sealed.raw == pending.prepared.to_sign, "the fake package is the token that was signed"
    assert waiting.report.state is ReportState.SEALED
    assert waiting.frame.ask.asked == ["Duyệt và niêm phong báo cáo quý IV năm 2025?"]
    assert waiting.frame.gone == [("packages", PLACE)]


def test_without_a_yes_nothing_is_sealed(waiting):
    waiting.frame.ask.yes = False
    waiting.screen.approve()
    assert waiting.report.state is ReportState.CHECKED


def test_a_report_is_given_back_with_what_is_to_be_put_right(waiting):
    waiting.screen.give_back("  ")
    assert waiting.face.problem
    assert waiting.report.state is ReportState.CHECKED
    waiting.screen.give_back("Thiếu tin của tháng 12")
    assert waiting.report.state is ReportState.DRAFT
    assert waiting.face.shown is None
    waiting.sit(waiting.preparer)
    assert "cần sửa: Thiếu tin của tháng 12" in waiting.face.shown.note


def test_the_preparer_may_take_it_back_and_goes_on_with_it(room):
    room.hand_over()
    room.screen.take_back()
    assert room.report.state is ReportState.DRAFT
    assert room.frame.gone == [("entry", PLACE)]


def test_a_report_for_another_head_is_only_looked_at(waiting):
    other = person("khác", PersonRole.HEAD)
    waiting.desk.ledger.state.people = (*waiting.desk.ledger.state.people, other)
    waiting.sit(other)
    assert waiting.face.shown.stance is AvailableAction.LOOK
    waiting.screen.approve()
    assert waiting.frame.ask.asked[-1] == "HEAD_OTHER"
    assert waiting.report.state is ReportState.CHECKED


def test_what_was_taken_back_meanwhile_is_refused_and_the_list_is_drawn_anew(waiting):
    waiting.desk.approval.take_back("nq28_hue", Q4)
    waiting.screen.approve()
    assert waiting.frame.ask.asked[-1] == "NOT_HANDED_OVER"
    assert waiting.face.rows == ()


@pytest.fixture
def corrected(waiting):
    """The quarter was sealed; a correction with a changed item, a new one, one gone and another text waits."""
    report = waiting.report
    waiting.screen.approve()
    waiting.sit(waiting.preparer)
    waiting.desk.entry.reopen("nq28_hue", Q4)
    first, second, *_ = waiting.desk.news.list(Q4)
    waiting.desk.news.save(replace(first, airings=3))
    waiting.desk.news.delete(second)
    waiting.news(28)
    waiting.desk.entry.put_narrative(waiting.report, report.form.narratives[0].id, "Đã mở bốn lớp.")
    waiting.screen.start()
    return waiting


def test_of_a_correction_exactly_what_differs_is_told(corrected):
    assert corrected.face.shown.asks_reason
    (airings,) = corrected.lines("Số liệu")
    assert (airings.old, airings.new) == ("4", "6")
    told = {
        line.title: (line.old, line.new, [piece.fate.value for piece in line.prose]) for line in corrected.lines("Tin")
    }
    assert told == {
        "Tin ngày 3": ("03/10/2025, 1 lượt, được tính", "03/10/2025, 3 lượt, được tính", []),
        "Tin ngày 9": ("", "", ["gone"]),
        "Tin ngày 28": ("", "", ["new"]),
    }
    (text,) = corrected.lines("Lời văn")
    assert (text.spot, [piece.text for piece in text.prose]) == ("text:highlights", ["Đã mở bốn lớp."])


def test_the_reason_of_a_correction_stands_beside_its_cells(corrected):
    corrected.screen.hand_over(corrected.head.keyid, "Phát lại hai lần")
    corrected.sit(corrected.head)
    corrected.screen.approve()
    (*_, sealed) = corrected.desk.ledger.state.sent[-1]
    opened = corrected.program.codec.read(sealed.raw, None)
    assert {change.reason for change in opened.payload["report"].changes} == {"Phát lại hai lần"}


def test_a_warning_is_shown_with_its_reason_and_not_by_its_name():
    room = Room()
    room.news(3, 9)
    room.desk.entry.explain(room.report, "enough_news", "Mất điện dài ngày")
    room.screen.start()
    (line,) = room.lines("Cảnh báo")
    assert line.title.startswith("Chưa đủ 04 tin, bài")
    assert line.new == "Mất điện dài ngày"
    assert room.lines("Lý do") == []


def test_what_waits_for_this_head_stands_first_and_after_approving_the_next_is_shown(waiting):
    waiting.sit(waiting.preparer)
    third = Period("2025-Q3")
    for day in (1, 2, 3, 4):
        waiting.desk.news.save(NewsItem("", date(2025, 8, day), f"Tin tháng tám {day}", NewsKind.BRIEF, ("website",)))
    waiting.screen.start(str(Location("nq28_hue", third)))
    waiting.screen.hand_over(waiting.head.keyid, "")
    waiting.sit(waiting.head)
    assert len(waiting.face.rows) == 2
    waiting.screen.choose(PLACE)
    waiting.screen.approve()
    assert waiting.face.chosen == str(Location("nq28_hue", third))
    assert waiting.frame.gone == []


def test_the_printed_report_and_a_place_in_the_form_are_one_key_away(waiting):
    waiting.screen.print()
    waiting.screen.go_to("news_counted")
    waiting.screen.go_to("text:highlights")
    assert waiting.frame.gone == [
        ("printing", PLACE),
        ("entry", f"{PLACE}news_counted"),
        ("texts", f"{PLACE}text:highlights"),
    ]


def test_an_office_of_one_never_sees_the_page():
    assert "approval" in {page.id for page in pages_for(collates=False)}
    assert "approval" not in {page.id for page in pages_for(collates=False, has_head=False)}


def test_what_somebody_typed_is_no_markup():
    line = ReadLine("<b>a</b>", "<i>", "&amp;", '"><script>')
    html = as_html([ReadGroup("<h1>", (line,), compares=True)], theme.LIGHT)
    assert "<b>a" not in html
    assert "<script>" not in html
    assert "&lt;i&gt;" in html
    assert "&amp;amp;" in html
