"""A list of news items in a foreign workbook: its columns, proposed by their titles; and its items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

from forms.errors import InputRefused
from forms.model.news_item import (
    CHANNEL_TITLES,
    KIND_TITLES,
    MAX_AIRINGS,
    ORIGIN_TITLES,
    NewsItem,
    NewsKind,
    Origin,
    checked,
)
from forms.model.report import Report
from forms.model.text import fold, quoted
from forms.workbooks.cell_parsing import (
    RealDays,
    day_answer,
    exchanged,
    is_real,
    text_answer,
    two_readings,
    whole_answer,
)
from forms.workbooks.import_result import Remarks
from forms.workbooks.sheet_map import NewsColumns, NewsField
from forms.workbooks.sheets import Plain, PlainKind, Sheet, Sheets
from forms.workbooks.title_labels import label, sheet_named

Value = TypeVar("Value")
Given = ParamSpec("Given")
MOST_MINUTES = 100_000
# Words that such lists are written with; the longer title is tried first.
_TITLES: dict[NewsField, tuple[str, ...]] = {
    NewsField.DATE: ("ngay dang", "ngay phat", "ngay dang phat", "ngay thang", "thoi gian", "ngay"),
    NewsField.TITLE: (
        "tieu de",
        "ten tin bai",
        "ten tin, bai",
        "tieu de tin bai",
        "tieu de tin, bai",
        "noi dung",
        "ten bai",
    ),
    NewsField.KIND: ("loai", "the loai", "loai tin", "loai tin bai", "loai tin, bai"),
    NewsField.CHANNELS: (
        "kenh",
        "kenh dang",
        "kenh phat",
        "noi dang",
        "phuong tien",
        "hinh thuc tuyen truyen",
        "hinh thuc",
    ),
    NewsField.ORIGIN: ("nguon", "nguon tin"),
    NewsField.AIRINGS: ("so luot", "so lan", "so lan phat", "so luot phat", "luot phat"),
    NewsField.MINUTES: ("thoi luong", "phut", "so phut", "thoi luong (phut)"),
    NewsField.TOPIC: ("muc tieu", "chu de"),
    NewsField.AUTHOR: ("nguoi viet", "tac gia", "nguoi thuc hien"),
    NewsField.EVIDENCE: ("minh chung", "duong dan", "link", "ghi chu"),
}
_KINDS = {fold(title): kind for kind, title in KIND_TITLES.items()} | {
    "bai viet": NewsKind.FEATURE,
    "phong su": NewsKind.FEATURE,
    "tin ngan": NewsKind.BRIEF,
    "chuyen trang": NewsKind.SLOT,
}
_ORIGINS = {fold(title): origin for origin, title in ORIGIN_TITLES.items()} | {
    "tu viet": Origin.OWN,
    "tiep song": Origin.RELAYED,
    "dang lai": Origin.RELAYED,
}
_CHANNELS = {fold(title): id for id, title in CHANNEL_TITLES.items()} | {
    "loa": "loudspeaker",
    "loa truyen thanh": "loudspeaker",
    "truyen thanh": "loudspeaker",
    "dai truyen thanh": "loudspeaker",
    "dai": "loudspeaker",
    "bang tin": "public_board",
    "ban tin": "bulletin",
    "tai lieu": "document",
    "to roi": "document",
    "tuyen truyen vien": "communicator",
    "tuyen truyen truc tiep": "communicator",
    "website": "website",
    "trang thong tin dien tu": "website",
    "cong thong tin dien tu": "website",
    "trang web": "website",
    "facebook": "social_network",
    "zalo": "social_network",
    "mang xa hoi": "social_network",
    "tin nhan": "text_message",
    "sms": "text_message",
}
_CHOOSE = (
    "Chọn cách đọc (dòng lệnh: --real-days kept hoặc exchanged), hoặc gõ lại cả cột theo kiểu năm-tháng-ngày, ví dụ "
    "2026-10-01."
)
_SEVERAL = re.compile(r"\s*(?:[;,/+&\n]|\bvà\b)\s*")


def propose(sheets: Sheets) -> NewsColumns | None:
    """The first sheet with a row of titles that names at least a day and a title."""
    for sheet in sheets.sheets:
        for _, line in sheet.rows() if not sheet.hidden else ():
            found = _titles_in(line)
            if {NewsField.DATE, NewsField.TITLE} <= found.keys():
                return NewsColumns(sheet.name, found)
    return None


def take(
    mapped: NewsColumns, sheets: Sheets, report: Report, remarks: Remarks, real_days: RealDays = RealDays.ASK
) -> dict[str, NewsItem]:
    """The items of the list by their places, without ids; every line that cannot be read is told. None while the days
    have two readings and nobody has said which is meant."""
    try:
        sheet, head, columns = _found(mapped, sheets)
    except InputRefused as error:
        remarks.wrong(error.code, mapped.sheet or "?", error.message)
        return {}
    read = partial(day_answer, order=mapped.days, epoch_1904=sheets.epoch_1904)
    listed = [(row, line) for row, line in sheet.rows() if row > head]
    rows = [row for row, _ in listed]
    asked = two_readings(sheet, columns.get(NewsField.DATE), rows, read, report.period)
    remarks.asks_days = asked is not None
    if asked is not None and real_days is RealDays.ASK:
        remarks.wrong("DATE_MIXED", asked[0], f"{asked[1]} {_CHOOSE}")
        return {}
    items: dict[str, NewsItem] = {}
    for row, line in listed:
        cells = {field: column for field, column in columns.items() if column in line}
        if not _is_item(sheet, row, cells, remarks):
            continue
        if row in sheet.hidden_rows:
            problem = "Dòng có nội dung nhưng đang bị ẩn hoặc bị lọc. Bỏ ẩn, bỏ lọc, xem lại rồi cất tệp."
            remarks.wrong("CELL_HIDDEN", f"{sheet.name}!{row + 1}", problem)
            continue
        item = _Item(sheet, row, cells, mapped, remarks, real_days, epoch_1904=sheets.epoch_1904).read(report)
        if item:
            items[sheet.where(row, columns[NewsField.TITLE])] = item
    return items


def unknown_words(mapped: NewsColumns, sheets: Sheets) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words for kinds and those for channels that the list has and nobody has said the meaning of."""
    try:
        sheet, head, columns = _found(mapped, sheets)
    except InputRefused:
        return (), ()

    def unclear(field: NewsField, split: Callable[[str], list[str]], known: Iterable[str]) -> tuple[str, ...]:
        column, meant = columns.get(field), set(known)
        found = [cell.text for (row, c), cell in sorted(sheet.cells.items()) if c == column and row > head]
        words = {fold(word): word.strip() for text in found for word in split(text)}
        return tuple(word for folded, word in words.items() if folded not in meant)

    kinds = unclear(NewsField.KIND, lambda text: [text], {*_KINDS, *map(fold, mapped.kinds)})
    own = {fold(word): id for word, id in mapped.channels.items()}
    return kinds, unclear(NewsField.CHANNELS, lambda text: _split(text, own), {*_CHANNELS, *own})


def title_row(mapped: NewsColumns, sheets: Sheets) -> int | None:
    """The row of the columns' titles; None where the workbook has no such row."""
    try:
        return _found(mapped, sheets)[1]
    except InputRefused:
        return None


def _titles_in(line: Mapping[int, Plain]) -> dict[NewsField, str]:
    found: dict[NewsField, str] = {}
    for cell in line.values():
        fitting = (field for field, known in _TITLES.items() if field not in found and label(cell.text) in known)
        if cell.kind is PlainKind.TEXT and (field := next(fitting, None)):
            found[field] = cell.text
    return found


def _found(mapped: NewsColumns, sheets: Sheets) -> tuple[Sheet, int, dict[NewsField, int]]:
    """The sheet, the row of its columns' titles, which column holds which field. Raises InputRefused MAPPING_…"""
    sheet = sheet_named(sheets, mapped.sheet)
    wanted = {label(title): field for field, title in mapped.columns.items()}
    for row, line in sheet.rows():
        columns: dict[NewsField, int] = {}
        for column, cell in line.items():
            if field := wanted.get(label(cell.text)):
                columns.setdefault(field, column)
        if len(columns) == len(mapped.columns):
            return sheet, row, columns
    titles = ", ".join(quoted(title) for title in mapped.columns.values())
    raise InputRefused("MAPPING_LABEL", f"Không có dòng nào đủ các tên cột {titles}. Sửa bảng đối chiếu hoặc tên cột.")


def _is_item(sheet: Sheet, row: int, cells: Mapping[NewsField, int], remarks: Remarks) -> bool:
    """A line with a day, or with several things of an item; totals and section titles are told and passed over."""
    if not cells or NewsField.DATE in cells:
        return bool(cells)
    said = sheet.text(row, min(cells.values()))
    if len(cells) > 1 and not fold(said).startswith(("tong", "cong")):
        return True
    remarks.tell("ROW_EXTRA", f"{sheet.name}!{row + 1}", f"Không lấy dòng {quoted(said)}: không có ngày đăng.")
    return False


class _Item:
    """One line of the list."""

    def __init__(
        self,
        sheet: Sheet,
        row: int,
        cells: Mapping[NewsField, int],
        mapped: NewsColumns,
        remarks: Remarks,
        real_days: RealDays,
        *,
        epoch_1904: bool,
    ) -> None:
        self._sheet, self._row, self._cells = sheet, row, cells
        self._mapped, self._remarks, self._real_days = mapped, remarks, real_days
        self._epoch_1904 = epoch_1904
        self._sound = True

    def read(self, report: Report) -> NewsItem | None:
        mapped = self._mapped
        day: date | None = self._take(NewsField.DATE, None, self._day)
        if day is None:
            if self._sound:
                self._wrong(NewsField.DATE, "NEWS_DATE", "Chưa ghi ngày đăng, phát. Gõ ngày/tháng/năm.")
            return None
        if not report.period.holds(day):
            words = f"{report.period.words} ({report.period.window_words})"
            self._remarks.tell(
                "NEWS_OUTSIDE", self._where(NewsField.DATE), f"Ngày {day:%d/%m/%Y} ngoài {words}: không lấy."
            )
            return None
        kind = self._take(NewsField.KIND, mapped.kind, self._kind)
        if kind is None:
            if self._sound:
                problem = "Không rõ tin hay bài. Ghi vào cột loại, hoặc vào bảng đối chiếu."
                self._wrong(NewsField.KIND, "NEWS_KIND", problem)
            return None
        item = NewsItem(
            "",
            day,
            self._take(NewsField.TITLE, "", text_answer),
            kind,
            self._take(NewsField.CHANNELS, (mapped.channel,) * bool(mapped.channel), self._channels),
            self._take(NewsField.ORIGIN, Origin.OWN, lambda plain: _word(plain.text, {}, _ORIGINS)),
            minutes=self._take(NewsField.MINUTES, None, whole_answer, MOST_MINUTES),
            airings=self._take(NewsField.AIRINGS, 1, whole_answer, MAX_AIRINGS),
            topic=self._take(NewsField.TOPIC, "", text_answer),
            author=self._take(NewsField.AUTHOR, "", text_answer),
            evidence=self._take(NewsField.EVIDENCE, "", text_answer),
        )
        return self._tried(NewsField.TITLE, None, checked, item) if self._sound else None

    def _take(
        self,
        field: NewsField,
        otherwise: Value,
        read: Callable[Concatenate[Plain, Given], Value],
        *given: Given.args,
        **named: Given.kwargs,
    ) -> Value:
        plain = self._remarks.plain(self._sheet, self._row, self._cells[field]) if field in self._cells else None
        return otherwise if plain is None else self._tried(field, otherwise, read, plain, *given, **named)

    def _tried(
        self, field: NewsField, otherwise: Value, act: Callable[Given, Value], *given: Given.args, **named: Given.kwargs
    ) -> Value:
        try:
            return act(*given, **named)
        except InputRefused as error:
            self._wrong(NewsField(error.where) if error.where in list(NewsField) else field, error.code, error.message)
            return otherwise

    def _wrong(self, field: NewsField, code: str, message: str) -> None:
        self._sound = False
        self._remarks.wrong(code, self._where(field), message)

    def _where(self, field: NewsField) -> str:
        return self._sheet.where(self._row, self._cells.get(field, 0))

    def _day(self, plain: Plain) -> date:
        found = day_answer(plain, self._mapped.days, epoch_1904=self._epoch_1904)
        return exchanged(found) if self._real_days is RealDays.EXCHANGED and is_real(plain) else found

    def _kind(self, plain: Plain) -> NewsKind:
        return _word(plain.text, {fold(word): kind for word, kind in self._mapped.kinds.items()}, _KINDS)

    def _channels(self, plain: Plain) -> tuple[str, ...]:
        own = {fold(word): id for word, id in self._mapped.channels.items()}
        return tuple(_word(word, own, _CHANNELS) for word in _split(plain.text, own))


def _split(text: str, own: Mapping[str, str]) -> list[str]:
    """The channels that a place names; one whose name has a comma or a “và” in it stays whole."""
    is_one = own.get(fold(text)) or _CHANNELS.get(fold(text))
    return [text] if is_one else [word for word in _SEVERAL.split(text) if word]


def _word(text: str, own: Mapping[str, Value], usual: Mapping[str, Value]) -> Value:
    found = own.get(fold(text)) or usual.get(fold(text))
    if found is None:
        raise InputRefused(
            "WORD_UNKNOWN", f"Không rõ {quoted(text)} là gì. Sửa chữ trong ô, hoặc thêm chữ này vào bảng đối chiếu."
        )
    return found
