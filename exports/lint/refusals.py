"""What is said of a file that cannot be measured."""

from __future__ import annotations

from forms.errors import InputRefused

LARGEST = 64 << 20  # bytes of the file
MOST_PAGES = 500


def another_kind() -> InputRefused:
    return InputRefused(
        "LINT_KIND", "Tệp này không phải PDF hay Word (.docx). Chọn tệp .pdf hoặc .docx rồi kiểm tra lại."
    )


def too_large() -> InputRefused:
    return InputRefused(
        "LINT_SIZE",
        f"Tệp quá lớn để kiểm tra thể thức (hơn {LARGEST >> 20} MiB, hơn {MOST_PAGES} trang, hoặc giải nén ra quá lớn). Tách "
        "phụ lục thành tệp riêng rồi kiểm tra lại.",
    )


def damaged() -> InputRefused:
    return InputRefused(
        "LINT_DAMAGED",
        "Tệp hỏng, có mật khẩu hoặc không đúng dạng. Mở bằng Word, cất lại thành tệp mới rồi kiểm tra lại.",
    )
