"""Decides what the screen of programmes shows and does: which are followed, and what an office may do with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from forms.errors import AppError
from forms.pack import Pack, PackState
from forms.pack_edits import NewPack
from forms.periods import Basis
from forms.program import Program
from forms.services.desk import Desk
from ui.desktop.frame import Frame
from ui.desktop.rows import Row
from ui.desktop.screens.programmes.words import Shown, facts, programme_row, unsure


@dataclass(frozen=True, slots=True)
class Chosen:
    """The programme under the cursor. `advice` says why something cannot be done, or what comes next."""

    title: str
    facts: tuple[tuple[str, str], ...]
    unsure: str
    followed: bool
    basis: Basis
    is_draft: bool
    can_copy: bool
    can_continue: bool
    can_supply: bool
    advice: str


class ProgrammesFace(Protocol):
    def show_programmes(self, rows: Sequence[Row], chosen: str) -> None:
        """`chosen` is the id of the row to stand on, or empty."""

    def show_chosen(self, chosen: Chosen | None) -> None: ...
    def show_problem(self, words: str) -> None: ...
    def edit(self, pack: Pack) -> None:
        """Open a draft to be changed."""


class ProgrammesPresenter:
    def __init__(self, face: ProgrammesFace, desk: Desk, program: Program, frame: Frame) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._shown: dict[str, Shown] = {}
        self._chosen, self._was_shown = "", False

    def start(self, wanted: str = "") -> None:
        """At every visit; `wanted` is a programme's id, or a row's."""
        self._shown = {one.id: one for one in self._all()}
        names = [id for id, one in self._shown.items() if wanted and wanted in (id, one.programme.id)]
        if names or not self._was_shown:
            self._chosen = next(iter((*names, *self._shown)), "")
        elif self._chosen not in self._shown:
            self._chosen = ""  # gone: none takes its place
        self._was_shown = True
        self._face.show_programmes([programme_row(one) for one in self._shown.values()], self._chosen)
        self.choose(self._chosen)

    def choose(self, id: str) -> None:
        self._chosen = id
        self._face.show_problem("")
        found = self._shown.get(id)
        self._face.show_chosen(self._told(found) if found else None)

    def follow(self, on: bool) -> None:
        """Report on the chosen programme from now on, or no more."""
        found = self._shown.get(self._chosen)
        if found is None or found.is_draft:
            return
        id = found.programme.id
        others = [programme.id for programme in self._desk.programmes.followed() if programme.id != id]
        try:
            self._desk.programmes.follow([*others, id] if on else others)
        except AppError as error:
            self.choose(self._chosen)
            self._face.show_problem(error.message)
            return
        self.start()
        told = "Từ nay đơn vị báo cáo theo" if on else "Đơn vị không báo cáo nữa theo"
        self._frame.toast(f"{told} {found.programme.short_title}.")

    def set_basis(self, basis: Basis) -> None:
        """Which windows the reports of the chosen programme have, of those begun from now on."""
        found = self._shown.get(self._chosen)
        if found is None or basis is found.basis:
            return
        self._desk.programmes.set_basis(found.programme.id, basis)
        self.start()
        self._frame.toast(f"Báo cáo {found.programme.short_title} lập từ nay dùng kỳ mới; báo cáo đã lập giữ nguyên.")

    def proposed(self) -> NewPack:
        """What a copy of the chosen programme might be called."""
        programme = self._shown[self._chosen].programme
        office = self._desk.office
        return NewPack(
            f"{programme.id}_{office.unit.code}".lower().replace("-", "_").replace(".", "_")[:40],
            programme.title,
            programme.short_title,
            "",
            office.name,
            office.unit.code,
        )

    def copy(self, new: NewPack) -> AppError | None:
        """A draft of one's own, opened at once. A refusal is returned, for the dialog to show beside its field."""
        found = self._shown[self._chosen].programme
        try:
            pack = self._desk.drafting.copy(self._desk.programmes.files(found.id, found.version), new)
        except AppError as error:
            return error
        self._face.edit(pack)
        return None

    def next_version(self) -> None:
        try:
            pack = self._desk.drafting.next_version(self._shown[self._chosen].programme.id)
        except AppError as error:
            self._frame.ask.refused(error)
        else:
            self._face.edit(pack)

    def open(self, id: str) -> None:
        """A draft is opened; the others are only looked at."""
        found = self._shown.get(id)
        pack = self._desk.drafting.draft(found.programme.id, found.programme.version) if found else None
        if pack:
            self._face.edit(pack)

    def chosen_pack(self) -> Pack:
        """Of the chosen programme, to be handed down."""
        programme = self._shown[self._chosen].programme
        return self._desk.programmes.files(programme.id, programme.version)

    def _all(self) -> list[Shown]:
        """Those followed first, the drafts last."""
        programmes = self._desk.programmes
        packs = programmes.packs()
        states = {(pack.id, pack.version): pack.state for pack in packs}
        followed = [programme.id for programme in programmes.followed()]
        newest = sorted(self._desk.catalogue.newest, key=lambda one: one.id not in followed)
        known = [
            Shown(
                one,
                states.get((one.id, one.version)),
                one.id in followed,
                programmes.basis(one.id),
                tuple(sorted(p.version for p in self._desk.catalogue.programmes if p.id == one.id)),
            )
            for one in newest
        ]
        return known + [Shown(pack.programme(), PackState.DRAFT) for pack in packs if pack.state is PackState.DRAFT]

    def _told(self, shown: Shown) -> Chosen:
        issues = self._desk.office.collates and not shown.is_draft
        own = issues and self._desk.drafting.is_own(shown.programme.id)
        return Chosen(
            shown.programme.title,
            facts(shown),
            unsure(shown.programme),
            shown.followed,
            shown.basis,
            shown.is_draft,
            can_copy=issues,
            can_continue=own,
            can_supply=issues,
            advice=_advice(shown, issues, own),
        )


def _advice(shown: Shown, issues: bool, own: bool) -> str:
    if shown.is_draft:
        return "Bản soạn chưa dùng để báo cáo. Sửa xong thì phát hành; đã phát hành thì không sửa được nữa."
    if own:
        return "Bản đã phát hành không đổi nữa. Muốn sửa: soạn phiên bản tiếp theo, phát hành rồi cấp lại."
    if issues:
        return "Bản này do nơi khác phát hành nên không sửa được. Muốn sửa mốc, hạn gửi, câu chữ: chép thành chương trình riêng."
    return ""
