"""What a pack may say. P1 what fits together is taken · P2 what can never be asked, typed or reached is refused, by file and
key · P3 whatever stands in the file, nothing else than a refusal comes out of it."""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.checks.all_checks import find
from forms.errors import CatalogueError
from forms.model.count import Answered, Role
from forms.model.period import Period
from forms.model.report import Report
from forms.programmes.catalogue import parse_pack
from forms.programmes.deadlines import deadline_of, last_day
from forms.programmes.definition_reader import FormFile
from forms.programmes.programme import Programme
from forms.programmes.programme_role import ProgrammeRole, form_at
from forms.summary.totals import results, single
from tests.forms.conftest import UNIT
from tests.small_form import FORM
from tests.span_form import AGENCIES, CROSS, SPAN

QUARTER = """
id = "quarter"
number = "Q"
version = 1
title = "Biểu quý"
period_kind = "quarter"
has_news = true

[breakdown.month]
title = "Tháng"
first = "Tháng thứ nhất"
second = "Tháng thứ hai"
third = "Tháng thứ ba"

[[section]]
number = "1"
title = "Tin, bài"

    [[section.row]]
    count = "news_counted"
    number = "1"
    title = "Số tin, bài"
    measure = "tin, bài"
    from_news = "counted"
    by = "month"
"""
FILES = {"programme.toml": AGENCIES, "span.toml": SPAN, "year.toml": FORM, "quarter.toml": QUARTER}
OWN = """
    [[section.row]]
    count = "own"
    number = "1.2"
    title = "Mức tự đặt"
    measure = "%"
    filled_by = ["agency"]
    agencies = ["health"]
    adds_up = false
    required = false

    [[section.row]]
    indicator = "share"
"""


def pack(*changes: tuple[str, str]) -> Programme:
    """The pack of four files with texts replaced wherever they stand; `("", text)` adds to the span form."""
    files = dict(FILES)
    for old, new in changes:
        assert not old or any(old in text for text in files.values()), f"{old!r} stands nowhere"
        files = {name: text.replace(old, new) for name, text in files.items()} if old else files
        files["span.toml"] += "" if old else new
    return parse_pack("small.v1", {name: text.encode() for name, text in files.items()})


def refusal(*changes: tuple[str, str]) -> str:
    with pytest.raises(CatalogueError) as wrong:
        pack(*changes)
    return wrong.value.message


def with_own_target(text: str = OWN) -> tuple[tuple[str, str], ...]:
    """The health agency may set a target of its own for the share."""
    share = SPAN.partition('    [[section.row]]\n    indicator = "share"\n')[2]
    return (
        ('    [[section.row]]\n    indicator = "share"\n' + share, text + share),
        ('gap_noun = "người"\n    owner = "Sở Y tế"', 'own_target = "own"\n    owner = "Sở Y tế"'),
    )


def test_p1_years_agencies_tasks_and_nominations_are_read() -> None:
    programme = pack()
    form = programme.form("span")
    assert [agency.id for agency in programme.agencies] == ["health", "labour", "communes"]
    assert form.counts["reached"].cells[:3] == ("reached.female@2011", "reached.female@2012", "reached.female@2013")
    assert form.counts["reached"].required_cells == (
        "reached.female@2015",
        "reached.female@2020",
        "reached.male@2015",
        "reached.male@2020",
    )
    assert form.indicators["share"].years == tuple(range(2011, 2021))
    assert form.tasks["t-1"].leads == ("labour", "health")
    assert form.nominations.forms == ("Bằng khen của Chủ tịch UBND tỉnh",)
    assert programme.form_for(Period("2011..2020")) is form
    assert programme.form_for(Period("2016..2020")) is None


def test_p1_a_section_asks_for_years_of_its_own() -> None:
    """Proposals for 2025 and 2030 in the summing-up of 2011–2020."""
    form = pack(('title = "Việc làm"', 'title = "Đề xuất"\nyears = [2025, 2030]')).form("span")
    assert form.counts["jobs"].cells == ("jobs@2025", "jobs@2030")
    assert form.counts["jobs"].required_cells == ("jobs@2025", "jobs@2030")


def test_p1_a_count_that_names_no_agency_belongs_to_those_of_its_indicators() -> None:
    bare = pack(('filled_by = ["agency"]\n    agencies = ["health"]\n', 'filled_by = ["agency"]\n')).form("span")
    assert bare.counts["reached"].agencies == ("health",)


def test_p1_what_is_asked_of_every_objective_is_named_after_it() -> None:
    """results_1, results_2; an objective numbered II.1 gives results_ii_1."""
    asked = '\n[[objective_narrative]]\nid = "why"\nnumber = "a"\ntitle = "Nguyên nhân"\n'
    form = pack(("", asked), ('number = "2"\ntitle = "Việc làm"', 'number = "II.1"\ntitle = "Việc làm"')).form("span")
    assert [(spec.id, spec.number, spec.section) for spec in form.narratives][:2] == [
        ("why_1", "1.a", "1"),
        ("why_ii_1", "II.1.a", "II.1"),
    ]


def test_p1_a_unit_may_set_a_target_of_its_own() -> None:
    assert pack(*with_own_target()).form("span").indicators["share"].own_target == "own"


@pytest.mark.parametrize(
    ("changes", "where", "problem"),
    [
        # years
        ([("years = [2011, 2012", "years = [2012, 2011")], "span.toml, years", "years rise"),
        ([("years = [2011, 2012", "years = [2011, 2011")], "span.toml, years", "years rise"),
        ([("years = [2011, 2012", "years = [11, 2012")], "span.toml, years", "2000 to 2099"),
        ([("years = [2011, 2012", "years = [2011.5, 2012")], "span.toml", "years should be tuple[int"),
        ([("required_years = [2015, 2020]", "required_years = [2015, 2021]")], "span.toml", "not among years"),
        ([("required_years = [2015, 2020]", "required_years = 2015")], "span.toml", "required_years should be"),
        ([('title = "Việc làm"', 'title = "V"\nrequired_years = [2015]')], "count jobs", "not among years"),
        ([('span = "2011..2020"', "")], "span.toml, span", "of a span form"),
        ([('span = "2011..2020"', 'span = "2020..2011"')], "span.toml, span", "no span of years"),
        ([('period_kind = "quarter"', 'period_kind = "quarter"\nspan = "2011..2020"')], "quarter.toml, span", "span"),
        ([('gap_noun = "người"', "years = [2021]")], "span.toml, indicator share", "not asked for the same years"),
        # checks and what they read
        (
            [("", '[[check]]\nid = "c"\nexpect = "jobs <= reached"\nlevel = "error"\nmessage = "m"\nyears = [2015]')],
            "check c",
            "names none",
        ),
        (
            [
                ('title = "Việc làm"', 'title = "V"\nyears = [2025]'),
                ("", '[[check]]\nid = "cc"\nexpect = "jobs <= reached"\nlevel = "error"\nmessage = "m"'),
            ],
            "check cc",
            "not asked for the same years",
        ),
        (
            [
                ('title = "Việc làm"', 'title = "V"\nyears = [2025]'),
                ("", '[[check]]\nid = "cc"\nexpect = "reached > 0"\nwhen = "jobs > 0"\nlevel = "error"\nmessage = "m"'),
            ],
            "check cc",
            "not asked for the same years",
        ),
        (
            [("", '[[check]]\nid = "cc"\nexpect = "jobs > 0"\nwhen = "other > 0"\nlevel = "error"\nmessage = "m"')],
            "span.toml, cc",
            "unknown id 'other'",
        ),
        (
            [('expect = "reached >= 10"', 'expect = ["reached >= 10"]')],
            "year.toml, check few_reached",
            "expect should be",
        ),
        # ids and parts
        ([('count = "jobs"', 'count = "new-jobs"')], "span.toml, new-jobs", "snake_case"),
        ([('female = "Nữ"', '"nữ" = "Nữ"')], "breakdown sex", "no id of a part"),
        ([('female = "Nữ"', "female = 1")], "breakdown sex", "a title for each part"),
        ([('female = "Nữ"\nmale = "Nam"', "")], "breakdown sex", "no parts"),
        ([('[breakdown.sex]\ntitle = "Giới tính"', "[breakdown.sex]")], "breakdown sex", "needs a title"),
        ([('count = "jobs"', f'count = "{"j" * 61}"')], "span.toml", "snake_case"),
        ([("female", "f" * 40), ('count = "reached"', f'count = "{"r" * 60}"')], "span.toml", "too long"),
        ([('by = "sex"', 'by = ["sex"]')], "by", "by should be"),
        # who answers
        ([('agencies = ["labour"]', "")], "count jobs", "an agency answers for it, and none is named"),
        ([('agencies = ["labour"]', 'agencies = ["communes"]')], "span, count jobs", "is no single one"),
        ([('agencies = ["labour"]', 'agencies = ["police"]')], "span, jobs", "unknown agency ['police']"),
        ([('leads = ["communes"]', 'leads = ["police"]')], "span, t-2", "unknown agency ['police']"),
        ([('agencies = ["labour"]', "agencies = [1]")], "count jobs", "agencies should be tuple[str"),
        ([('filled_by = ["agency"]\n    agencies = ["labour"]', "filled_by = []")], "count jobs", "nobody fills it"),
        ([('kinds = ["commune", "ward"]', 'kinds = ["comune"]')], "kinds, reporters", "unknown kind of unit"),
        ([("first_year = 2021", 'first_year = 2021\nreporters = ["sở"]')], "kinds, reporters", "unknown kind of unit"),
        ([('id = "labour"', 'id = "health"')], "agency health", "stands twice"),
        # own targets, shares of units
        (with_own_target(OWN.replace("adds_up = false\n", "")), "indicator share", "must not add up"),
        (
            with_own_target(OWN.replace("    required", '    by = "sex"\n    required')),
            "indicator share",
            "no place that",
        ),
        (
            [('gap_noun = "người"\n    owner = "Sở Y tế"', 'own_target = "x"\n    owner = "Sở"')],
            "indicator share",
            "no place",
        ),
        (
            [
                (
                    'by = "sex"\n\n    [[section.row]]\n    count = "population"',
                    'by = "sex"\n    filled_by = ["summing_unit"]\n\n    [[section.row]]\n    count = "population"',
                )
            ],
            "year.toml, indicator units",
            "no reporting unit fills 'reached'",
        ),
        # news
        ([('third = "Tháng thứ ba"', "")], "quarter.toml, count news_counted", "by has 3 parts"),
        ([('from_news = "counted"', 'from_news = "counted"\n    month = 4')], "count news_counted", "month is 1 to 3"),
        (
            [('from_news = "counted"', 'from_news = "counted"\n    quarter = 1')],
            "count news_counted",
            "only a year has",
        ),
        ([('from_news = "counted"', "month = 2")], "count news_counted", "only news have"),
        ([('count = "jobs"', 'count = "jobs"\n    from_news = "slot"')], "count jobs", "not counted by years"),
        # other forms
        ([("", CROSS.replace('period = "year"', 'period = "Q5"'))], "cross same_news", "'Q5' is none of year"),
        (
            [("", CROSS.replace('form = "year"', 'form = "month"'))],
            "cross same_news",
            "no 'population' in form 'month'",
        ),
        (
            [
                (
                    "",
                    CROSS.replace('form = "year"', 'form = "quarter"')
                    .replace('"year"', '"Q1"')
                    .replace('r = "population"', 'r = "news_counted"'),
                )
            ],
            "cross same_news",
            "other parts",
        ),
        ([("", CROSS.replace('form = "year"', 'form = "span"'))], "cross same_news", "is none of"),
        ([("", CROSS.replace('level = "error"', 'level = "bad"'))], "cross same_news", "level 'bad'"),
        ([('id = "quarter"', 'id = "year"')], "form year", "stands twice"),
        (
            [('period_kind = "quarter"', 'period_kind = "year"'), ('from_news = "counted"\n    by = "month"', "")],
            "form for a period year",
            "stands twice",
        ),
        # texts
        ([('title = "Kết quả"', 'title = "Kết quả"\nlimit = 20001')], "span.toml, results", "limit is 1 to 20000"),
        ([('title = "Kết quả"', 'title = "Kết quả"\nsection = "9"')], "span.toml, results", "no section '9'"),
        # what the file must not say
        ([('id = "results"', 'id = "results"\ncolour = "red"')], "narrative results", "unknown key 'colour'"),
        ([('period_kind = "span"', 'period_kind = "span"\nnews_rule = "x"')], "span.toml, form", "news_rule should be"),
        ([('period_kind = "span"', 'period_kind = "span"\nprogramme_sha256 = "x"')], "span.toml, form", "unknown key"),
        ([("Kết quả", "Kết\tquả")], "span.toml, text", "U+0009"),
        ([("Kết quả", "Kết\u200bquả")], "span.toml, text", "U+200B"),
        ([("[nominations]", "[[nominations]]")], "span.toml, nominations", "is written [nominations]"),
        ([("[[narrative]]", "[narrative]")], "span.toml, narrative", "is written [[narrative]]"),
    ],
)
def test_p2_what_does_not_fit_together_is_refused(changes: list[tuple[str, str]], where: str, problem: str) -> None:
    message = refusal(*changes)
    assert where in message
    assert problem in message


@pytest.mark.parametrize(
    ("line", "where", "problem"),
    [
        ('role = "agency"\nmonth = 2\nday = 29', "deadline agency", "is no day of every year"),
        ('role = "agency"\nmonth = 13\nday = 1', "deadline agency", "is no day of every year"),
        ('role = "agency"\nmonth = "5"\nday = 1', "deadline", "month should be int"),
    ],
)
def test_p2_a_deadline_is_a_day(line: str, where: str, problem: str) -> None:
    message = refusal(
        ('[[agency]]\nid = "health"', f'[[deadline]]\n{line}\nwords = "w"\nreceiver = "r"\n\n[[agency]]\nid = "health"')
    )
    assert where in message
    assert problem in message


def test_a_deadline_follows_its_span_by_as_many_years_as_the_plan_says() -> None:
    """“trước ngày 23/4/2021” for 2011–2020: by 22 April 2021. An agency has that of the other reporting units."""
    late = (
        '[[deadline]]\nrole = "reporting_unit"\nmonth = 4\nday = 23\nwords = "trước ngày 23/4/2021"\nreceiver = "Sở"\n'
    )
    programme = pack(
        ('[[agency]]\nid = "health"', f'{late}period_kind = "span"\nyears_after = 1\n\n[[agency]]\nid = "health"')
    )
    deadline = deadline_of(programme, Role.AGENCY, Period("2011..2020").kind)
    assert last_day(deadline, Period("2011..2020")) == date(2021, 4, 22)
    assert deadline_of(programme, Role.SUMMING, Period("2011..2020").kind) is None
    assert deadline_of(programme, Role.AGENCY) is None


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a parsed file."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))][bool(not path) :]


strange = st.sampled_from(
    [
        5,
        -1,
        0,
        1.5,
        True,
        "",
        "x",
        "2015",
        "reached",
        [],
        ["x"],
        [1],
        [[]],
        [{}],
        {},
        {"x": 1},
        date(2015, 1, 1),
        "year",
        "sex",
    ]
)


@given(file=st.sampled_from([SPAN, FORM, QUARTER]), data=st.data())
def test_p3_whatever_stands_in_a_file_is_read_or_refused(file: str, data: st.DataObject) -> None:
    """One value replaced by a strange one, or taken away; what is read can then be filled, checked and judged."""
    raw = tomllib.loads(file)
    *way, last = data.draw(st.sampled_from(places(raw)))
    at = raw
    for key in way:
        at = at[key]
    if data.draw(st.booleans()):
        at[last] = data.draw(strange)
    else:
        del at[last]
    try:
        form = FormFile("x.toml", raw).form("small", 1, "0" * 64)
    except CatalogueError:
        return
    for role in Role:
        mine = form_at(form, ProgrammeRole(role, frozenset({"health"})))
        report = Report(mine, UNIT, role, Period(mine.span or "2025"))
        find(report)
        results(single(mine, UNIT, role, {}), 2025)


def test_amounts_are_exact_texts() -> None:
    assert pack().form("span").indicators["share"].targets[0].amount == Decimal(60)
    assert "no number written as text" in refusal(('amount = "60"', "amount = 60.5"))


WHOLE = 'filled_by = ["reporting_unit", "agency"]'


@pytest.mark.parametrize(
    ("said", "answered", "preferred"),
    [
        ("", Answered.WHOLE, None),
        ('\nanswered = "adds"', Answered.ADDS, None),
        ('\nanswered = "whole"\npreferred = "agency"', Answered.WHOLE, Role.AGENCY),
    ],
)
def test_an_agency_answers_for_the_whole_or_for_its_part(said, answered, preferred):
    count = pack(("", _asked_of(WHOLE + said))).forms[-1].counts["asked"]
    assert (count.answered_by(Role.AGENCY), count.preferred) == (answered, preferred)
    assert count.answered_by(Role.REPORTING) is Answered.ADDS


@pytest.mark.parametrize(
    "said",
    [
        'filled_by = ["reporting_unit"]\nanswered = "adds"',
        WHOLE + '\nanswered = "adds"\nadds_up = false',
        WHOLE + '\nanswered = "adds"\npreferred = "agency"',
        WHOLE + '\npreferred = "summing_unit"',
        'filled_by = ["agency"]\npreferred = "agency"',
    ],
)
def test_what_has_no_second_source_prefers_none(said):
    with pytest.raises(CatalogueError):
        pack(("", _asked_of(said)))


def _asked_of(said: str) -> str:
    row = 'count = "asked"\nnumber = "9"\ntitle = "Số được hỏi"\nmeasure = "người"\nagencies = ["health"]\n'
    return f'\n[[section]]\nnumber = "9"\ntitle = "Hỏi thêm"\n\n[[section.row]]\n{row}{said}\n'
