"""Decides the taking of a supply file: what it holds, what would be new, and what to do when its key is unknown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from forms.errors import AppError
from forms.pack import Pack, SupplyOpened
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Item, Row, heading, row
from ui.desktop.screens.programmes.supplying import SUPPLY_FILES
from ui.desktop.screens.programmes.words import Shown, change_rows, facts, pack_words, unsure

_TRUST = (
    "1. Xin nơi cấp tệp đăng ký khóa (.bdk) của thủ trưởng và phiếu giấy có 30 chữ số, chữ ký, con dấu.\n"
    "2. Đăng ký khóa ở {where}: chọn tệp .bdk, gõ 30 chữ số từ phiếu giấy.\n"
    "3. Nhận lại tệp cấp phát này."
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A supply file before it is taken. `can_take`: something in it is new; `can_follow`: of a
    programme that is not followed yet."""

    issuer: str
    words: str
    rows: tuple[Row, ...]
    can_take: bool
    can_follow: bool


class OfferFace(Protocol):
    def show_offer(self, offer: Offer | None) -> None: ...
    def show_unknown_key(self, words: str) -> None:
        """The file's key is not enrolled: what to do, instead of the offer; empty when that is over."""


class OfferPresenter:
    def __init__(self, face: OfferFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._data = b""

    def choose_file(self) -> None:
        self.open(self._frame.ask.open_files("Chọn tệp cấp phát", SUPPLY_FILES)[:1])

    def open(self, paths: Sequence[Path]) -> None:
        """Look into the first of these files."""
        if not paths:
            return
        self.give_up()
        try:
            file = self._program.read_files(paths[:1])[0]
            if file.problem:
                raise file.problem
            seen = self._desk.programmes.look(file.data)
        except AppError as error:
            self._refused(error)
            return
        self._data = file.data
        self._face.show_offer(self._offer(seen))

    def take(self, follow: bool) -> None:
        """Into the ledger; the screens are made anew, so that they all know it."""
        try:
            handed = self._desk.programmes.take(self._data, follow=follow)
        except AppError as error:
            self._frame.ask.refused(error)
            return
        new = [one.programme for one in handed if one.new]
        self.give_up()
        self._frame.toast(f"Đã nhận {', '.join(f'{one.short_title} v{one.version}' for one in new)}.")
        self._frame.reopen("programmes", new[0].id if new else "")

    def give_up(self) -> None:
        self._data = b""
        self._face.show_offer(None)
        self._face.show_unknown_key("")

    def _refused(self, error: AppError) -> None:
        if error.code != "KEY_UNKNOWN":
            self._frame.ask.refused(error)
            return
        where = "Tổng hợp › Sổ khóa" if self._desk.office.collates else "trang Sổ khóa ở ngay đây"
        self._face.show_unknown_key(_TRUST.format(where=where))

    def _offer(self, seen: SupplyOpened) -> Offer:
        known = set(self._desk.catalogue.keys)
        followed = {programme.id for programme in self._desk.programmes.followed()}
        rows: list[Row] = []
        new = [pack for pack in seen.packs if (pack.id, pack.version) not in known]
        for pack in seen.packs:
            rows.append(heading(f"{pack_words(pack)} – {'mới' if pack in new else 'đã có, không đổi'}"))
            if pack in new and not any(id == pack.id for id, _ in known):
                rows += _first(pack)
                continue
            changes = change_rows(self._desk.programmes.changes_in(pack)) if pack in new else []
            same = "Không đổi mục nào so với phiên bản trước." if pack in new else "Đã nhận trước đây."
            rows += changes or [row(pack.folder, Item(same, "muted"), "", "")]
        words = (
            f"{seen.person} niêm phong. Phiên bản đã có trong sổ giữ nguyên; báo cáo đã lập vẫn theo phiên bản của nó."
        )
        return Offer(seen.issuer_name, words, tuple(rows), bool(new), bool({p.id for p in new} - followed))


def _first(pack: Pack) -> Iterator[Row]:
    """A programme that is not known here at all: what it is."""
    programme = pack.programme()
    told = (*facts(Shown(programme, pack.state)), ("Đối chiếu", unsure(programme)))
    yield from (row(f"{pack.folder}/{name}", name, "", words) for name, words in told)
