"""Practice figures (số liệu thử): what a made-up commune or office would report. Invented, always the same, never real.

They only ever go into practice ledgers, which print BẢN THỬ on every page and whose packages no real office takes.
Every figure is drawn from a hash of its name, so that a commune has the same figures on every machine.

`filled` makes a report on any form, sound enough to be sealed: what tests and benches fill forms with that they do not know.
Parts are made smaller than their wholes first, as the form's own checks ask for; what still does not hold is settled check by
check.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

from forms.checks import all_checks
from forms.model.cell import Cell, CellState, at, given
from forms.model.count import Count, Role
from forms.model.expression import Formula, Lookup
from forms.model.form import Check, Form
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.org_unit import UnitKey
from forms.model.period import Period
from forms.model.report import ImportedReport, Report
from forms.model.task import Nomination, Nominee, Task, TaskState

ENOUGH = 4  # items a quarter (6.3); fewer are explained
_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Tôn Nữ")
_MIDDLES = ("Thị", "Văn", "Thị Minh", "Đức", "Thị Thanh", "Quốc", "Thị Kim", "Hữu")
_GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hương", "Khánh", "Lan", "Linh", "Mai", "Nam", "Nga", "Phúc",
          "Quỳnh", "Sơn", "Thảo", "Thủy", "Trang", "Tuấn", "Vân", "Yến")  # fmt: skip
_TITLES = (
    "Phát động Tháng hành động vì bình đẳng giới",
    "Tuyên truyền Luật Bình đẳng giới ở nhà văn hóa tổ dân phố",
    "Gương phụ nữ làm kinh tế giỏi",
    "Chia sẻ việc nhà, xây dựng gia đình hạnh phúc",
    "Phòng ngừa, ứng phó với bạo lực trên cơ sở giới",
    "Địa chỉ tin cậy ở cộng đồng",
    "Ngày hội phụ nữ khởi nghiệp",
    "Nam giới đồng hành cùng bình đẳng giới",
    "Không lựa chọn giới tính thai nhi",
    "Nữ cán bộ trẻ và việc tham gia quản lý",
    "Hỗ trợ phụ nữ vùng ven biển học nghề",
    "Tọa đàm về bình đẳng giới trong trường học",
)
_CHANNELS = (("loudspeaker",), ("loudspeaker", "social_network"), ("website",), ("loudspeaker", "public_board"))
_NOTHING = "Trong quý không có tin, bài nào (số liệu thử)"
_REASON = "Hệ thống loa truyền thanh hỏng sau mưa lũ, đã sửa xong (số liệu thử)"

# (lowest, highest) of a count of its own
_FREE = {
    "agencies.council": (1, 1), "agencies.committee": (1, 1),
    "women_led_agencies.council": (0, 1), "women_led_agencies.committee": (0, 1),
    "business_leaders.female": (8, 60), "business_leaders.male": (30, 160),
    "victims_found.female": (0, 4), "victims_found.male": (0, 1),
    "offenders_found.female": (0, 1), "offenders_found.male": (0, 4),
    "live_births.boys": (45, 140), "live_births.girls": (42, 130), "maternal_deaths": (0, 0),
    "teen_women": (600, 1900), "population.female": (6200, 24000), "population.male": (6000, 23500), "organisations": (18, 40),
    "women_employed": (268000, 274000), "shelters": (3, 3), "pilot_facilities": (1, 1), "gender_in_curriculum": (1, 1),
    "vocational_enrolled.female": (4100, 4500), "vocational_enrolled.male": (6300, 6900),
    "masters.female": (1900, 2100), "masters.male": (1800, 2000), "doctors.female": (240, 270), "doctors.male": (520, 560),
    "stations": (2, 2),
}  # fmt: skip
_AT_HOME = (("victims_found", "victims_found"), ("victims_supported", "victims_found"),
            ("offenders_found", "offenders_found"), ("offenders_counselled", "offenders_found"))  # fmt: skip
# (of which count, lowest and highest hundredths of it)
_SHARES = {
    "victims_supported.female": ("victims_found.female", 100, 100), "victims_supported.male": ("victims_found.male", 100, 100),
    "offenders_counselled.female": ("offenders_found.female", 100, 100),
    "offenders_counselled.male": ("offenders_found.male", 70, 100),
    **{f"{what}_at_home.{sex}": (f"{found}.{sex}", 50, 50) for what, found in _AT_HOME for sex in ("female", "male")},
    "teen_births": ("teen_women", 0, 1),
    "people_reached.female": ("population.female", 52, 88), "people_reached.male": ("population.male", 48, 84),
    "organisations_committed": ("organisations", 80, 100),
    "women_wage_workers": ("women_employed", 51, 53), "women_in_agriculture": ("women_employed", 22, 25),
    "shelters_active": ("shelters", 100, 100), "stations_with_programme": ("stations", 100, 100),
}  # fmt: skip
_HOURS = {"unpaid_hours_women": "2.40", "unpaid_hours_men": "1.30"}


@dataclass(frozen=True, slots=True)
class Draw:
    """Numbers that follow from names."""

    seed: str

    def number(self, low: int, high: int, *what: object) -> int:
        """From low to high, both possible."""
        digest = hashlib.sha256("/".join(map(str, (self.seed, *what))).encode()).digest()
        return low + int.from_bytes(digest[:8], "big") % (high - low + 1)

    def person(self, *what: object) -> str:
        """A made-up name."""
        lists = (_FAMILIES, _MIDDLES, _GIVEN)
        return " ".join(words[self.number(0, len(words) - 1, *what, at)] for at, words in enumerate(lists))


def quarter_news(report: Report, items: int) -> ImportedReport:
    """The quarter of the report with so many counted items; fewer than four are explained, none at all is typed as
    noughts."""
    draw = Draw(f"{report.unit.code}/{report.period.label}")
    reasons = {} if items >= ENOUGH else {"enough_news": _REASON}
    return ImportedReport(
        report.form.programme,
        report.period,
        as_of=report.period.last,
        cells={} if items else dict.fromkeys(report.expected_cells, given(0)),
        news=tuple(_item(draw, report.period, number) for number in range(items)),
        narratives={"highlights": f"Đã đăng, phát {items} tin, bài (số liệu thử)."},
        explanations=reasons if items else reasons | {"all_zero": _NOTHING},
    )


def no_figures(report: Report) -> ImportedReport:
    """A report that answers nothing: every cell "không thu thập"."""
    empty = Cell(CellState.NOT_COLLECTED, note="Chưa theo dõi trong quý (số liệu thử)")
    cells = dict.fromkeys(report.expected_cells, empty)
    return ImportedReport(
        report.form.programme, report.period, as_of=report.period.last, form=report.form.id, cells=cells
    )


def year_figures(report: Report, news: int | None) -> ImportedReport:
    """The year of the report: what this unit answers for. `news`: counted items of the last quarter; None for an office
    that sums up, which has no news of its own."""
    draw = Draw(f"{report.unit.code}/{report.period.label}")
    counted = {name: _figure(draw, name) for name in report.expected_cells}
    quarters = {f"news_q{number}": draw.number(3, 9, "news", number) for number in (1, 2, 3)}
    explanations = {}
    if news is not None:
        quarters["news_q4"] = news
        counted |= {name: given(amount) for name, amount in quarters.items()}
        explanations = {f"enough_{name}": _REASON for name, amount in quarters.items() if amount < ENOUGH}
    return ImportedReport(
        report.form.programme,
        report.period,
        as_of=report.period.last,
        cells=counted,
        narratives={"strengths": "Số liệu thử: các chỉ tiêu được theo dõi thường xuyên."},
        tasks=tuple(done(id, report.period) for id in report.form.tasks),
        explanations=explanations,
    )


def _figure(draw: Draw, name: str) -> Cell:
    """Shares stay within their whole; a lowland commune has no children of ethnic minorities to count."""
    if name in _FREE:
        return given(draw.number(*_FREE[name], name))
    if name in _SHARES:
        whole, low, high = _SHARES[name]
        return given(draw.number(*_FREE[whole], whole) * draw.number(low, high, name) // 100)
    if name in _HOURS:
        return Cell(CellState.GIVEN, Decimal(_HOURS[name]), "Số liệu thử")
    if name.startswith(("primary_", "secondary_")):
        return _schooling(draw, name)
    return Cell(CellState.NONE)


def _schooling(draw: Draw, name: str) -> Cell:
    if draw.number(1, 4, "highland") > 1:
        return Cell(CellState.NOT_APPLICABLE)
    level, _, rest = name.partition("_")
    state, _, sex = rest.partition(".")
    expected = draw.number(20, 60, level, sex)
    return given(expected if state == "expected" else expected - draw.number(0, 2, level, sex, "left"))


def done(id: str, period: Period) -> Task:
    told = "Đã thực hiện (số liệu thử)"
    return Task(id, TaskState.DONE, 100, started=period.first, finished=period.last, result=told)


def _item(draw: Draw, period: Period, number: int) -> NewsItem:
    days = (period.last - period.first).days
    day = period.first + timedelta(days=draw.number(0, days, "day", number))
    title = _TITLES[(draw.number(0, 11, "first") + number) % len(_TITLES)]
    kind = (NewsKind.BRIEF, NewsKind.BRIEF, NewsKind.FEATURE)[draw.number(0, 2, "kind", number)]
    channels = _CHANNELS[draw.number(0, 3, "channels", number)]
    id = hashlib.sha256(f"{draw.seed}/{number}".encode()).hexdigest()[:32]
    return NewsItem(
        id, day, title, kind, tuple(sorted(channels)), Origin.OWN, airings=draw.number(1, 4, "airings", number)
    )


SOMEBODY = UnitKey("00000", date(2025, 1, 1))
_SIDES = re.compile(r"(.+?) (<=|>=|==|<|>) (.+)")
_ROUNDS = 40
_MADE_UP = "Số liệu thử"


def filled(form: Form, role: Role, period: Period, seed: str = "") -> ImportedReport:
    """Everything that this role fills in the form; what is not required stays blank. Another seed, other figures.

    Pass the form as the office sees it (forms.programmes.programme_role.form_at), or the whole one.
    """
    report = Report(form, SOMEBODY, role, period, as_of=period.last)
    texts = {spec.id: f"{_MADE_UP}: {spec.title}." for spec in form.narratives}
    report = replace(report, cells=_figures(report, Draw(f"{form.id}/{seed}")), narratives=texts)
    report = replace(report, tasks=tuple(done(id, period) for id in form.tasks), nominations=_nominations(form))
    asked = [one for one in all_checks.find(report) if one.level == "warning"]
    return ImportedReport(
        form.programme,
        period,
        as_of=report.as_of,
        form=form.id,
        cells=dict(report.cells),
        narratives=dict(report.narratives),
        tasks=report.tasks,
        nominations=report.nominations,
        explanations={one.check: _MADE_UP for one in asked},
    )


def _nominations(form: Form) -> tuple[Nomination, ...]:
    if form.nominations is None:
        return ()
    kind = form.nominations.forms[0]
    collective = Nomination(Nominee.COLLECTIVE, "Tập thể thử", kind, _MADE_UP)
    return collective, Nomination(Nominee.PERSON, "Người thử", kind, _MADE_UP)


def _figures(report: Report, draw: Draw) -> dict[str, Cell]:
    asked = [count for count in report.form.counts.values() if report.role in count.filled_by and count.required]
    cells = {cell: given(_drawn(draw, count, cell)) for count in asked for cell in count.cells}
    report = replace(report, cells=cells)
    for check in report.form.checks:
        report = _smaller_part(report, draw, check)
    for _ in range(_ROUNDS):
        failing = [(check, year) for check in report.form.checks for year in _years_failing(report, check)]
        for check, year in failing:
            report = _settled(report, check, year)
        if not failing:
            break
    return dict(report.cells)


def _drawn(draw: Draw, count: Count, cell: str) -> Decimal:
    """Near the same figure in every year, so that no year is unlikely after the one before."""
    if count.maximum == 1:
        return Decimal(1)
    base = draw.number(1200, 1500, cell.partition("@")[0]) + draw.number(0, 60, cell)
    amount = Decimal(base) / 100 if count.maximum is not None or count.decimals else Decimal(base)
    return amount.quantize(Decimal(1).scaleb(-count.decimals), ROUND_FLOOR)


def _smaller_part(report: Report, draw: Draw, check: Check) -> Report:
    """Where a part of something must lie within it, the part becomes so many hundredths of it."""
    left, sign, right = _sides(check)
    for year in check.years or (None,):
        part, whole = at(left, year), at(right, year)
        if sign == "<=" and part in report.cells and whole in report.cells:
            report = _with(report, part, _amount(report, whole) * draw.number(60, 95, left) / 100)
    return report


def _years_failing(report: Report, check: Check) -> Iterable[int | None]:
    if check.level == "hint" or report.role not in check.filled_by:
        return []
    lookups = ((year, _in_year(report, year)) for year in check.years or (None,))
    return [
        year
        for year, lookup in lookups
        if (check.when is None or check.when.holds(lookup) is True) and check.expect.holds(lookup) is False
    ]


def _in_year(report: Report, year: int | None) -> Lookup:
    return lambda name: report.quantity(at(name, year))


def _settled(report: Report, check: Check, year: int | None) -> Report:
    """The left side becomes what the right side allows."""
    left, sign, right = _sides(check)
    names = Formula.parse(left).names
    counts = report.form.counts
    cells = [
        cell
        for name in names
        for cell in (counts[name].cells_at(year) if name in counts else (at(name, year),))
        if cell in report.cells
    ]
    limit = Formula.parse(right).evaluate(_in_year(report, year))
    if not isinstance(limit, Decimal) or not cells:
        return report
    first, *others = cells
    if sign in ("==", "<", "<="):
        for cell in others:
            report = _with(report, cell, Decimal(0))
    told = sum((_amount(report, cell) for cell in others), Decimal(0))
    return _with(report, first, max(limit + {"<": -1, ">": 1}.get(sign, 0) - told, Decimal(0)))


def _amount(report: Report, cell: str) -> Decimal:
    return report.cells[cell].amount or Decimal(0)


def _with(report: Report, cell: str, amount: Decimal) -> Report:
    count = report.form.count_of_cell[cell]
    exact = amount.quantize(Decimal(1).scaleb(-count.decimals), ROUND_FLOOR)
    return replace(report, cells={**report.cells, cell: given(exact)})


def _sides(check: Check) -> tuple[str, str, str]:
    found = _SIDES.fullmatch(check.expect.text)
    assert found, check.id
    return found[1], found[2], found[3]
