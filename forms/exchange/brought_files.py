"""What people bring: files named or found in folders and archives, before anything is known of their seals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from forms.errors import AppError
from forms.model.text import one_line


class FileContent(StrEnum):
    """What a file is by its first bytes and, where these are not enough, by the rest; its name says nothing."""

    PACKAGE = "package"  # or what is left of one
    KEY = "key"  # a key introduces itself
    SUPPLY = "supply"  # programmes from above
    CARRIER = "carrier"  # a PDF with a package inside
    PAPER = "paper"  # a PDF without
    WORKBOOK = "workbook"  # a spreadsheet, which may be a fill-in workbook
    ARCHIVE = "archive"  # a ZIP of anything
    FOREIGN_ARCHIVE = "foreign_archive"  # RAR, 7z, gzip
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file as it was read: its bytes, or why it could not be read."""

    path: str
    data: bytes = field(default=b"", repr=False)
    problem: AppError | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """What a search passed over, and why. `can_take`: it is taken when everything is asked for."""

    path: str
    code: str
    reason: str
    can_take: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What was found in what was brought. `looked_at`, `folders`, `archives` count what was searched; a file that was
    named is read, not searched for."""

    files: tuple[Incoming, ...]
    skipped: tuple[Skipped, ...] = ()
    looked_at: int = 0
    folders: int = 0
    archives: int = 0

    @property
    def can_take_more(self) -> bool:
        return any(one.can_take for one in self.skipped)


_TITLES = {
    "PKG_NOT_A_PACKAGE": "không phải gói",
    "PDF_NO_PACKAGE": "PDF không mang theo gói",
    "TYPE_OTHER": "là tệp khóa (mở ở Sổ khóa) hoặc tệp cấp phát (mở ở Chương trình)",
    "FILE_HIDDEN": "ẩn, có gói bên trong",
    "FOLDER_LINKED": "là liên kết tới thư mục khác",
    "FOLDER_HIDDEN": "là thư mục ẩn hoặc của hệ thống",
    "ARCHIVE_UNREADABLE": "là tệp nén không mở được (có mật khẩu, hỏng hoặc không phải ZIP): giải nén rồi nhận lại",
    "FILE_TOO_BIG": "lớn hơn mọi gói",
    "FILE_NOT_PLAIN": "không phải tệp thường",
}
_NAMED = 3


def told(brought: Brought) -> Iterator[str]:
    """What was looked at, and what was passed over and why: a sentence for each reason, with the first names."""
    if not (brought.folders or brought.archives):
        return
    places = [f"{brought.folders} thư mục"] * bool(brought.folders) + [f"{brought.archives} tệp nén"] * bool(
        brought.archives
    )
    yield f"Đã xem {brought.looked_at} tệp trong {', '.join(places)}."
    by_code: dict[str, list[str]] = {}
    for one in brought.skipped:
        by_code.setdefault(one.code, []).append(one_line(one.path))
    for code, paths in by_code.items():
        more = f" và {len(paths) - _NAMED} mục nữa" if len(paths) > _NAMED else ""
        yield f"Bỏ qua {len(paths)} mục {_TITLES.get(code, 'không đọc được')}: {', '.join(paths[:_NAMED])}{more}."


def incoming(files: Iterable[tuple[str, bytes]]) -> tuple[Incoming, ...]:
    """Files whose bytes are at hand."""
    return tuple(Incoming(path, data) for path, data in files)
