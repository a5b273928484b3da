"""A small yearly form that communes, the office above and two agencies answer."""

from __future__ import annotations

from functools import cache

from forms.model.form import Form
from forms.programmes.catalogue import parse_pack
from forms.programmes.programme import Programme
from tests.span_form import AGENCIES


@cache
def agency_programme(*changes: tuple[str, str]) -> Programme:
    """With texts replaced in its form."""
    year = YEAR
    for old, new in changes:
        assert old in year, f"{old!r} stands nowhere"
        year = year.replace(old, new)
    return parse_pack("small.v1", {"programme.toml": AGENCIES.encode(), "year.toml": year.encode()})


def agency_form(*changes: tuple[str, str]) -> Form:
    return agency_programme(*changes).forms[0]


YEAR = """
id = "year"
number = "01"
version = 1
title = "Biểu có sở, ban, ngành"
period_kind = "year"

[breakdown.sex]
title = "Giới tính"
female = "Nữ"
male = "Nam"

[[section]]
number = "1"
title = "Việc làm"

    [[section.row]]
    count = "jobs"
    number = "1"
    title = "Số việc làm mới"
    measure = "người"
    by = "sex"
    filled_by = ["reporting_unit", "agency"]
    agencies = ["labour"]

    [[section.row]]
    count = "workers"
    number = "2"
    title = "Số lao động"
    measure = "người"
    filled_by = ["reporting_unit", "agency"]
    agencies = ["labour"]

    [[section.row]]
    count = "offices"
    number = "3"
    title = "Số cơ quan"
    measure = "cơ quan"
    filled_by = ["reporting_unit", "summing_unit"]

    [[section.row]]
    count = "births"
    number = "4"
    title = "Số trẻ sinh"
    measure = "trẻ"
    by = "sex"
    filled_by = ["agency"]
    agencies = ["health", "labour"]

    [[section.row]]
    count = "doctors"
    number = "5"
    title = "Số bác sĩ"
    measure = "người"
    filled_by = ["agency"]
    agencies = ["labour"]

    [[section.row]]
    indicator = "job_share"
    number = "1.1"
    title = "Tỷ lệ việc làm mới"
    measure = "%"
    kind = "formula"
    formula = "100 * jobs / workers"
    owner = "Sở Nội vụ"
    agencies = ["labour"]

    [[section.row]]
    indicator = "births_by_worker"
    number = "1.2"
    title = "Số trẻ sinh trên một lao động"
    measure = "trẻ"
    kind = "formula"
    formula = "births / workers"
    owner = "Sở Y tế"

    [[section.row]]
    indicator = "births_by_doctor"
    number = "1.3"
    title = "Số trẻ sinh trên một bác sĩ"
    measure = "trẻ"
    kind = "formula"
    formula = "births / doctors"
    owner = "Sở Y tế"
    agencies = ["health"]

    [[section.row]]
    indicator = "units_with_jobs"
    number = "1.4"
    title = "Xã có việc làm mới"
    measure = "%"
    kind = "share_of_units"
    rule = "jobs >= 1"
    owner = "Sở Nội vụ"
    agencies = ["labour"]
"""
