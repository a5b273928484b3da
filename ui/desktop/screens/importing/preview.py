"""What a workbook would change, in rows: what is wrong in it first, then every change, old text and what else is said. No Qt."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forms.comparison import KIND_TITLES, Difference, Kind
from forms.day_column import RealDays
from forms.legacy_text import ENCODING_TITLES, Conversion
from forms.reading import Remark
from forms.services.workbooks import Given
from ui.desktop.figures import counted
from ui.desktop.rows import Column, Item, Row, heading, row

COLUMNS = (Column("Trong bảng tính", 160), Column("Nội dung"), Column("Đang có", 170), Column("Sẽ thành", 270))
MOST = 300  # rows of a group that anybody would read
_NOTHING = Item("trống", "muted")


@dataclass(frozen=True)
class Look:
    """A workbook that was read, and what taking it would change. `labels` of the form's cells, by the cell's name."""

    given: Given
    changes: tuple[Difference, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    @property
    def items(self) -> tuple[Difference, ...]:
        """Of the changes those of the news ledger."""
        return tuple(one for one in self.changes if one.kind is Kind.NEWS)

    @property
    def counted(self) -> tuple[Difference, ...]:
        """Figures that nobody typed: they follow from the items."""
        places = self.given.reading.places
        follows = bool(self.items)
        return tuple(one for one in self.changes if follows and one.kind is Kind.CELL and one.where not in places)

    @property
    def told(self) -> tuple[Difference, ...]:
        """What the file itself says, beside its items."""
        others = {*self.items, *self.counted}
        return tuple(one for one in self.changes if one not in others)

    @property
    def can_take(self) -> bool:
        return bool(self.changes) and not self.given.reading.problems and not self.given.waiting


@dataclass(frozen=True)
class Preview:
    """`is_mapped`: somebody said how the workbook is read. `offer`: what is asked about old text, empty where there is none.
    `days`: how the days of a column with two readings are read; None where no column has two. `problems`: for the
    clipboard, a line for each."""

    words: str
    advice: str
    rows: tuple[Row, ...]
    can_take: bool
    is_mapped: bool = False
    offer: str = ""
    agreed: bool = False
    days: RealDays | None = None
    problems: str = ""


def preview(look: Look, *, is_mapped: bool = False, days: RealDays = RealDays.ASK) -> Preview:
    reading, conversions = look.given.reading, look.given.conversions
    titles = {where: look.labels[name] for name, where in reading.places.items() if name in look.labels}
    old_text = [_conversion(n, one, agreed=look.given.agreed) for n, one in enumerate(conversions)]
    groups = [
        ("Chưa nhập được", [_problem(n, one, titles.get(one.where, "")) for n, one in enumerate(reading.problems)]),
        ("Sẽ thay đổi", _changes(look, look.told)),
        ("Tin, bài", _changes(look, look.items)),
        ("Số đếm theo danh mục tin, bài", _changes(look, look.counted)),
        ("Lưu ý", [_note(n, one) for n, one in enumerate(reading.notes)]),
    ]
    groups.insert(0 if look.given.waiting else 4, ("Chữ kiểu cũ", old_text))  # what is asked about stands first
    rows = tuple(line for title, found in groups for line in _group(title, found))
    return Preview(
        _words(look),
        _advice(look, is_mapped=is_mapped),
        rows,
        look.can_take,
        is_mapped,
        _offer(conversions),
        look.given.agreed,
        days if reading.asks_days else None,
        "\n".join(_told(one, titles.get(one.where, "")) for one in reading.problems),
    )


def _words(look: Look) -> str:
    problems, items = len(look.given.reading.problems), look.items
    parts = [f"{counted(len(look.told))} chỗ"] * bool(look.told) + [f"{counted(len(items))} tin, bài"] * bool(items)
    verb = "sẽ vào sổ" if items and not look.told and not any(one.old for one in items) else "sẽ thay đổi"
    said = f"{' và '.join(parts)} {verb}" if look.changes else "Không có gì khác với sổ"
    if not problems:
        return said
    wrong = f"{counted(problems)} chỗ chưa nhập được"
    return f"{wrong} · {said}" if look.changes else wrong


def _advice(look: Look, *, is_mapped: bool) -> str:
    if look.given.waiting:
        return "Chưa ghi gì. Trong tệp có chữ kiểu cũ: xem kết quả chuyển, đúng thì đánh dấu ô đồng ý ở dưới."
    if any(one.code == "DATE_MIXED" for one in look.given.reading.problems) and is_mapped:
        return (
            "Chưa ghi gì. Cột ngày hiểu được hai cách: xem cả hai, chọn cách đọc ở dưới, hoặc gõ lại cột trong Excel."
        )
    if look.given.reading.problems:
        otherwise = ", hoặc sửa bảng đối chiếu" if is_mapped else ""
        return (
            f"Chưa ghi gì. Sửa các chỗ này trong Excel, cất tệp, rồi bấm “Đọc lại tệp”{otherwise}. "
            "Một chỗ sai thì cả tệp chưa nhập."
        )
    if not look.changes:
        return "Mọi thứ trong tệp đã có trong sổ."
    gone = sum(not one.new for one in look.changes)
    lost = f" Chú ý: {counted(gone)} chỗ đang có sẽ bị xóa, vì trong tệp không còn." if gone else ""
    return f"Chưa ghi gì. Xem từng chỗ; đúng thì nhập, tất cả vào sổ trong một lần.{lost}"


def _offer(conversions: Sequence[Conversion]) -> str:
    sure = [one for one in conversions if not one.doubtful]
    return f"Chuyển {counted(len(sure))} ô chữ {ENCODING_TITLES[sure[0].encoding]} sang Unicode" if sure else ""


def _group(title: str, found: Sequence[Row]) -> Iterator[Row]:
    if found:
        yield heading(f"{title} ({counted(len(found))})")
        yield from found[:MOST]
    if len(found) > MOST:
        yield row(f"{title}…", "", Item(f"… và {counted(len(found) - MOST)} chỗ nữa", "muted"))


def _problem(number: int, one: Remark, title: str) -> Row:
    """`title` of the form's cell that is filled there, if it is one."""
    words = f"{title}\n{one.message}" if title and title not in one.message else one.message
    return row(f"problem:{number}", Item(one.where or "cả tệp", "error", "error"), words, note=_told(one, title))


def _told(one: Remark, title: str) -> str:
    """For somebody who has not the window before him."""
    called = f" ({title})" if title and title not in one.message else ""
    return f"{one.where or 'Cả tệp'}{called}: {one.message}"


def _changes(look: Look, changes: Sequence[Difference]) -> list[Row]:
    places = look.given.reading.places
    return [_change(one, places.get(one.where, "")) for one in changes]


def _change(one: Difference, where: str) -> Row:
    title = one.title if one.kind in (Kind.CELL, Kind.NEWS) else f"{KIND_TITLES[one.kind]}: {one.title}"
    new = Item(short(one.new), "accent") if one.new else Item("xóa", "warning", "warning")
    old = Item(short(one.old)) if one.old else _NOTHING
    told = f"{title}\n{one.old or 'trống'} → {one.new or 'trống'}"
    return row(f"{one.kind}:{one.where}", Item(where, "muted"), short(title), old, new, note=told)


def _conversion(number: int, one: Conversion, *, agreed: bool) -> Row:
    said = "đọc được hai cách: giữ nguyên" if one.doubtful else ENCODING_TITLES[one.encoding]
    tone = "muted" if one.doubtful else "good" if agreed else "warning"
    told = f"{one.before} → {one.after}"
    after = Item("giữ nguyên", "muted") if one.doubtful else Item(short(one.after), tone)
    return row(f"text:{number}", Item(one.where, "muted"), said, short(one.before), after, note=told)


def _note(number: int, one: Remark) -> Row:
    return row(f"note:{number}", Item(one.where, "muted", "hint"), one.message, note=one.message)


def short(text: str, most: int = 72) -> str:
    """In one look; the whole stands below the list."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"
