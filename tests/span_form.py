"""A small programme of a span of years, with agencies, a derogation, tasks and nominations."""

from __future__ import annotations

from forms.model.form import Form
from forms.programmes.catalogue import parse_pack
from forms.programmes.programme import Programme
from tests.small_form import PROGRAMME


def span_programme() -> Programme:
    files = {"programme.toml": AGENCIES, "span.toml": SPAN}
    return parse_pack("small.v1", {name: text.encode() for name, text in files.items()})


def span_form() -> Form:
    return span_programme().forms[0]


AGENCIES = f"""
{PROGRAMME}
[[agency]]
id = "health"
title = "Sở Y tế"

[[agency]]
id = "labour"
title = "Sở Nội vụ"
also = ["Sở Lao động - Thương binh và Xã hội"]

[[agency]]
id = "communes"
title = "UBND các xã, phường"
kinds = ["commune", "ward"]
"""

SPAN = """
id = "span"
number = "TK"
version = 1
title = "Biểu thử nhiều năm"
period_kind = "span"
span = "2011..2020"
years = [2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018, 2019, 2020]
required_years = [2015, 2020]

[breakdown.sex]
title = "Giới tính"
female = "Nữ"
male = "Nam"

[[section]]
number = "1"
title = "Y tế"

    [[section.row]]
    count = "reached"
    number = "1"
    title = "Dân số được tiếp cận"
    measure = "người"
    by = "sex"
    filled_by = ["agency"]
    agencies = ["health"]

    [[section.row]]
    count = "population"
    number = "2"
    title = "Tổng dân số"
    measure = "người"
    by = "sex"
    filled_by = ["agency"]
    agencies = ["health"]

    [[section.row]]
    indicator = "share"
    number = "1.1"
    title = "Tỷ lệ dân số được tiếp cận"
    measure = "%"
    kind = "formula"
    formula = "100 * reached / population"
    gap_noun = "người"
    owner = "Sở Y tế"
    agencies = ["health"]
        [[section.row.target]]
        year = 2020
        operator = ">="
        amount = "60"
        words = "ít nhất 60%"

[[section]]
number = "2"
title = "Việc làm"

    [[section.row]]
    count = "jobs"
    number = "1"
    title = "Số việc làm mới"
    measure = "người"
    filled_by = ["agency"]
    agencies = ["labour"]

    [[section.task]]
    id = "t-1"
    number = "1"
    title = "Mở lớp tập huấn"
    leads = ["labour", "health"]

    [[section.task]]
    id = "t-2"
    number = "2"
    title = "Tuyên truyền"
    leads = ["communes"]

[[narrative]]
id = "results"
number = "I"
title = "Kết quả"

[nominations]
forms = ["Bằng khen của Chủ tịch UBND tỉnh"]
"""

# The same figure in a yearly form beside it.
CROSS = """
[[cross]]
id = "same_news"
count = "population"
form = "year"
period = "year"
other = "population"
level = "error"
message = "Hai biểu khác nhau. Sửa một trong hai."
"""
