"""Everything this application raises on purpose.

AppError                 .code is stable, .message is Vietnamese: what happened, where, what to do now
├─ CatalogueError        a definition file is wrong: file, key, problem           (start stops)
├─ InputRefused          a typed or imported value cannot be taken: unit, period, number, text, JSON
├─ ReportStateError      the action does not fit the report's state, or its findings forbid it
├─ NotAllowed            this person or role may not do that
├─ PackageRefused        a received file is not accepted
├─ StorageError          the ledger cannot be opened, read or written
├─ ExportError           a document or file cannot be made
└─ Cancelled             the person stopped a long act

A wrong *figure* in a report is not an error: it is a Finding (forms/checks/all_checks.py).
"""

from __future__ import annotations


class AppError(Exception):
    """Base of every refusal. `code` never changes; `where` names the place (file, cell, key)."""

    def __init__(self, code: str, message: str, where: str = "") -> None:
        super().__init__(message)
        self.code, self.message, self.where = code, message, where


class CatalogueError(AppError):
    """A definition file is wrong. `problem` is for who writes such files; everybody else installs again."""

    def __init__(self, file: str, where: str, problem: str) -> None:
        message = f"Sai ở tệp định nghĩa {file}, {where}: {problem}. Hãy cài lại phần mềm, hoặc sửa tệp nếu đang soạn."
        super().__init__("CATALOGUE", message, f"{file}: {where}")


class InputRefused(AppError):
    """What was typed or imported cannot be taken as it is."""


class ReportStateError(AppError):
    """The report's state or findings do not allow the action."""


class NotAllowed(AppError):
    """This person may not do that."""


class PackageRefused(AppError):
    """A received file is not accepted."""


class StorageError(AppError):
    """The ledger cannot be opened, read or written."""


class ExportError(AppError):
    """A document or file cannot be made."""


def unforeseen(bug: Exception) -> AppError:
    """A fault of ours over one foreign file, where the other files are to be read all the same."""
    kind = f"{type(bug).__name__}: {bug}"[:200]
    return AppError(
        "UNEXPECTED",
        f"Phần mềm gặp lỗi không lường trước khi đọc tệp này ({kind}) nên không nhận. Các tệp khác không bị ảnh hưởng; "
        "gửi tệp này cho nơi hỗ trợ.",
    )


class Cancelled(AppError):
    """The person stopped a long act; the transaction is rolled back."""

    def __init__(self) -> None:
        super().__init__("CANCELLED", "Đã dừng theo yêu cầu; chưa ghi gì vào sổ.")
