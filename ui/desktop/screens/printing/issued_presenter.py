"""Decides what the list of issued documents shows, and what the clerk may do with each: see it, save it, number it,
hold it against today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from forms.errors import AppError, InputRefused
from forms.program import Program
from forms.publication import Filled, Issue
from forms.services.desk import Desk
from forms.since import Changes
from forms.spec import Form
from ui.desktop import calendar
from ui.desktop.frame import Frame
from ui.desktop.rows import Row, row
from ui.desktop.screens.printing import issued
from ui.desktop.screens.printing.saving import Saving


@dataclass(frozen=True, slots=True)
class Typed:
    """What the clerk typed."""

    number: str
    day: str
    signer: str


class IssuedFace(Protocol):
    def show_list(self, rows: Sequence[Row], chosen: str) -> None:
        """Everything that was issued; `chosen` is the id under the cursor, empty keeps it."""

    def show_paper(self, id: str, title: str, note: str, pdf: bytes) -> None:
        """One of them, exactly as it was frozen."""

    def show_changes(self, id: str, title: str, note: str, rows: Sequence[Row]) -> None:
        """What would be otherwise today."""

    def put_away(self) -> None:
        """The list again."""


class IssuedPresenter:
    def __init__(self, face: IssuedFace, desk: Desk, program: Program, frame: Frame, saving: Saving) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._saving = saving
        self._issues: dict[str, Issue] = {}
        self._open = ""  # the id of the paper that is shown
        self._pdf = b""

    def start(self, chosen: str = "") -> None:
        """The list, at every visit."""
        self._open, self._pdf = "", b""
        self._face.put_away()
        self._list(chosen)

    def issue(self, id: str) -> Issue | None:
        return self._issues.get(id)

    def look_at(self, id: str) -> None:
        """The document as it was frozen, with what the clerk filled in."""
        if id in self._issues:
            self._frame.work(
                "Đang dựng bản đã phát hành", lambda _: self._made(id, "pdf"), lambda pdf: self._show(id, pdf)
            )

    def hold_against_today(self, id: str) -> None:
        """What would be otherwise if it were issued today."""
        if id in self._issues:
            self._frame.work(
                "Đang so với hiện nay",
                lambda _: self._desk.publishing.changes(id),
                lambda found: self._show_changes(id, found),
            )

    def save(self, format: str) -> None:
        """The document that is shown; as PDF the very bytes."""
        id, pdf = self._open, self._pdf
        if not pdf:
            return
        self._saving.save(
            self._name(self._issues[id]),
            format,
            lambda: pdf if format == "pdf" else self._made(id, format),
            lambda file: self._desk.publishing.printed(id, file),
        )

    def writes_over(self, id: str, typed: Typed) -> bool:
        """Whether something would stand in the place of what is there: that asks for a reason."""
        before, now = self._issues[id].filled, _read(typed, forgiving=True)
        return any(
            was and new and was != new
            for was, new in (
                (before.number, now.number),
                (before.issued, now.issued),
                (before.signer, now.signer),
            )
        )

    def fill(self, id: str, typed: Typed, reason: str) -> AppError | None:
        """What stands on the signed paper; what is empty is left as it was. A refusal is said where it was typed."""
        try:
            told, again = _read(typed), self.writes_over(id, typed)
            person = self._desk.ledger.person.name
            self._desk.publishing.fill(id, told, person, again=again, reason=reason)
        except AppError as error:
            return error
        self._list(id)
        self._frame.toast("Đã ghi vào bản phát hành.")
        if id == self._open:
            self.look_at(id)
        return None

    def _list(self, chosen: str) -> None:
        every = self._desk.publishing.every()
        self._issues = {issue.id: issue for issue in every}
        self._face.show_list(issued.issue_rows(every, self._desk.catalogue), chosen)

    def _made(self, id: str, format: str) -> bytes:
        found, package = self._desk.publishing.get(id)
        return self._program.printed(found.document, format, found.issue.filled, package)

    def _show(self, id: str, pdf: bytes) -> None:
        self._open, self._pdf = id, pdf
        issue = self._issues[id]
        note = f"Đúng như khi phát hành, {issued.when(issue)}. {self._programme(issue)}."
        self._face.show_paper(id, calendar.capitalised(issued.called(issue)), note, pdf)

    def _show_changes(self, id: str, found: Changes) -> None:
        self._open, self._pdf = "", b""
        issue = self._issues[id]
        rows = issued.change_rows(found, self._form(issue))
        note = f"Từ {issued.when(issue)} đến nay. {self._programme(issue)}."
        nothing = row("", "Chưa có gì thay đổi từ khi phát hành.")
        self._face.show_changes(id, f"Từ khi phát hành: {issued.called(issue)}", note, rows or (nothing,))

    def _programme(self, issue: Issue) -> str:
        return issued.title_of(issue.key, self._desk.catalogue)

    def _form(self, issue: Issue) -> Form | None:
        key = issue.key
        return self._desk.catalogue.find_form(key.programme, issue.programme_version, key.form)

    def _name(self, issue: Issue) -> str:
        label = issue.key.period.replace("..", "-")
        public = "_cong-khai" if issue.is_public else ""
        number = "".join(letter for letter in issue.filled.number if letter.isalnum() or letter in "-.")
        sign = f"_so-{number}" if number else ""
        unit = self._desk.office.unit.code
        return f"{unit}_{label}_{issue.key.programme}_phat-hanh_{issue.at:%Y%m%d}{public}{sign}"


def _read(typed: Typed, *, forgiving: bool = False) -> Filled:
    """Raises InputRefused DATE_UNREADABLE, unless half a day is forgiven."""
    try:
        day = calendar.read_day(typed.day)
    except InputRefused:
        if not forgiving:
            raise
        day = None
    return Filled(typed.number.strip(), day, typed.signer.strip())
