"""Two small programmes that ask for news: chuyên mục by the month, and a quarter whose counts are taken month by month."""

from __future__ import annotations

from forms.programmes.catalogue import parse_pack
from forms.programmes.programme import Programme


def monthly() -> Programme:
    """≥ 2 chuyên mục a month (as the amended plan of 2018 has it), with a form for each month."""
    head = _head("slots", "month", 2, '["slot"]')
    return _pack("slots", head, "month", _count("slots_aired", "Số chuyên mục", "slot"))


def by_month() -> Programme:
    """≥ 4 tin, bài a quarter; tin and bài are counted for each month."""
    head = _head("months", "quarter", 4, '["brief", "feature"]')
    briefs = _count("briefs", "Tin", "brief", 'by = "month"')
    features = _count("features", "Bài", "feature", 'by = "month"')
    counted = _count("all", "Tin, bài", "counted")
    return _pack("months", head, "quarter", MONTHS, counted, briefs, features, CHECK)


def _pack(id: str, head: str, kind: str, *parts: str) -> Programme:
    breakdowns = [part for part in parts if part.startswith("[breakdown")]
    rows = [part for part in parts if part.strip().startswith("[[section.row")]
    checks = [part for part in parts if part.startswith("[[check")]
    form = "\n".join([FORM.format(kind=kind), *breakdowns, SECTION, *rows, *checks])
    return parse_pack(f"{id}.v1", {"programme.toml": head.encode(), "form.toml": form.encode()})


def _head(id: str, kind: str, minimum: int, counted: str) -> str:
    return f"""
id = "{id}"
version = 1
title = "Chương trình {id}"
short_title = "Kế hoạch {id}"
document = ""
issuer = ""
issuing_unit = ""
first_year = 2021
last_year = 2025
source = "bài kiểm thử"

[news]
minimum = {minimum}
period_kind = "{kind}"
counted_kinds = {counted}
relayed_counted = false
words = "ít nhất {minimum} mỗi kỳ"
source = "bài kiểm thử"
"""


def _count(id: str, title: str, measure: str, more: str = "") -> str:
    return f"""
    [[section.row]]
    count = "{id}"
    number = "{id}"
    title = "{title}"
    measure = "tin"
    from_news = "{measure}"
    {more}
"""


FORM = """
id = "news"
number = "01"
version = 1
title = "Biểu tin, bài"
period_kind = "{kind}"
has_news = true
"""
MONTHS = """[breakdown.month]
title = "Tháng"
first = "Tháng thứ nhất"
second = "Tháng thứ hai"
third = "Tháng thứ ba"
"""
SECTION = """
[[section]]
number = "1"
title = "Tin, bài"
"""
CHECK = """[[check]]
id = "kinds"
expect = "briefs + features <= all"
level = "error"
message = "Tin cộng bài lớn hơn tổng số. Nhập lại."
"""
