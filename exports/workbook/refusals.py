"""What is said of a workbook that is not read; shared by the two processes."""

from __future__ import annotations

from exports.workbook.limits import MEMORY
from forms.errors import InputRefused


def damaged() -> InputRefused:
    """What cannot be read at all."""
    return InputRefused(
        "WORKBOOK_DAMAGED", "Bảng tính hỏng hoặc không đúng dạng. Mở bằng Excel, cất lại thành tệp .xlsx mới rồi nhập."
    )


def encrypted() -> InputRefused:
    return InputRefused("WORKBOOK_ENCRYPTED", "Bảng tính có mật khẩu mở tệp. Bỏ mật khẩu, cất lại rồi nhập.")


def has_macro() -> InputRefused:
    return InputRefused(
        "WORKBOOK_MACRO",
        "Bảng tính có macro. Mở tệp từ nguồn tin cậy, cất lại dạng “Excel Workbook (.xlsx)” không macro rồi nhập.",
    )


def has_links() -> InputRefused:
    return InputRefused(
        "WORKBOOK_LINKS",
        "Bảng tính lấy số liệu từ tệp hoặc nguồn khác. Trong Excel, vào Dữ liệu → Chỉnh sửa liên kết → Ngắt liên kết, cất lại "
        "rồi nhập.",
    )


def another_kind() -> InputRefused:
    """What is no workbook at all, whatever its name."""
    return InputRefused(
        "WORKBOOK_KIND",
        "Tệp này không phải bảng tính .xlsx, .ods hay .xls (có tệp mang đuôi .xls nhưng bên trong là trang web hoặc văn bản). Mở "
        "bằng Excel, cất lại dạng .xlsx rồi nhập.",
    )


def too_heavy() -> InputRefused:
    """What needs more than that, or brings its reader down."""
    return InputRefused(
        "WORKBOOK_MEMORY",
        f"Đọc bảng tính cần hơn {MEMORY >> 20} MiB bộ nhớ hoặc làm hỏng trình đọc nên đã dừng. Chép phần cần nhập sang một "
        "tệp mới rồi nhập lại.",
    )
