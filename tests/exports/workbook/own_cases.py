"""Offices' own workbooks, each with what a person reads in it: what is taken unasked is that, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from forms.model.count import Role

P = "Tổng dân số"
B = "Số giám đốc, chủ doanh nghiệp, hợp tác xã đang hoạt động"
G = "Tổng số tổ chức Đảng, chính quyền, cơ quan hành chính, ban, ngành, đoàn thể"
C = "Số tổ chức, cơ quan đã được phổ biến, cập nhật thông tin về bình đẳng giới và có cam kết thực hiện"
R = "Dân số được tiếp cận kiến thức cơ bản về bình đẳng giới"
T = "BIỂU TỔNG HỢP SỐ LIỆU BÌNH ĐẲNG GIỚI NĂM 2026"
BY_SEX = {
    "people_reached.female": 2100,
    "people_reached.male": 1900,
    "population.female": 4100,
    "population.male": 3900,
    "business_leaders.female": 9,
    "business_leaders.male": 21,
}
COMMITTED = {"organisations_committed": 40, "organisations": 55}


@dataclass(frozen=True)
class Case:
    """`says`: of our cells what the workbook says. `asked`: those of which a person is asked first."""

    name: str
    text: str
    says: dict[str, float]
    asked: tuple[str, ...] = ()
    role: Role = Role.REPORTING
    period: str = "2026"


# As they were handed over, each of them once read wrong in silence.
HANDED = (
    Case(
        "L02 last year's columns before this year's",
        f"""
        |UBND XÃ MẪU|
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Năm 2025|<|<|Năm 2026|<|<|
        |^|^||Tổng số|Nữ|Nam|Tổng số|Nữ|Nam|
        |1|{R}|Người|2333|1111|1222|4000|2100|1900|
        |2|{P}|Người|6333|3111|3222|8000|4100|3900|
        |3|{B}|Người|24|7|17|30|9|21|
        """,
        BY_SEX,
    ),
    Case(
        "L02e plan before result, over women and men",
        f"""
        |UBND XÃ MẪU|
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Kế hoạch năm 2026|<|Thực hiện năm 2026|<|
        ||||Nữ|Nam|Nữ|Nam|
        |1|{R}|Người|2500|2500|2100|1900|
        |2|{P}|Người|4000|4000|4100|3900|
        |3|{B}|Người|15|25|9|21|
        """,
        BY_SEX,
    ),
    Case(
        "L03b plan, result and their share",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Kế hoạch năm 2026|Thực hiện năm 2026|Tỷ lệ (%)|
        |1|{C}|Tổ chức|50|40|80|
        |2|{G}|Tổ chức|60|55|91.7|
        """,
        COMMITTED,
    ),
    Case(
        "L03h a code before the figure",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Mã số|Năm 2026|
        |1|{C}|Tổ chức|1|40|
        |2|{G}|Tổ chức|2|55|
        """,
        COMMITTED,
    ),
    Case(
        "L04a the second table of a sheet",
        f"""
        |{T}|
        ---
        |TT|Thôn, tổ dân phố|ĐVT|Tổng số|Nữ|Nam|
        |1|Thôn 1|Người|10|6|4|
        |2|Thôn 2|Người|12|5|7|
        ---
        |Bảng 2. Cam kết thực hiện|
        |TT|Chỉ tiêu|ĐVT|Kế hoạch|Thực hiện|
        |1|{C}|Tổ chức|50|40|
        |2|{G}|Tổ chức|60|55|
        """,
        COMMITTED,
    ),
    Case(
        "L05a of some only women are told",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Số liệu|
        |1|{P}|Người|8000|
        ||- Nữ|Người|4100|
        |2|{R}|Người|4000|
        ||- Nữ|Người|2100|
        ||- Nam|Người|1900|
        |3|{B}|Người|30|
        ||- Nữ|Người|9|
        """,
        {cell: value for cell, value in BY_SEX.items() if cell not in ("population.male", "business_leaders.male")},
        ("business_leaders.male", "population.male"),
    ),
    Case(
        "L05d a title merged over its parts",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|Giới tính|Số liệu|
        |1|{P}|Nữ|4100|
        |^|^|Nam|3900|
        |2|{R}|Nữ|2100|
        |^|^|Nam|1900|
        |3|{B}|Nữ|9|
        |^|^|Nam|21|
        """,
        BY_SEX,
    ),
    Case(
        "L06a thousands in the head",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Số liệu (nghìn tổ chức)|
        |1|{C}|Tổ chức|4|
        |2|{G}|Tổ chức|5|
        """,
        {},
        ("organisations_committed", "organisations"),
    ),
    Case(
        "L07a near titles",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Số liệu|
        |1|Số ca phá thai của nữ vị thành niên|Ca|13|
        |2|{G} chưa cam kết|Tổ chức|7|
        """,
        {},
        ("teen_births", "organisations"),
    ),
    Case(
        "L07d both sexes where women are asked",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Số liệu|
        |1|Tổng số lao động có việc làm|Người|90000|
        ||Trong đó: lao động nữ|Người|43000|
        |2|Số lao động làm công hưởng lương|Người|50000|
        |3|Số lao động có việc làm trong khu vực nông nghiệp|Người|20000|
        """,
        {"women_employed": 43000},
        ("women_wage_workers", "women_in_agriculture"),
        role=Role.SUMMING,
    ),
    Case(
        "L11a a column for each quarter",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|Quý I|Quý II|Quý III|Quý IV|
        |1|Số tin, bài được tính trong quý|4|5|6|7|
        """,
        {"news_q1": 4, "news_q2": 5, "news_q3": 6, "news_q4": 7},
    ),
)
CASES = (
    Case(
        "women and men in columns",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|Người|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a row of numbers below the heads",
        f"""
        |{T}|
        ---
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |A|B|C|1|2|
        |1|{P}|Người|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "numbers with sums below the heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Tổng số|Nữ|Nam|
        |(A)|(B)|(C)|(1)=(2)+(3)|(2)|(3)|
        |1|{P}|Người|8000|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a total and women of it",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Tổng số|Trong đó: nữ|
        |1|{P}|Người|8000|4100|
        """,
        {"population.female": 4100},
        ("population.male",),
    ),
    Case(
        "a total, women and men under “trong đó”",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Tổng số|Trong đó|<|
        |^|^|^|^|Nữ|Nam|
        |1|{P}|Người|8000|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "the title says another year",
        f"""
        |BIỂU SỐ LIỆU NĂM 2025|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|Người|4100|3900|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "a sheet for each year",
        f"""
        == 2025
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|Người|3100|3200|
        == 2026
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|Người|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "thousands said in a line above",
        f"""
        |{T}|
        ||||Đơn vị tính: nghìn người|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4.1|3.9|
        """,
        {},
        ("population.female",),
    ),
    Case(
        "“1.000 người” said in a line above the heads",
        f"""
        |{T}|
        ||||ĐVT: 1.000 người|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4|3|
        """,
        {},
        ("population.female",),
    ),
    Case(
        "thousands said in the column of units",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|Nghìn người|4.1|3.9|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "“1000 người” in the column of units",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|1000 người|4|3|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "turns are no people",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{R}|Lượt người|4100|3900|
        """,
        {},
        (
            "people_reached.female",
            "people_reached.male",
        ),
    ),
    Case(
        "words added to the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P} dân tộc thiểu số|Người|4100|3900|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "a title of others, not reached",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P} chưa được tiếp cận|Người|4100|3900|
        """,
        {},
    ),
    Case(
        "a title that is denied",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|Dân số chưa được tiếp cận kiến thức cơ bản về bình đẳng giới|Người|4100|3900|
        """,
        {},
        (
            "people_reached.female",
            "people_reached.male",
        ),
    ),
    Case(
        "two tables beside each other",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam||TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4100|3900||2|{B}|9|21|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "two tables beside each other, a year over each",
        f"""
        |NĂM 2025||||NĂM 2026|
        |TT|Chỉ tiêu|Nữ|Nam||TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|3100|3200||1|{P}|4100|3900|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "titles in heads, years in rows",
        f"""
        |{T}|
        |Năm|{P}|<|{B}|<|
        |^|Nữ|Nam|Nữ|Nam|
        |2025|3100|3200|7|17|
        |2026|4100|3900|9|21|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "titles in heads, women and men in rows",
        f"""
        |{T}|
        |Giới tính|{P}|{B}|
        |Tổng số|8000|30|
        |Nữ|4100|9|
        |Nam|3900|21|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "titles in heads, hamlets in rows and their sum",
        f"""
        |{T}|
        |TT|Thôn|{P}|<|<|
        |^|^|Tổng số|Nữ|Nam|
        |1|Thôn 1|10|6|4|
        |2|Thôn 2|12|5|7|
        ||Tổng cộng|22|11|11|
        """,
        {"population.female": 11, "population.male": 11},
    ),
    Case(
        "years as numbers",
        f"""
        |{T}|
        |Chỉ tiêu|2025|2026|
        |{G}|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "years as numbers below a merged head",
        f"""
        |SO SÁNH|
        |TT|Chỉ tiêu|Năm|<|
        |||2025|2026|
        |1|{G}|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "plan, result and their quotient",
        f"""
        |{T}|
        |TT|Chỉ tiêu|KH 2026|TH 2026|TH/KH (%)|
        |1|{G}|60|55|91|
        """,
        {"organisations": 55},
    ),
    Case(
        "an estimate is no result",
        f"""
        |{T}|
        |TT|Chỉ tiêu|TH 2025|Ước TH 2026|KH 2027|
        |1|{G}|50|55|60|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the same period of last year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Cùng kỳ năm trước|Kỳ báo cáo|So sánh (%)|
        |1|{G}|50|55|110|
        """,
        {"organisations": 55},
    ),
    Case(
        "half a year and the whole",
        f"""
        |{T}|
        |TT|Chỉ tiêu|6 tháng đầu năm|Cả năm|
        |1|{G}|30|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a title of half a year",
        f"""
        |BÁO CÁO 6 THÁNG ĐẦU NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|30|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "quarters and the whole year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Quý I|Quý II|Quý III|Quý IV|Cả năm|
        |1|{G}|1|2|3|4|10|
        """,
        {"organisations": 10},
    ),
    Case(
        "quarters without the whole year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Quý I|Quý II|Quý III|Quý IV|
        |1|{G}|1|2|3|4|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "years in a column beside the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm|Số liệu|
        |1|{G}|2025|50|
        ||{G}|2026|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "plan and result in rows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|<|
        ||- Kế hoạch|60|
        ||- Thực hiện|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a year as heading over rows",
        f"""
        |BIỂU|
        |TT|Chỉ tiêu|Nữ|Nam|
        ||NĂM 2025|||
        |1|{P}|3100|3200|
        ||NĂM 2026|||
        |1|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "sections of a form",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |I|Lĩnh vực kinh tế||||
        |1|{B}|Người|9|21|
        |II|Dân số||||
        |1|{P}|Người|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "a heading that narrows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |I|Khu vực thành thị||||
        |1|{P}|1100|900|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "women and men as headings over rows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |I|Nữ||
        |1|{P}|4100|
        |II|Nam||
        |1|{P}|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a part of a part between women and men",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{P}|8000|
        ||- Nữ|4100|
        ||+ Nữ dân tộc thiểu số|50|
        ||- Nam|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "women and men of a part",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{P}|8000|
        ||Trong đó: Dân tộc thiểu số|900|
        ||Nữ|400|
        ||Nam|500|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "women of the titles before and behind",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Số hộ nghèo|80|
        ||- Nữ|41|
        |2|{P}|8000|
        |3|Số trẻ em|900|
        ||- Nữ|410|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "the same title twice",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4100|3900|
        |2|{P}|4101|3901|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "an adjusted figure beside it",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm 2026|Điều chỉnh|
        |1|{G}|50|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a checked figure beside it",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|Số thẩm định|
        |1|{G}|50|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a total and a part of it",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|Trong đó: DTTS|
        |1|{G}|50|5|
        """,
        {"organisations": 50},
    ),
    Case(
        "heads over two columns that are not merged",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm 2025||Năm 2026||
        |||Nữ|Nam|Nữ|Nam|
        |1|{P}|3100|3200|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "heads typed over the middle of their columns",
        f"""
        |{T}|
        |TT|Chỉ tiêu||Năm 2025|||Năm 2026||
        |||Tổng số|Nữ|Nam|Tổng số|Nữ|Nam|
        |1|{P}|6300|3100|3200|8000|4100|3900|
        """,
        {"population.female": 4100},
        ("population.male",),
    ),
    Case(
        "heads that are not merged over groups of different width",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Kế hoạch|Thực hiện||
        ||||Nữ|Nam|
        |1|{P}|8000|4100|3900|
        """,
        {"population.female": 4100},
        ("population.male",),
    ),
    Case(
        "three rows of heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm 2025|<|<|<|Năm 2026|<|<|<|
        |^|^|Kế hoạch|<|Thực hiện|<|Kế hoạch|<|Thực hiện|<|
        |^|^|Nữ|Nam|Nữ|Nam|Nữ|Nam|Nữ|Nam|
        |1|{P}|1|2|3|4|5|6|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "last year hidden",
        f"""
        |{T}|
        |TT|Chỉ tiêu|!Năm 2025|Năm 2026|
        |1|{G}|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "this year hidden",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm 2025|!Năm 2026|
        |1|{G}|50|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says that all is plan",
        f"""
        |KẾ HOẠCH NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|60|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the result of a plan",
        f"""
        |KẾT QUẢ THỰC HIỆN KẾ HOẠCH NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|60|
        """,
        {"organisations": 60},
    ),
    Case(
        "plan and result on two sheets",
        f"""
        == KH 2026
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|60|
        == TH 2026
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a second table without heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        ---
        |Bảng 2. Kế hoạch|
        |1|{P}|4000|4000|
        """,
        {"business_leaders.female": 9, "business_leaders.male": 21},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "an empty line within a list that goes on",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        ---
        |2|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "quarters in a column, the title in a head",
        f"""
        |{T}|
        |TT|Quý|Số tin, bài được tính trong quý|
        |1|Quý I|4|
        |2|Quý II|5|
        """,
        {"news_q1": 4, "news_q2": 5},
    ),
    Case(
        "words of the title left out",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Tổng số tổ chức|55|
        """,
        {},
    ),
    Case(
        "women within the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Số nữ giám đốc, chủ doanh nghiệp, hợp tác xã đang hoạt động|9|
        """,
        {"business_leaders.female": 9},
    ),
    Case(
        "years within the titles",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G} năm 2025|50|
        |2|{G} năm 2026|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "boys and girls",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Trai|Gái|
        |1|Số trẻ em dân tộc thiểu số hoàn thành giáo dục tiểu học|12|13|
        """,
        {"primary_completed.boys": 12, "primary_completed.girls": 13},
    ),
    Case(
        "parts other than women and men",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Hội đồng nhân dân|Ủy ban nhân dân|
        |1|Tổng số cơ quan|1|2|
        """,
        {"agencies.council": 1, "agencies.committee": 2},
    ),
    Case(
        "such parts in rows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Tổng số cơ quan|3|
        ||- Hội đồng nhân dân|1|
        ||- Ủy ban nhân dân|2|
        """,
        {"agencies.council": 1, "agencies.committee": 2},
    ),
    Case(
        "a share is no count",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|%|51|49|
        """,
        {},
    ),
    Case(
        "a title over two rows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Số người có trình độ|<|<|
        ||- Thạc sĩ|12|13|
        ||- Tiến sĩ|2|3|
        """,
        {"masters.female": 12, "doctors.female": 2, "masters.male": 13, "doctors.male": 3},
        role=Role.SUMMING,
    ),
    Case(
        "one word of the title exchanged",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Số người có trình độ thạc sĩ|12|13|
        """,
        {"masters.female": 12, "masters.male": 13},
        role=Role.SUMMING,
    ),
    Case(
        "days that end a year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Đến 31/12/2025|Đến 31/12/2026|
        |1|{G}|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a day within the year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Đến 30/6/2026|
        |1|{G}|50|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "last year and this year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm trước|Năm nay|
        |1|{G}|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "within the period and summed up",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Trong kỳ|Lũy kế|
        |1|{G}|50|55|
        """,
        {"organisations": 50},
    ),
    Case(
        "a change beside it",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|Tăng, giảm so với năm 2025|
        |1|{G}|55|5|
        """,
        {"organisations": 55},
    ),
    Case(
        "titles without accents",
        f"""
        |{T}|
        |TT|Chi tieu|Nu|Nam|
        |1|Tong dan so|4100|3900|
        """,
        {},
    ),
    Case(
        "day of the letter and of the annex",
        f"""
        |UBND XÃ MẪU|||Mẫu, ngày 5 tháng 1 năm 2027|
        |{T}|
        |(Kèm theo Công văn số 12/UBND-VX ngày 20/12/2025)|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a period of years and the year itself",
        f"""
        |THỰC HIỆN CHIẾN LƯỢC GIAI ĐOẠN 2021-2030 NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a period of years alone",
        f"""
        |KẾT QUẢ GIAI ĐOẠN 2021-2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|255|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the same table on two sheets",
        f"""
        == Biểu 1
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        == Biểu 2
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|56|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a column of texts between",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Cơ quan chủ trì|Số liệu|
        |1|{G}|Phòng VHXH|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a column of aims",
        f"""
        |{T}|
        |TT|Mục tiêu, chỉ tiêu|ĐVT|Mục tiêu 2025|Kết quả 2026|
        |1|{G}|Tổ chức|60|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "“Chỉ tiêu” over figures is a plan",
        f"""
        |{T}|
        |TT|Nội dung|Chỉ tiêu|Thực hiện|
        |1|{G}|60|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "thousands said in the title of the row",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P} (nghìn người)|4.1|3.9|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "millions as the head",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Triệu người|
        |1|{G}|4|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a share before the counts",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tỷ lệ nữ (%)|Nữ|Nam|
        |1|{P}|51|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "two communes in heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Xã Bình Điền|Xã Hương Thọ|
        |1|{G}|55|56|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a commune as head",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Xã Bình Điền|
        |1|{G}|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "women left blank",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Số liệu|
        |1|{P}|Người|8000|
        ||- Nữ|Người||
        ||- Nam|Người|3900|
        """,
        {"population.male": 3900},
        ("population.female",),
    ),
    Case(
        "heads repeated for the next page",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        |TT|Chỉ tiêu|Nữ|Nam|
        |2|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "heads repeated in another order",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        |TT|Chỉ tiêu|Nam|Nữ|
        |2|{P}|3900|4100|
        """,
        {"population.female": 4100, "population.male": 3900, "business_leaders.female": 9, "business_leaders.male": 21},
    ),
    Case(
        "the unit as above",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Nữ|Nam|
        |1|{P}|Người|4100|3900|
        |2|{B}|"|9|21|
        """,
        {"population.female": 4100, "business_leaders.female": 9, "business_leaders.male": 21, "population.male": 3900},
    ),
    Case(
        "a share of the same name",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Tỷ lệ dân số được tiếp cận kiến thức cơ bản về bình đẳng giới|51|49|
        """,
        {},
        (
            "people_reached.female",
            "people_reached.male",
        ),
    ),
    Case(
        "women and men within the titles",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Số giờ trung bình một ngày nam giới làm việc nhà và chăm sóc trong gia đình không được trả công|2|
        |2|Số giờ trung bình một ngày phụ nữ làm việc nhà và chăm sóc trong gia đình không được trả công|5|
        """,
        {"unpaid_hours_women": 5, "unpaid_hours_men": 2},
        role=Role.SUMMING,
    ),
    Case(
        "a title denied in its middle",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Số tổ chức, cơ quan đã được phổ biến, cập nhật thông tin về bình đẳng giới và chưa có cam kết thực hiện|7|
        """,
        {},
        ("organisations_committed",),
    ),
    Case(
        "years below women and men",
        f"""
        |BIỂU|
        |TT|Chỉ tiêu|Nữ|<|Nam|<|
        |^|^|2025|2026|2025|2026|
        |1|{P}|3100|4100|3200|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "set and reached",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Giao 2026|Kết quả đạt được|
        |1|{G}|60|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "two sources",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu công an|Số liệu thống kê|
        |1|{G}|55|56|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "months",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tháng 11|Tháng 12|
        |1|{G}|55|56|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "sheet and title of different years",
        f"""
        == 2025
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the sheet of one hamlet",
        f"""
        |{T}|
        |Thôn: Phú Lộc|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "thousands said in the title",
        f"""
        |{T} (NGHÌN NGƯỜI)|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4|3|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "thousands said below",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4|3|
        |Ghi chú: số liệu tính bằng nghìn người|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "women and men above their title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{B}|30|
        ||Nữ|4100|
        ||Nam|3900|
        |2|{P}|8000|
        """,
        {},
        (
            "business_leaders.female",
            "business_leaders.male",
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "a sheet for women, one for men",
        f"""
        == Nữ
        |TT|Chỉ tiêu|Năm 2026|
        |1|{P}|4100|
        == Nam
        |TT|Chỉ tiêu|Năm 2026|
        |1|{P}|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "“trong đó” at the end of the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{P}, trong đó:|8000|
        ||Nữ|4100|
        ||Nam|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a quotient of years",
        f"""
        |{T}|
        |TT|Chỉ tiêu|2025|2026|2026/2025|
        |1|{G}|50|55|110|
        """,
        {"organisations": 55},
    ),
    Case(
        "parts that are not the total",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|Nữ|Nam|
        |1|{P}|8000|4100|390|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "the title says a quarter",
        f"""
        |BIỂU QUÝ IV NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|60|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a period of years and the year in heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Giai đoạn 2021-2025|Năm 2026|
        |1|{G}|60|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a table of the plan, one of the result",
        f"""
        |{T}|
        |Bảng 1. Kế hoạch|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|60|
        ---
        |Bảng 2. Kết quả thực hiện|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a table for each year",
        f"""
        |SỐ LIỆU|
        |Bảng 1. Năm 2025|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|50|
        |Bảng 2. Năm 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "a title between tables without an empty line",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        |II. KẾ HOẠCH NĂM 2027|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4000|4000|
        """,
        {"business_leaders.female": 9, "business_leaders.male": 21},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "years in heads, women and men in a column",
        f"""
        |{T}|
        |Chỉ tiêu|Giới tính|2025|2026|
        |{P}|Nữ|3100|4100|
        |^|Nam|3200|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a title that is not repeated",
        f"""
        |{T}|
        |Chỉ tiêu|Giới tính|2025|2026|
        |{P}|Nữ|3100|4100|
        ||Nam|3200|3900|
        |Dân số khác|Nữ|1|2|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "plan and result in a column",
        f"""
        |{T}|
        |Chỉ tiêu|Loại|Số liệu|
        |{G}|Kế hoạch|60|
        |^|Thực hiện|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "women as a head in other words",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số phụ nữ|
        |1|{P}|4100|
        """,
        {"population.female": 4100},
    ),
    Case(
        "women of people of work",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|Nữ|
        |1|Tổng số lao động có việc làm|90000|43000|
        """,
        {"women_employed": 43000},
        role=Role.SUMMING,
    ),
    Case(
        "people of work, women and men",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|
        |1|Tổng số lao động có việc làm|90000|
        """,
        {},
        ("women_employed",),
        role=Role.SUMMING,
    ),
    Case(
        "men of work",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Tổng số lao động nam có việc làm|47000|
        """,
        {},
        role=Role.SUMMING,
    ),
    Case(
        "a total and its regions",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|Chia theo khu vực|<|
        |^|^|^|Thành thị|Nông thôn|
        |1|{G}|55|30|25|
        """,
        {"organisations": 55},
    ),
    Case(
        "regions without a total",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Chia theo khu vực|<|
        |^|^|Thành thị|Nông thôn|
        |1|{G}|30|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a quarter in the title and in the heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Quý I|Quý II|
        |1|Số tin, bài được tính trong quý I|4|5|
        """,
        {"news_q1": 4},
        ("news_q2",),
    ),
    Case(
        "quarters of two years",
        """
        |BIỂU|
        |TT|Chỉ tiêu|Năm 2025|<|Năm 2026|<|
        |^|^|Quý I|Quý II|Quý I|Quý II|
        |1|Số tin, bài được tính trong quý|1|2|4|5|
        """,
        {"news_q1": 4, "news_q2": 5},
    ),
    Case(
        "months and the year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|T1|T2|T3|Cả năm|
        |1|{G}|1|2|3|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "“không” within the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Dân số không được tiếp cận kiến thức cơ bản về bình đẳng giới|4100|3900|
        """,
        {},
        (
            "people_reached.female",
            "people_reached.male",
        ),
    ),
    Case(
        "communes in rows and their sum",
        f"""
        |{T}|
        |TT|Đơn vị|{G}|
        |1|Xã Bình Điền|55|
        |2|Xã Hương Thọ|56|
        ||Cộng|111|
        """,
        {"organisations": 111},
    ),
    Case(
        "the sum before its communes",
        f"""
        |{T}|
        |TT|Đơn vị|{G}|
        ||Tổng số|111|
        |1|Xã Bình Điền|55|
        |2|Xã Hương Thọ|56|
        """,
        {"organisations": 111},
    ),
    Case(
        "the sum of a region",
        f"""
        |{T}|
        |TT|Đơn vị|{G}|
        |I|Vùng nông thôn||
        |1|Xã Bình Điền|55|
        ||Cộng|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a year over heads that begin below",
        f"""
        |{T}|
        |||Năm 2026|<|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "reported and checked",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số báo cáo|Số kiểm tra|
        |1|{G}|55|54|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a title over two rows of heads",
        f"""
        |{T}|
        |TT|Đơn vị|Số người có trình độ|<|<|<|
        |^|^|Thạc sĩ|<|Tiến sĩ|<|
        |^|^|Nữ|Nam|Nữ|Nam|
        ||Tổng số|12|13|2|3|
        """,
        {"masters.female": 12, "masters.male": 13, "doctors.female": 2, "doctors.male": 3},
        role=Role.SUMMING,
    ),
    Case(
        "a share of women",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|Nữ (%)|
        |1|{P}|8000|51|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "units below the heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |||(người)|(người)|
        |1|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "thousands below the heads",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |||(nghìn)|(nghìn)|
        |1|{P}|4|3|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "a sheet for each quarter",
        """
        == Quý I
        |TT|Chỉ tiêu|Số liệu|
        |1|Số tin, bài được tính trong quý|4|
        == Quý II
        |TT|Chỉ tiêu|Số liệu|
        |1|Số tin, bài được tính trong quý|5|
        """,
        {"news_q1": 4, "news_q2": 5},
        (
            "news_q3",
            "news_q4",
        ),
    ),
    Case(
        "boys and girls called men and women, children counted",
        f"""
        |{T}|
        |TT|Chỉ tiêu|ĐVT|Số liệu|
        |1|Số trẻ em dân tộc thiểu số hoàn thành giáo dục tiểu học|Em|25|
        ||- Nam|Em|12|
        ||- Nữ|Em|13|
        """,
        {"primary_completed.boys": 12, "primary_completed.girls": 13},
    ),
    Case(
        "turns as head",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số lượt|
        |1|{G}|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the quarter that is reported",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Quý III|Quý IV|
        |1|Số tin, bài được tính trong quý|4|5|
        """,
        {"news_counted": 5},
        period="2026-Q4",
    ),
    Case(
        "the whole year for a quarter",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Năm 2026|
        |1|Số tin, bài được tính trong quý|4|
        """,
        {},
        ("news_counted",),
        period="2026-Q4",
    ),
    Case(
        "a title that only names a part, alone",
        """
        |QUÝ IV NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|Tin|4|
        |2|Bài|5|
        """,
        {},
        (
            "news_brief",
            "news_feature",
        ),
        period="2026-Q4",
    ),
    Case(
        "a part under what it is a part of",
        """
        |QUÝ IV NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|Số tin, bài được tính trong quý|9|
        ||Trong đó: tin|4|
        ||bài|5|
        """,
        {"news_counted": 9, "news_brief": 4, "news_feature": 5},
        period="2026-Q4",
    ),
    Case(
        "the year in the line of the unit",
        f"""
        |SỐ LIỆU|
        |Năm 2025||ĐVT: người|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|3100|3200|
        """,
        {},
    ),
    Case(
        "two columns of the same head",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|Số liệu|
        |1|{G}|50|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a column without a head beside it",
        f"""
        |{T}|
        |TT|Chỉ tiêu||Số liệu|
        |1|{G}|50|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "numbers within the titles",
        f"""
        |{T}|
        |Chỉ tiêu|Nữ|Nam|
        |1. {P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "code, title, unit, base and reported period",
        f"""
        |{T}|
        |TT|Mã|Tên chỉ tiêu|Đơn vị|Kỳ gốc|Kỳ báo cáo|
        |1|01|{G}|Tổ chức|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "women and men behind the figures",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|Giới tính|
        |1|{P}|4100|Nữ|
        ||{P}|3900|Nam|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "years and their sum",
        f"""
        |GIAI ĐOẠN|
        |TT|Chỉ tiêu|2024|2025|2026|Tổng cộng|
        |1|{G}|50|51|55|156|
        """,
        {"organisations": 55},
    ),
    Case(
        "the sum of years alone",
        f"""
        |GIAI ĐOẠN 2024-2026|
        |TT|Chỉ tiêu|Tổng cộng|
        |1|{G}|156|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "quarters and their sum",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Quý I|Quý II|Quý III|Quý IV|Tổng cộng|
        |1|{G}|1|2|3|4|10|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "turns within the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Số lượt người được tiếp cận kiến thức cơ bản về bình đẳng giới|4100|3900|
        """,
        {},
        (
            "people_reached.female",
            "people_reached.male",
        ),
    ),
    Case(
        "women and men at the end of the title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|Dân số nữ|4100|
        |2|Dân số nam|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "footnotes",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ (*)|Nam|
        |1|{P} (1)|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a title hidden over its parts",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{P}|8000|
        |!2|Số hộ|900|
        ||- Nữ|400|
        ||- Nam|500|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "plan and result in one head",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Kế hoạch/Thực hiện|
        |1|{G}|55|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "“Đơn vị” over units",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Đơn vị|Số liệu|
        |1|{G}|Tổ chức|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "“Đơn vị” over communes",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Đơn vị|Số liệu|
        |1|{G}|Xã Bình Điền|55|
        |2|{G}|Xã Hương Thọ|56|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "two titles in one",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Số người có trình độ tiến sĩ, thạc sĩ|12|13|
        """,
        {},
        (
            "masters.female",
            "masters.male",
            "doctors.female",
            "doctors.male",
        ),
        role=Role.SUMMING,
    ),
    Case(
        "our title as a part of another one",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|Số cán bộ|120|130|
        ||Trong đó: số người có trình độ thạc sĩ|12|13|
        """,
        {},
        (
            "masters.female",
            "masters.male",
        ),
        role=Role.SUMMING,
    ),
    Case(
        "our title under our title",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4100|3900|
        ||Trong đó: {R}|2100|1900|
        """,
        {
            "population.female": 4100,
            "population.male": 3900,
            "people_reached.female": 2100,
            "people_reached.male": 1900,
        },
    ),
    Case(
        "own part, below and both",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Phần của xã|Cấp dưới|Tổng|
        |1|{G}|5|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "years in rows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}||
        ||Năm 2025|50|
        ||Năm 2026|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "last year in the next row",
        f"""
        |{T}|
        |Chỉ tiêu|Số liệu|
        |{G}|55|
        |Năm 2025|50|
        """,
        {"organisations": 55},
    ),
    Case(
        "years in rows under women and men",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |1|{P}||
        ||- Nữ||
        ||+ Năm 2025|3100|
        ||+ Năm 2026|4100|
        ||- Nam||
        ||+ Năm 2025|3200|
        ||+ Năm 2026|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "a part that is called reached",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số|Số đạt|
        |1|{G}|55|50|
        """,
        {"organisations": 55},
    ),
    Case(
        "halves of the year by days",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Từ 01/01/2026 đến 30/6/2026|Từ 01/7/2026 đến 31/12/2026|
        |1|{G}|25|30|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says days of half a year",
        f"""
        |SỐ LIỆU (từ ngày 01/01/2026 đến ngày 30/6/2026)|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says a day of last year",
        f"""
        |SỐ LIỆU (tính đến ngày 15/11/2025)|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says nine months",
        f"""
        |KẾT QUẢ 9 THÁNG NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says Q4",
        f"""
        |KẾT QUẢ Q4/2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says two years",
        f"""
        |SO SÁNH NĂM 2025 VÀ NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "a school year",
        f"""
        |NĂM HỌC 2025-2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says expected",
        f"""
        |DỰ KIẾN SỐ LIỆU NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "the title says estimated",
        f"""
        |ƯỚC THỰC HIỆN NĂM 2026|
        |TT|Chỉ tiêu|Số liệu|
        |1|{G}|25|
        """,
        {},
        ("organisations",),
    ),
    Case(
        "years under plan and result",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Thực hiện|<|Kế hoạch|<|
        |^|^|2025|2026|2026|2027|
        |1|{G}|50|55|60|65|
        """,
        {"organisations": 55},
    ),
    Case(
        "plan and result as headings",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |A|KẾ HOẠCH NĂM 2026||||
        |1|{P}|4000|4000|
        |B|KẾT QUẢ NĂM 2026|||
        |1|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "quarters as headings",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Số liệu|
        |I|Quý I||
        |1|Số tin, bài được tính trong quý|4|
        |II|Quý II||
        |1|Số tin, bài được tính trong quý|5|
        """,
        {"news_q1": 4, "news_q2": 5},
    ),
    Case(
        "the unit in a line above",
        f"""
        |{T}|
        |Đơn vị tính: Người|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{P}|4100|3900|
        """,
        {"population.female": 4100, "population.male": 3900},
    ),
    Case(
        "“Nam 2026” without accent is a year",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nam 2025|Nam 2026|
        |1|{G}|50|55|
        """,
        {"organisations": 55},
    ),
    Case(
        "women and men side by side",
        f"""
        |NỮ||||NAM||||
        |TT|Chỉ tiêu|Số liệu||TT|Chỉ tiêu|Số liệu|
        |1|{P}|4100||1|{P}|3900|
        """,
        {},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "a plan as heading",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        |KẾ HOẠCH NĂM 2027|
        |2|{P}|4000|4000|
        """,
        {"business_leaders.female": 9, "business_leaders.male": 21},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "a remark between rows",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Nữ|Nam|
        |1|{B}|9|21|
        ||(chỉ tính doanh nghiệp)||
        |2|{P}|4100|3900|
        """,
        {"business_leaders.female": 9, "business_leaders.male": 21},
        (
            "population.female",
            "population.male",
        ),
    ),
    Case(
        "people and women of them",
        f"""
        |{T}|
        |TT|Chỉ tiêu|Tổng số người|Trong đó: số nữ|
        |1|{P}|8000|4100|
        """,
        {"population.female": 4100},
        ("population.male",),
    ),
)
