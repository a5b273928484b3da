"""A small programme with one yearly form: two counts by sex, three indicators, two checks. Shared by the packages' tests."""

from __future__ import annotations

from forms.model.form import Form
from forms.programmes.catalogue import parse_pack


def small_form() -> Form:
    return parse_pack("small.v1", {"programme.toml": PROGRAMME.encode(), "year.toml": FORM.encode()}).forms[0]


PROGRAMME = """
id = "small"
version = 1
title = "Chương trình thử"
short_title = "Thử"
document = ""
issuer = ""
issuing_unit = ""
first_year = 2021
last_year = 2025
source = "bài kiểm thử"
"""

FORM = """
id = "year"
number = "01"
version = 1
title = "Biểu thử"
period_kind = "year"

[breakdown.sex]
title = "Giới tính"
female = "Nữ"
male = "Nam"

[[section]]
number = "1"
title = "Tiếp cận"

    [[section.row]]
    count = "reached"
    number = "1"
    title = "Dân số được tiếp cận"
    measure = "người"
    by = "sex"

    [[section.row]]
    count = "population"
    number = "2"
    title = "Tổng dân số"
    measure = "người"
    by = "sex"

    [[section.row]]
    indicator = "share"
    number = "6.1"
    title = "Tỷ lệ dân số được tiếp cận"
    measure = "%"
    kind = "formula"
    formula = "100 * reached / population"
    gap_noun = "người"
    owner = "Sở"
        [[section.row.target]]
        year = 2025
        operator = ">="
        amount = "60"
        words = "ít nhất 60%"

    [[section.row]]
    indicator = "both"
    number = "6.2"
    title = "Nữ và nam đều được tiếp cận"
    measure = "%"
    kind = "formula"
    formula = "100 * reached / population"
    each_part = "sex"
    owner = "Sở"
        [[section.row.target]]
        year = 2025
        operator = ">"
        amount = "50"
        words = "trên 50%"

    [[section.row]]
    indicator = "units"
    number = "6.3"
    title = "Xã có từ 60 người được tiếp cận"
    measure = "%"
    kind = "share_of_units"
    rule = "reached >= 60"
    owner = "Sở"
        [[section.row.target]]
        year = 2025
        operator = "="
        amount = "100"
        words = "100%"

[[check]]
id = "reached_within_population"
expect = "reached <= population"
level = "error"
message = "Số người được tiếp cận lớn hơn dân số. Sửa một trong hai."

[[check]]
id = "few_reached"
expect = "reached >= 10"
level = "warning"
message = "Rất ít người được tiếp cận. Ghi lý do."
"""
