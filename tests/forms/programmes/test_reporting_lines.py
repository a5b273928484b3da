"""Who answers a form on the last day of a period. R1 without lines the kinds of the programme · R2 lines hold from day to day ·
R3 a district that is asked itself compiles nothing · R4 an agency answers under the names of the day, and by one unit.

    46 ── 1 (huyện) ── 11, 12 (xã)     46 ── 2 (huyện) ── 21 (xã)     46 ── sở
"""

from __future__ import annotations

from datetime import date

import pytest

from forms.errors import CatalogueError
from forms.model.count import Role
from forms.model.office import Office
from forms.model.org_unit import OrgUnit, UnitKey
from forms.model.period import Period
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import parse_pack
from forms.programmes.programme import Programme, unverified
from forms.programmes.programme_role import office_post
from forms.programmes.reporting_lines import Answerers, answerers
from tests.agency_form import YEAR
from tests.span_form import AGENCIES

SINCE, Y2024, Y2025 = date(2020, 1, 1), Period("2024"), Period("2025")
LINES = """
[[reporting_line]]
kinds = ["district"]
last_day = "2025-06-30"
receiver = "Sở Nội vụ"

[[reporting_line]]
kinds = ["commune"]
first_day = "2025-07-01"
source = "trí nhớ, chưa đối chiếu"
verified = false
"""
DATED = AGENCIES.replace(
    'title = "Sở Nội vụ"\nalso = ["Sở Lao động - Thương binh và Xã hội"]\n',
    'title = "Sở Lao động - Thương binh và Xã hội"\nlast_day = "2025-02-28"\n\n'
    '    [[agency.name]]\n    title = "Sở Nội vụ"\n    first_day = "2025-03-01"\n    verified = false\n',
)
OLD, NEW = "Sở LĐ-TB&XH tỉnh", "Sở Nội vụ tỉnh"


def unit(code: str, kind: str, parent: str | None = "46", name: str = "") -> OrgUnit:
    return OrgUnit(code, name or code, name or code, kind, parent, SINCE)


def tree(*more: OrgUnit) -> OrgUnits:
    districts = [unit(code, "district") for code in "12"]
    communes = [unit(code, "commune", code[0]) for code in ("11", "12", "21")]
    return OrgUnits.of([unit("46", "province", None), *districts, *communes, *more])


def pack(head: str = AGENCIES, lines: str = "") -> Programme:
    return parse_pack("small.v1", {"programme.toml": f"{head}{lines}".encode(), "year.toml": YEAR.encode()})


def asked(programme: Programme, period: Period, *more: OrgUnit, chosen=None) -> Answerers:
    return answerers(programme, programme.forms[0], tree(*more), "46", period, chosen)


def roles(found: Answerers) -> dict[str, str]:
    return {one.unit.code: one.post.role.value for one in found.asked}


def test_r1_without_lines_communes_report_and_districts_compile_them():
    """The form asks the offices of every level: districts add their own part."""
    found = asked(pack(), Y2024, unit("SNV", "agency", name=NEW))
    both = dict.fromkeys(("11", "12", "21"), "reporting_unit") | dict.fromkeys("12", "summing_unit")
    assert {code: role for code, role in roles(found).items() if role == "reporting_unit"} == {
        code: role for code, role in both.items() if role == "reporting_unit"
    }
    assert {one.unit.code: one.receiver and one.receiver.code for one in found.asked if one.unit.kind == "commune"} == {
        "11": "1",
        "12": "1",
        "21": "2",
    }
    assert roles(found)["SNV"] == "agency"


def test_r2_lines_hold_from_day_to_day():
    programme = pack(lines=LINES)
    assert roles(asked(programme, Y2024)) == dict.fromkeys("12", "reporting_unit")
    assert roles(asked(programme, Period("2025-H1"))) == dict.fromkeys("12", "reporting_unit")
    later = roles(asked(programme, Y2025))
    assert {code for code, role in later.items() if role == "reporting_unit"} == {"11", "12", "21"}
    assert "tuyến báo cáo" in unverified(programme)


def test_r2_lines_of_another_form_leave_this_one_alone():
    with pytest.raises(CatalogueError, match="unknown form"):
        pack(lines='\n[[reporting_line]]\nkinds = ["district"]\nforms = ["other"]\n')


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('kinds = ["village"]', "kinds"),
        ("kinds = []", "kinds"),
        ('kinds = ["commune"]\nfirst_day = "2025-07-01"\nlast_day = "2025-06-30"', "before first_day"),
        ('kinds = ["commune"]\nverified = false', "source"),
        ('kinds = ["commune"]\nfirst_day = "1/7/2025"', "first_day"),
        ('kinds = ["commune"]\nuntil = "2025-07-01"', "until"),
    ],
)
def test_r2_a_line_that_can_never_hold_is_refused(line, problem):
    with pytest.raises(CatalogueError, match=problem):
        pack(lines=f"\n[[reporting_line]]\n{line}\n")


@pytest.mark.parametrize(
    ("kind", "period", "role"),
    [
        ("district", Y2024, Role.REPORTING),
        ("district", Y2025, Role.SUMMING),
        ("province", Y2024, Role.SUMMING),
        ("commune", Y2025, Role.REPORTING),
    ],
)
def test_r3_a_district_that_is_asked_itself_compiles_nothing(kind, period, role):
    """It collates other plans; in this one it reports, until communes are asked."""
    programme = pack(lines=LINES)
    office = Office(UnitKey("1", SINCE), "Huyện A", collates=True, kind=kind)
    assert office_post(programme, office, programme.forms[0], period.last).role is role
    assert office_post(pack(), office, pack().forms[0], period.last).role is Role.SUMMING


def test_r4_names_with_dates_tell_the_old_office_from_the_new():
    both = (unit("SLD", "agency", name=OLD), unit("SNV", "agency", name=NEW))
    for period, code in ((Y2024, "SLD"), (Y2025, "SNV")):
        found = asked(pack(DATED), period, *both)
        assert [one.unit.code for one in found.asked if one.post.agencies == {"labour"}] == [code]
        assert found.questions == ()
        assert [unit.code for unit in found.unnamed] == [{"SLD": "SNV", "SNV": "SLD"}[code]]


def test_r4_without_dates_it_is_a_question_until_a_person_chose():
    both = (unit("SLD", "agency", name=OLD), unit("SNV", "agency", name=NEW))
    found = asked(pack(), Y2024, *both)
    assert {"SLD", "SNV"} <= set(roles(found))
    assert [(one.agency.id, [unit.code for unit in one.units]) for one in found.questions] == [
        ("labour", ["SLD", "SNV"])
    ]
    chosen = asked(pack(), Y2024, *both, chosen={"labour": "SNV"})
    assert (set(roles(chosen)) & {"SLD", "SNV"}, chosen.questions) == ({"SNV"}, ())


def test_r4_an_agency_that_the_plan_does_not_name_is_told():
    found = asked(pack(), Y2024, unit("STP", "agency", name="Sở Tư pháp"))
    assert ([one.code for one in found.unnamed], "STP" in roles(found)) == (["STP"], False)
