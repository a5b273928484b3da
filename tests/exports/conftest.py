"""Reports as the ledger would hand them over: a commune's and a city's, a quarter's and a year's."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import resources
from forms.exchange.statements import Head
from forms.model.cell import Cell, CellState, given
from forms.model.count import Role
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.office import Office
from forms.model.org_unit import OrgUnit
from forms.model.period import Period
from forms.model.report import Report
from forms.org_units.catalogue import OrgUnits
from forms.programmes.catalogue import Catalogue, load_all
from forms.services.summary import Status, Summary
from forms.summary.totals import Contributions, results, single, sums

QUARTER, YEAR = Period("2025-Q4"), Period("2025")
LAST_DAY = date(2025, 12, 31)
TITLES = (
    "Tọa đàm “Chia sẻ việc nhà – vun đắp hạnh phúc”",
    "Phòng ngừa bạo lực trên cơ sở giới trong trường học",
    "Nữ Chủ tịch xã được tín nhiệm cao",
    "Hưởng ứng Tháng hành động vì bình đẳng giới năm 2025",
    '=HYPERLINK("http://x";"bấm") & <b>tiêu đề lạ</b>',
)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_all()


@pytest.fixture(scope="session")
def communes() -> tuple[OrgUnit, ...]:
    units = OrgUnits.load(resources.path("org_units/org_units.tsv"))
    return units.below("46", LAST_DAY, leaves_only=True)


def news_item(number: int, title: str) -> NewsItem:
    return NewsItem(
        f"{number:032x}",
        date(2025, 10, 3 + 5 * number),
        title,
        NewsKind.BRIEF if number % 2 else NewsKind.FEATURE,
        ("loudspeaker", "website"),
        Origin.RELAYED if number == 3 else Origin.OWN,
        airings=number + 1,
        evidence=f"Sổ nhật ký, trang {number}",
    )


def news_counts(total: int) -> dict[str, Cell]:
    features = total // 2
    return {
        "news_counted": given(total),
        "news_brief": given(total - features),
        "news_feature": given(features),
        "news_own": given(total),
        "news_relayed": given(0),
        "news_airings": given(2 * total),
    }


@pytest.fixture
def commune_quarter(catalogue: Catalogue, communes: tuple[OrgUnit, ...]) -> Summary:
    """Phường Phú Xuân, quý IV năm 2025: five items, one of them with a hostile title."""
    form = catalogue.form_for("nq28_hue", QUARTER)
    office = Office(communes[0].key, communes[0].full_name, parent="46", practice=True)
    report = Report(
        form,
        office.unit,
        Role.REPORTING,
        QUARTER,
        as_of=LAST_DAY,
        narratives={
            "highlights": "Phát thanh đều đặn trên hệ thống loa của phường.\n- Tổ dân phố 3 có câu lạc bộ mới.",
            "proposals": "Đề nghị hỗ trợ kinh phí thay 02 cụm loa.",
        },
    )
    return _own(catalogue, office, report.with_news(news_item(n, title) for n, title in enumerate(TITLES)))


@pytest.fixture
def summing_quarter(catalogue: Catalogue, communes: tuple[OrgUnit, ...]) -> Summary:
    """Thành phố Huế, 40 units: two silent, four short, one without news cells, one late."""
    form = catalogue.form_for("nq28_hue", QUARTER)
    office = Office(_city(), "Thành phố Huế", collates=True, practice=True)
    heads = {}
    for number, unit in enumerate(communes[:38]):
        day = datetime(2026, 1, 20 if number == 7 else 8, tzinfo=UTC)
        cells = {} if number == 11 else news_counts(2 if number in (3, 9, 17, 31) else 4 + number % 5)
        heads[unit.key] = Head(unit.key, "0" * 64, 1, day, day, cells, news_listed=number != 5)
    own = Report(form, office.unit, Role.SUMMING, QUARTER, as_of=LAST_DAY)
    return _summed(catalogue, Status(office, form, QUARTER, communes, heads, date(2026, 1, 15)), own)


@pytest.fixture
def commune_year(catalogue: Catalogue, communes: tuple[OrgUnit, ...]) -> Summary:
    form = catalogue.form_for("nq28_hue", YEAR)
    office = Office(communes[0].key, communes[0].full_name, parent="46", practice=True)
    report = Report(form, office.unit, Role.REPORTING, YEAR, as_of=date(2025, 11, 15), estimate=True)
    return _own(catalogue, office, replace(report, cells=year_cells(report, 1)))


@pytest.fixture
def summing_year(catalogue: Catalogue, communes: tuple[OrgUnit, ...]) -> Summary:
    form = catalogue.form_for("nq28_hue", YEAR)
    office = Office(_city(), "Thành phố Huế", collates=True)
    empty = Report(form, communes[0].key, Role.REPORTING, YEAR)
    at = datetime(2025, 11, 20, tzinfo=UTC)
    heads = {
        unit.key: Head(unit.key, "0" * 64, 1, at, at, year_cells(empty, number), True)
        for number, unit in enumerate(communes[:37], start=1)
    }
    own = Report(form, office.unit, Role.SUMMING, YEAR, as_of=date(2025, 11, 30))
    own = replace(own, cells=year_cells(own, 3))
    return _summed(catalogue, Status(office, form, YEAR, communes, heads, date(2025, 11, 29)), own)


def year_cells(report: Report, seed: int) -> dict[str, Cell]:
    """Figures that differ from cell to cell and from unit to unit; each kind of lack occurs."""
    cells = {}
    for number, name in enumerate(report.expected_cells):
        count = report.form.count_of_cell[name]
        amount = Decimal(20 + 2 * number + (number * 7 + seed * 3) % 11)
        cells[name] = given(amount if count.maximum is None else min(amount, count.maximum))
        if count.sensitive:
            cells[name] = Cell(CellState.NONE)
        elif number % 17 == 16:
            cells[name] = Cell(CellState.NOT_COLLECTED, note="Chưa điều tra")
    return cells


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with tests/exports/golden/<name>; `--update-golden` writes it anew."""
    folder = Path(__file__).parent / "golden"

    def compare(name: str, text: str) -> None:
        if request.config.getoption("--update-golden"):
            (folder / name).write_text(text, "utf-8")
        assert text == (folder / name).read_text("utf-8")

    return compare


def _city() -> tuple[str, date]:
    units = OrgUnits.load(resources.path("org_units/org_units.tsv"))
    return units.get("46", LAST_DAY).key


def _own(catalogue: Catalogue, office: Office, report: Report) -> Summary:
    form = report.form
    things = single(form, report.unit, report.role, report.cells)
    status = Status(office, form, report.period, (), {}, None)
    return Summary(catalogue.programme("nq28_hue"), status, report, sums(things), results(things, report.period.year))


def _summed(catalogue: Catalogue, status: Status, own: Report) -> Summary:
    below = {unit: head.cells for unit, head in status.heads.items()}
    things = Contributions(status.form, tuple(u.key for u in status.expected), below, own.cells or None)
    return Summary(catalogue.programme("nq28_hue"), status, own, sums(things), results(things, status.period.year))
