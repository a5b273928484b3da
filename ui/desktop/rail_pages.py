"""The screens of the rail, in its order. A screen is added here and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from forms.all_services import Services
from forms.application import Application
from ui.desktop.approval.view import ApprovalView
from ui.desktop.entry.view import EntryView
from ui.desktop.home.view import HomeView
from ui.desktop.news.view import NewsView
from ui.desktop.packages.view import PackagesView
from ui.desktop.printing.view import PrintingView
from ui.desktop.programmes.view import ProgrammesView
from ui.desktop.receiving.view import ReceivingView
from ui.desktop.settings.view import SettingsView
from ui.desktop.shell import Shell
from ui.desktop.texts.view import TextsView
from ui.desktop.widgets.screen import Screen

EVERYBODY, REPORTERS, COLLATORS = (False, True), (False,), (True,)


@dataclass(frozen=True)
class RailRow:
    """One row of the rail. `icon` names a file of resources/icons; `seen_by` says whether offices that
    only report (False) or that sum up (True) see it; `for_two`: only those where a head approves; `follows`: it shows
    the report that is being worked on."""

    id: str
    title: str
    icon: str
    seen_by: tuple[bool, ...]
    make: Callable[[Services, Application, Shell], Screen]
    for_two: bool = False
    follows: bool = True


PAGES = (
    RailRow("home", "Trang chủ", "home", EVERYBODY, HomeView, follows=False),
    RailRow("news", "Tin, bài", "news", REPORTERS, NewsView),
    RailRow("entry", "Nhập số liệu", "entry", EVERYBODY, EntryView),
    RailRow("texts", "Lời văn, nhiệm vụ", "texts", EVERYBODY, TextsView),
    RailRow("approval", "Duyệt", "approve", EVERYBODY, ApprovalView, for_two=True),
    RailRow("packages", "Gói báo cáo", "package", EVERYBODY, PackagesView),
    RailRow("receiving", "Tổng hợp", "sum", COLLATORS, ReceivingView),
    RailRow("printing", "Báo cáo in", "print", EVERYBODY, PrintingView),
    RailRow("programmes", "Chương trình", "programme", EVERYBODY, ProgrammesView, follows=False),
    RailRow("settings", "Cài đặt", "settings", EVERYBODY, SettingsView, follows=False),
)


def pages_for(collates: bool, has_head: bool = True) -> tuple[RailRow, ...]:
    return tuple(page for page in PAGES if collates in page.seen_by and (has_head or not page.for_two))
