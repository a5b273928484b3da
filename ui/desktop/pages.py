"""The screens of the rail, in its order. A screen is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.screens.approval.view import ApprovalView
from ui.desktop.screens.entry.view import EntryView
from ui.desktop.screens.home.view import HomeView
from ui.desktop.screens.news.view import NewsView
from ui.desktop.screens.packages.view import PackagesView
from ui.desktop.screens.printing.view import PrintingView
from ui.desktop.screens.programmes.view import ProgrammesView
from ui.desktop.screens.receiving.view import ReceivingView
from ui.desktop.screens.settings.view import SettingsView
from ui.desktop.screens.texts.view import TextsView
from ui.desktop.widgets.screen import Screen

EVERYBODY, REPORTERS, COLLATORS = (False, True), (False,), (True,)


@dataclass(frozen=True)
class Page:
    """One row of the rail. `icon` names a file of resources/icons; `seen_by` says whether offices that
    only report (False) or that sum up (True) see it; `for_two`: only those where a head approves; `follows`: it shows
    the report that is being worked on."""

    id: str
    title: str
    icon: str
    seen_by: tuple[bool, ...]
    make: Callable[[Desk, Program, Frame], Screen]
    for_two: bool = False
    follows: bool = True


PAGES = (
    Page("home", "Trang chủ", "home", EVERYBODY, HomeView, follows=False),
    Page("news", "Tin, bài", "news", REPORTERS, NewsView),
    Page("entry", "Nhập số liệu", "entry", EVERYBODY, EntryView),
    Page("texts", "Lời văn, nhiệm vụ", "texts", EVERYBODY, TextsView),
    Page("approval", "Duyệt", "approve", EVERYBODY, ApprovalView, for_two=True),
    Page("packages", "Gói báo cáo", "package", EVERYBODY, PackagesView),
    Page("receiving", "Tổng hợp", "sum", COLLATORS, ReceivingView),
    Page("printing", "Báo cáo in", "print", EVERYBODY, PrintingView),
    Page("programmes", "Chương trình", "programme", EVERYBODY, ProgrammesView, follows=False),
    Page("settings", "Cài đặt", "settings", EVERYBODY, SettingsView, follows=False),
)


def pages_for(collates: bool, has_head: bool = True) -> tuple[Page, ...]:
    return tuple(page for page in PAGES if collates in page.seen_by and (has_head or not page.for_two))
