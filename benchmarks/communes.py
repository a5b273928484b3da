"""Made-up reports of real communes, sealed by the product's own writer: what the benches receive.

Names and codes are those of the shipped catalogue (2025 H2); the provinces are hung under one made-up head, so that
one office may receive all 3 321. Figures come from a seed, so that every run seals the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random

from forms.exchange.statements import Envelope
from forms.model.cell import given
from forms.model.count import Role
from forms.model.form import Form
from forms.model.news_item import NewsItem, NewsKind, Origin
from forms.model.office import EnrolledKey, Office, PersonRole
from forms.model.org_unit import COMMUNE_KINDS, OrgUnit
from forms.model.period import Period
from forms.model.report import Report
from forms.org_units.catalogue import OrgUnits
from forms.ports import Codec
from forms.programmes.catalogue import Catalogue
from forms.services.sealing import sealed_by
from storage.wrapping import LocalSigner

PROGRAMME = "nq28_hue"
QUARTER, YEAR = Period("2025-Q4"), Period("2025")
SINCE = date(2025, 7, 1)
NOW = datetime(2026, 1, 5, 8, 30, tzinfo=UTC)
NEWS_ITEMS = 8
HEAD_UNIT = OrgUnit("VN", "Việt Nam", "Việt Nam (thử)", "agency", None, SINCE)
OFFICE = Office(HEAD_UNIT.key, HEAD_UNIT.full_name, collates=True, programme=PROGRAMME, practice=True)

_TITLES = (
    "Tọa đàm phòng, chống bạo lực gia đình",
    "Phụ nữ khởi nghiệp từ nghề truyền thống",
    "Tập huấn lồng ghép giới cho cán bộ thôn",
    "Nam giới chia sẻ việc nhà",
    "Tư vấn sức khỏe sinh sản tại trạm y tế",
    "Nữ đại biểu Hội đồng nhân dân tiếp xúc cử tri",
    "Tháng hành động vì bình đẳng giới",
    "Trao học bổng cho học sinh nữ vượt khó",
)
# Every numerator lies below its denominator, so that a made-up report passes the form's checks.
_BOUNDS = {
    "women_led_agencies": (0, 1), "agencies": (1, 1), "business_leaders": (5, 80), "victims_supported": (0, 3),
    "victims_found": (3, 9), "offenders_counselled": (0, 3), "offenders_found": (3, 9),
    "victims_supported_at_home": (0, 0), "victims_found_at_home": (0, 3), "offenders_counselled_at_home": (0, 0),
    "offenders_found_at_home": (0, 3), "trafficked_supported": (0, 1),
    "trafficked_in_need": (1, 2), "live_births": (60, 150), "maternal_deaths": (0, 0), "teen_births": (0, 4),
    "teen_women": (200, 700), "primary_completed": (80, 160), "primary_expected": (160, 200),
    "secondary_completed": (70, 150), "secondary_expected": (150, 190), "people_reached": (900, 4000),
    "population": (4000, 9000), "organisations_committed": (0, 20), "organisations": (20, 60),
}  # fmt: skip


@dataclass(frozen=True)
class Commune:
    """A reporting unit with the two persons who seal for it."""

    unit: OrgUnit
    preparer: LocalSigner
    head: LocalSigner

    @property
    def signers(self) -> tuple[LocalSigner, LocalSigner]:
        return self.preparer, self.head

    def enrolled(self) -> Iterator[EnrolledKey]:
        """Both keys as the register of the office above holds them."""
        for person in (signer.person for signer in self.signers):
            yield EnrolledKey(
                person.keyid, person.public_key, self.unit.key, self.unit.full_name,
                person.name, person.title, person.role, NOW,
            )  # fmt: skip


def national(shipped: OrgUnits) -> OrgUnits:
    """The shipped units of today, provinces under the made-up head."""
    today = [unit for top in shipped.top(NOW.date()) for unit in (top, *shipped.below(top.code, NOW.date()))]
    return OrgUnits.of([HEAD_UNIT, *(_under_head(unit) for unit in today)])


def communes(units: OrgUnits, number: int) -> tuple[Commune, ...]:
    """The first `number` communes of the country in order of their codes, with keys made from their codes."""
    found = [u for u in units.below(HEAD_UNIT.code, NOW.date(), leaves_only=True) if u.kind in COMMUNE_KINDS]
    chosen = sorted(found, key=lambda unit: unit.code)[:number]
    return tuple(
        Commune(u, _signer(u, "Trần Thị Hoa", PersonRole.PREPARER), _signer(u, "Lê Văn Bình", PersonRole.HEAD))
        for u in chosen
    )


def filled(commune: Commune, form: Form, period: Period) -> Report:
    """A whole report with figures of the right size, and for the quarter a list of news items."""
    random = Random(f"{commune.unit.code}/{period.label}")
    report = Report(form, commune.unit.key, Role.REPORTING, period, as_of=period.last)
    if form.has_news:
        return report.with_news(_news(random, period))
    cells = {
        name: given(random.randint(*_BOUNDS.get(name.partition(".")[0], (4, 9)))) for name in report.expected_cells
    }
    return replace(report, cells=cells)


def sealed(commune: Commune, report: Report, codec: Codec, app_version: str) -> bytes:
    """The package file of a report, sealed by both persons."""
    package_id = hashlib.sha256(f"{commune.unit.code}/{report.period.label}".encode()).hexdigest()[:32]
    envelope = Envelope(package_id, commune.unit.full_name, 1, "0" * 64, 1, NOW, app_version, practice=True)
    prepared = codec.prepare(report, envelope, [signer.person for signer in commune.signers], {})
    return sealed_by(codec, prepared, commune.signers).raw


def form_of(catalogue: Catalogue, period: Period) -> Form:
    return catalogue.form_for(PROGRAMME, period)


def _under_head(unit: OrgUnit) -> OrgUnit:
    """Valid since the made-up head: a unit made by hand may not be older than the one above it."""
    since = max(unit.valid_from, SINCE)
    return replace(unit, parent=unit.parent or HEAD_UNIT.code, valid_from=since)


def _signer(unit: OrgUnit, name: str, role: PersonRole) -> LocalSigner:
    seed = hashlib.sha256(f"{unit.code}/{role}".encode()).digest()
    return LocalSigner(seed, name, "Công chức", role)


def _news(random: Random, period: Period) -> list[NewsItem]:
    return [
        NewsItem(
            id=f"{random.getrandbits(128):032x}",
            date=period.first + timedelta(days=11 * number + random.randint(0, 3)),
            title=f"{title}: buổi {number + 1}",
            kind=random.choice((NewsKind.BRIEF, NewsKind.FEATURE)),
            channels=("loudspeaker", "website"),
            origin=Origin.OWN,
            minutes=random.randint(2, 10),
            airings=random.randint(1, 6),
            author="Trần Thị Hoa",
            evidence=f"Sổ phát thanh, trang {random.randint(1, 90)}",
        )
        for number, title in enumerate(_TITLES[:NEWS_ITEMS])
    ]
