"""What is measured, and what a deviation says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class MeasuredItem(Enum):
    """One thing that is measured; the value is how an office calls it."""

    PAPER = "Khổ giấy A4"
    MARGINS = "Lề trang"
    TYPEFACE = "Phông chữ Times New Roman, nhúng trong tệp"
    PRESENT = "Đủ thành phần thể thức"
    SIZE = "Cỡ chữ từng thành phần"
    WEIGHT = "Kiểu chữ đứng, nghiêng, đậm"
    CAPITALS = "Chữ in hoa"
    COLUMNS = "Hai cột đầu trang, giữa cột"
    LEVEL = "Số, ký hiệu ngang hàng địa danh, thời gian"
    MOTTO_RULE = "Đường kẻ dưới tiêu ngữ dài bằng dòng chữ"
    ISSUER_RULE = "Đường kẻ dưới tên cơ quan dài 1/3 đến 1/2 dòng chữ"
    SUBJECT_RULE = "Đường kẻ dưới trích yếu dài 1/3 đến 1/2 dòng chữ"
    ADDRESSEES = "Kính gửi"
    INDENT = "Lùi đầu dòng 1 cm hoặc 1,27 cm"
    GAP = "Khoảng cách giữa các đoạn ít nhất 6pt"
    SPACING = "Khoảng cách dòng từ dòng đơn đến 1,5 dòng"
    JUSTIFIED = "Nội dung canh đều hai lề"
    PAGE_NUMBER = "Số trang ở giữa lề trên, không ở trang đầu, đánh riêng từng phụ lục"
    TABLE_HEAD = "Đầu bảng lặp lại ở mỗi trang"
    ANNEX = "Số thứ tự phụ lục"
    END_MARK = "Dấu kết thúc ./."
    SIGNATURE = "Chữ ký không đứng một mình ở một trang"
    DATES = "Ngày dưới 10, tháng 1, 2 có số 0"
    RECIPIENTS = "Nơi nhận"


@dataclass(frozen=True)
class Deviation:
    """`where` is a page or a few words, `found` what was measured, `allowed` what the decree says."""

    item: MeasuredItem
    where: str
    found: str
    allowed: str
