"""Documents that have one of everything: a report, a letter, a statistical form."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from exports.document import (
    Annex,
    Bullet,
    Chart,
    Column,
    Document,
    Figure,
    FormHead,
    FormSigner,
    FormSigning,
    HeadCell,
    Heading,
    Letterhead,
    Limit,
    Para,
    Row,
    Run,
    Series,
    Signature,
    Table,
    capacity,
)

UNITS = 60
TABLE = Table(
    (Column(1, "centre"), Column(6), Column(2, "number"), Column(2, "number")),
    (
        (HeadCell("TT", rows=2), HeadCell("Đơn vị", rows=2), HeadCell("Số tin, bài", columns=2)),
        (HeadCell("Tổng số"), HeadCell("Tỷ lệ")),
    ),
    (
        Row(("I", "Các xã", "", ""), "group"),
        *(
            Row((str(n), f"Xã số {n}\nvùng cao", Figure(Decimal(137 * n)), Figure(Decimal(n) / 4, 2)))
            for n in range(1, UNITS)
        ),
        Row(("", "Tổng số", Figure(Decimal(137 * UNITS * (UNITS - 1) // 2), is_sum=True), "x"), "total"),
    ),
    ("A", "B", "1", "2"),
    measure="Đơn vị tính: tin, bài",
    note="Ghi chú: “-”: không phát sinh.",
)
UNIT_CHART = Chart(
    "units",
    "Biểu đồ 1. Số tin, bài theo đơn vị",
    "tin, bài",
    tuple(f"Xã số {n}" for n in range(12)),
    (Series("Tin, bài", tuple(Decimal(n % 7) if n % 5 else None for n in range(12))),),
    Limit(Decimal(4), "Yêu cầu: ≥ 4 tin, bài"),
)
YEAR_CHART = Chart(
    "years",
    "Biểu đồ 2. Tỷ lệ nữ cấp ủy",
    "%",
    ("2023", "2024", "2025"),
    (
        Series("Kết quả", (Decimal("18.5"), None, Decimal("25.3"))),
        Series("Mốc", (Decimal(20), Decimal(22), Decimal(25))),
    ),
    decimals=1,
)
PAIR_CHART = Chart(
    "pairs",
    "Biểu đồ 3. Cán bộ chủ chốt",
    "người",
    ("Cấp xã", "Cấp tỉnh"),
    (Series("Nữ", (Decimal(120), Decimal(33))), Series("Nam", (Decimal(180), Decimal(70)))),
)
REPORT = Document(
    Letterhead("UBND thành phố Huế", "Sở Nội vụ", "Số:        /BC-SNV", "Huế", 2026),
    "BÁO CÁO",
    "Kết quả công tác thông tin, truyền thông về bình đẳng giới quý IV năm 2025",
    (
        Para("Thực hiện Kế hoạch số 12/KH-UBND, Sở Nội vụ báo cáo như sau:"),
        Heading(1, "I.", "Kết quả thực hiện"),
        Heading(2, "1.", "Mục tiêu 1: Trong lĩnh vực chính trị"),
        Para((Run("Công tác "), Run("bình đẳng giới", bold=True), Run(f" được {'quan tâm, chỉ đạo ' * 12}"))),
        Heading(3, "a)", "Kết quả cụ thể"),
        Bullet("Có 05 tin, bài;"),
        Bullet("Mục thứ nhất của danh sách.", "1."),
        Para("nội dung của chỉ tiêu.", lead="Chỉ tiêu 1:"),
        UNIT_CHART,
        Heading(1, "II.", "Đánh giá"),
        YEAR_CHART,
        PAIR_CHART,
        *(Para(f"Đoạn {n}. {'Công tác bình đẳng giới tiếp tục được quan tâm. ' * 5}") for n in range(6)),
        Para(f"Trên đây là báo cáo của Sở Nội vụ{', kính đề nghị Bộ Nội vụ xem xét' * 4}."),
    ),
    Signature(capacity("Giám đốc", authority="KT.", signer="Phó Giám đốc"), "Nguyễn Thị Bích Ngọc"),
    ("- Như trên;", "- Lưu: VT."),
    ("Bộ Nội vụ", "UBND thành phố"),
    (Annex("Biểu một", (TABLE,)), Annex("Biểu hai", (TABLE, UNIT_CHART), landscape=True)),
    circulation="LƯU HÀNH NỘI BỘ",
    practice=True,
    foot=("Mã niêm phong: 12345 67890",),
    qr="SBD:12345678901234567890",
)
LETTER = replace(
    REPORT,
    layout="letter",
    kind="CÔNG VĂN",
    subject="đôn đốc gửi báo cáo kết quả bình đẳng giới quý IV năm 2025",
    addressees=("Ủy ban nhân dân xã Bình Điền",),
    annexes=(),
    blocks=REPORT.blocks[-3:],
    practice=False,
)
FORM = replace(
    REPORT,
    layout="form",
    landscape=True,
    annexes=(),
    blocks=(
        FormHead(("Biểu số 01",), "Số tin, bài về bình đẳng giới", ("Quý IV năm 2025",), ("Đơn vị báo cáo: Xã A",)),
        TABLE,
        FormSigning(
            "Huế",
            (
                FormSigner("Người lập biểu", "(Ký, họ tên)", "Trần A"),
                FormSigner("Người kiểm tra", "(Ký, họ tên)"),
                FormSigner("Thủ trưởng đơn vị", "(Ký, đóng dấu, họ tên)", "Lê B"),
            ),
        ),
    ),
)
