"""How the screen of programmes calls things. No Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from forms.indicator import Indicator
from forms.pack import Pack, PackState
from forms.pack_changes import Change
from forms.periods import Basis
from forms.programme import Programme
from forms.verification import unverified
from ui.desktop.rows import Column, Item, Row, row

COLUMNS = (
    Column("Theo dõi", 84),
    Column("Chương trình"),
    Column("Phiên bản", 84, "right"),
    Column("Chưa đối chiếu", 84, "right"),
    Column("Từ đâu", 150),
)
CHANGE_COLUMNS = (Column("Ở đâu", 400), Column("Trước", 250), Column("Sau"))
BASIS_TITLES = {
    Basis.CALENDAR: "Theo lịch (từ ngày 01)",
    Basis.ND09: "Từ ngày 15 đến ngày 14 (NĐ 09/2019)",
}
ORIGIN_TITLES = {
    None: "kèm phần mềm",
    PackState.RELEASED: "đơn vị phát hành",
    PackState.RECEIVED: "cấp trên cấp",
    PackState.DRAFT: "đang soạn",
}
_SHOWN = 40  # numbers of the plan that are listed as not verified


@dataclass(frozen=True, slots=True)
class Shown:
    """A programme in its newest version, or a draft. `state` None: it came with the program."""

    programme: Programme
    state: PackState | None
    followed: bool = False
    basis: Basis = Basis.CALENDAR
    versions: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.programme.id}.v{self.programme.version}"

    @property
    def is_draft(self) -> bool:
        return self.state is PackState.DRAFT


def programme_row(shown: Shown) -> Row:
    followed = Item("Có", "good", "done") if shown.followed else Item("")
    origin = Item(
        ORIGIN_TITLES[shown.state], "warning" if shown.is_draft else "muted", "entry" if shown.is_draft else ""
    )
    count = len(unverified(shown.programme))
    doubt = Item(str(count), "warning") if count else Item("0", "muted")
    return row(
        shown.id,
        followed,
        shown.programme.short_title,
        str(shown.programme.version),
        doubt,
        origin,
        note=shown.programme.title,
    )


def facts(shown: Shown) -> tuple[tuple[str, str], ...]:
    """What is told of a programme, name by name; nothing where nothing is known."""
    programme = shown.programme
    told = (
        ("Mã", programme.id),
        ("Văn bản", programme.document or "chưa ghi"),
        ("Nơi ban hành", programme.issuer),
        ("Giai đoạn", f"{programme.first_year}–{programme.last_year}"),
        ("Phiên bản", _versions(shown)),
        ("Nội dung", _content(programme)),
        ("Hạn gửi", "; ".join(f"{d.words}, gửi {d.receiver}" for d in programme.deadlines) or "nơi nhận đặt"),
        ("Nguồn", programme.source),
    )
    return tuple(pair for pair in told if pair[1])


def unsure(programme: Programme) -> str:
    """What was not held against the original, by the numbers of the plan."""
    found = unverified(programme)
    if not found:
        return "Mọi nội dung đã đối chiếu với văn bản gốc."
    rest = f" và {len(found) - _SHOWN} mục nữa" if len(found) > _SHOWN else ""
    return f"Chưa đối chiếu với văn bản gốc ({len(found)}): {', '.join(found[:_SHOWN])}{rest}."


def change_rows(changes: Sequence[Change]) -> list[Row]:
    """One line for each; the id is the field's."""
    return [
        row(change.field, change.where, Item(change.old or "(không có)", "muted"), change.new or "(bỏ)")
        for change in changes
    ]


def pack_words(pack: Pack) -> str:
    return f"{pack.programme().title} (phiên bản {pack.version})"


def _versions(shown: Shown) -> str:
    older = ", ".join(str(version) for version in shown.versions if version != shown.programme.version)
    before = f" (trước đó: {older})" if older else ""
    return f"{shown.programme.version}{before}"


def _content(programme: Programme) -> str:
    rows = [row for form in programme.forms for section in form.sections for row in section.rows]
    tasks = sum(len(form.tasks) for form in programme.forms)
    indicators = sum(isinstance(one, Indicator) for one in rows)
    counts = {
        "biểu": len(programme.forms),
        "chỉ tiêu": indicators,
        "số liệu gốc": len(rows) - indicators,
        "nhiệm vụ": tasks,
    }
    return ", ".join(f"{number} {word}" for word, number in counts.items() if number)
