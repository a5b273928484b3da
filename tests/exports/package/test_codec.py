"""A report goes through its package and comes out the same."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import forms
from exports.package.codec import PackageCodec
from forms.errors import ExportError, PackageRefused
from forms.exchange.statements import Envelope, Sealed
from forms.model.cell import Cell, CellState
from forms.model.count import Role
from forms.model.form import Form
from forms.model.news_item import CHANNEL_TITLES, Evidence, NewsItem, NewsKind, Origin
from forms.model.office import Office
from forms.model.period import Period
from forms.model.report import Change, Report, ReportState
from forms.model.task import Nomination, Nominee, Task, TaskState
from forms.ports import Codec
from forms.programmes.catalogue import load_all
from forms.programmes.programme_role import ProgrammeRole, form_at
from forms.services.sealing import sealed_by
from tests.exports.package.corpus import cases
from tests.exports.package.parts import CLERK, HEAD, UNIT, register
from tests.span_form import span_form

CODEC: Codec = PackageCodec()
CATALOGUE = load_all(Path(forms.__file__).parent / "definitions")
FORMS = [CATALOGUE.form_for("nq28_hue", Period("2025-Q4")), CATALOGUE.form_for("nq28_hue", Period("2025")), span_form()]
PERIODS = dict(zip((form.id for form in FORMS), (Period("2025-Q4"), Period("2025"), Period("2011..2020")), strict=True))
ENVELOPE = Envelope(
    "0f" * 16, UNIT.name, 3, "cd" * 32, 41, datetime(2026, 1, 5, 1, 30, tzinfo=UTC), "0.1.0", practice=False
)

CONTENTS = {hashlib.sha256(data).hexdigest(): data for data in (b"%PDF-1", b"\xff\xd8\xff 2", b"\x89PNG 3")}
PICTURES = [Evidence(digest, f"Ảnh {number}.jpg", len(data)) for number, (digest, data) in enumerate(CONTENTS.items())]

words = st.sampled_from(["", "Đã đối chiếu", "<b>&amp;</b>", "=1+1", 'Hội "Phụ nữ" \\ xã', "hai\ndòng"])
line = st.sampled_from(["Tin A", "Bài về bình đẳng giới", 'x "y" \\'])
days = st.dates(date(2025, 1, 1), date(2025, 12, 31))
amounts = st.decimals(-(10**14), 10**14, places=2).map(lambda amount: Decimal(f"{amount.normalize():f}"))
cells = amounts.map(lambda amount: Cell(CellState.GIVEN, amount)) | st.builds(
    lambda state, note: Cell(state, None, note),
    st.sampled_from([s for s in CellState if s is not CellState.GIVEN]),
    words,
)
items = st.builds(
    NewsItem,
    id=st.integers(0, 2**128 - 1).map("{:032x}".format),
    date=days,
    title=line,
    kind=st.sampled_from(NewsKind),
    channels=st.sets(st.sampled_from(sorted(CHANNEL_TITLES)), max_size=3).map(lambda found: tuple(sorted(found))),
    origin=st.sampled_from(Origin),
    minutes=st.none() | st.integers(0, 600),
    words=st.none() | st.integers(0, 9000),
    airings=st.integers(0, 50),
    evidence=words,
    counted=st.booleans(),
    reason=words,
    files=st.lists(st.sampled_from(PICTURES), max_size=3, unique=True).map(tuple),
)
PROPOSED = (Nomination(Nominee.PERSON, "Hồ Thị C", "Bằng khen", "10 năm"),)


def tasks(form: Form) -> st.SearchStrategy[list[Task]]:
    one = st.builds(
        Task,
        id=st.sampled_from(sorted(form.tasks)),
        state=st.sampled_from(TaskState),
        percent=st.integers(0, 100),
        started=st.none() | days,
        finished=st.none() | days,
        due=st.none() | days,
        result=words,
    )
    return st.lists(one, max_size=2, unique_by=lambda task: task.id)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    form: Form = draw(st.sampled_from(FORMS))
    names = sorted(form.count_of_cell)
    revision = draw(st.integers(1, 3))
    changes = st.sampled_from(names).map(lambda name: (Change(name, "1", "none", "Cộng nhầm"),))
    return Report(
        form,
        UNIT.key,
        draw(st.sampled_from(Role)),
        PERIODS[form.id],
        cells=draw(st.dictionaries(st.sampled_from(names), cells, max_size=6)),
        news=tuple(
            sorted(
                draw(st.lists(items, max_size=4, unique_by=lambda item: item.id)), key=lambda item: (item.date, item.id)
            )
        ),
        narratives=draw(st.dictionaries(st.sampled_from([n.id for n in form.narratives]), line))
        if form.narratives
        else {},
        tasks=tuple(sorted(draw(tasks(form) if form.tasks else st.just([])), key=lambda task: task.id)),
        nominations=draw(st.sampled_from([(), PROPOSED]) if form.nominations else st.just(())),
        explanations=draw(st.dictionaries(st.sampled_from(["a:b.c", "women"]), line)),
        as_of=draw(st.none() | days),
        estimate=draw(st.booleans()),
        state=ReportState.DRAFT,
        revision=revision,
        supersedes="ab" * 32 if revision > 1 else None,
        changes=draw(st.just(()) | changes),
    )


def written(report: Report) -> Sealed:
    files = {file.digest: CONTENTS[file.digest] for item in report.news for file in item.files}
    return sealed_by(CODEC, CODEC.prepare(report, ENVELOPE, [CLERK.person, HEAD.person], files), (CLERK, HEAD))


@given(reports())
def test_a_report_comes_out_as_it_went_in(report: Report) -> None:
    sealed = written(report)
    opened = CODEC.read(sealed.raw, register())
    assert CODEC.report(opened, report.form) == replace(report, state=ReportState.SEALED)
    assert (opened.digest, opened.digits, opened.raw) == (sealed.digest, sealed.digits, sealed.raw)
    assert (opened.unit, opened.unit_name, opened.seq, opened.practice) == (UNIT.key, UNIT.name, 3, False)
    assert opened.programme_sha256 == report.form.programme_sha256


def test_a_cell_the_form_does_not_have_is_refused_with_its_name() -> None:
    quarter, year, _ = FORMS
    name = next(iter(year.count_of_cell.keys() - quarter.count_of_cell.keys()))
    report = Report(year, UNIT.key, Role.REPORTING, Period("2025"), cells={name: Cell(CellState.NONE)})
    opened = CODEC.read(written(report).raw, register())
    with pytest.raises(PackageRefused) as caught:
        CODEC.report(opened, quarter)
    assert name in caught.value.where


def test_amounts_are_written_one_way() -> None:
    """8.50 and 8.5 are the same amount and give the same package."""

    def raw(amount: str) -> bytes:
        report = Report(
            FORMS[1],
            UNIT.key,
            Role.REPORTING,
            Period("2025"),
            cells={min(FORMS[1].count_of_cell): Cell(CellState.GIVEN, Decimal(amount))},
        )
        return written(report).raw

    assert raw("8.50") == raw("8.5") == raw("85E-1")


def test_the_evidence_of_the_news_comes_out_of_the_package() -> None:
    item = NewsItem("1" * 32, date(2025, 10, 20), "Tin A", NewsKind.BRIEF, ("loudspeaker",), files=tuple(PICTURES))
    report = Report(FORMS[0], UNIT.key, Role.REPORTING, Period("2025-Q4"), news=(item,))
    assert CODEC.evidence(written(report).raw) == CONTENTS


def test_more_evidence_than_a_package_holds_is_told_to_the_writer() -> None:
    """36 files, 16 MiB."""
    data = {hashlib.sha256(bytes([n])).hexdigest(): bytes([n]) for n in range(37)}
    files = [Evidence(digest, "a.png", 1) for digest in data]
    items = [
        NewsItem(f"{n:032x}", date(2025, 10, 20), "Tin", NewsKind.BRIEF, ("website",), files=tuple(files[n : n + 5]))
        for n in range(0, 37, 5)
    ]
    report = Report(FORMS[0], UNIT.key, Role.REPORTING, Period("2025-Q4"), news=tuple(items))
    with pytest.raises(ExportError) as caught:
        CODEC.prepare(report, ENVELOPE, [CLERK.person], data)
    assert caught.value.code == "EVIDENCE_TOO_MUCH"
    assert "37 tệp" in caught.value.message


def test_a_year_of_a_span_travels_with_its_cell() -> None:
    """reached.female@2015"""
    form = span_form()
    cells = {"reached.female@2015": Cell(CellState.GIVEN, Decimal(12))}
    report = Report(form, UNIT.key, Role.REPORTING, Period("2011..2020"), cells=cells)
    opened = CODEC.read(written(report).raw, register())
    assert CODEC.report(opened, form).cells == cells


def test_tasks_and_proposals_the_form_does_not_ask_are_refused_with_their_name() -> None:
    """Another agency's task, or a commendation in a quarterly form."""
    whole = span_form()
    report = Report(whole, UNIT.key, Role.AGENCY, Period("2011..2020"), tasks=(Task("t-2"),))
    narrowed = form_at(whole, ProgrammeRole(Role.AGENCY, frozenset({"health"})))
    opened = CODEC.read(written(report).raw, register())
    assert CODEC.report(opened, whole).tasks == (Task("t-2"),)
    with pytest.raises(PackageRefused, match=r"tasks t-2"):
        CODEC.report(opened, narrowed)
    proposed = Report(FORMS[0], UNIT.key, Role.REPORTING, Period("2025-Q4"), nominations=PROPOSED)
    with pytest.raises(PackageRefused, match="nominations"):
        CODEC.report(CODEC.read(written(proposed).raw, register()), FORMS[0])


def test_a_key_file_says_who_and_where() -> None:
    office = Office(UNIT.key, UNIT.name)
    found = CODEC.read_enrolment(CODEC.write_enrolment(office, CLERK, ENVELOPE.created, "0.1.0"))
    assert (found.unit, found.unit_name, found.keyid, found.person) == (UNIT.key, UNIT.name, CLERK.keyid, CLERK.name)
    assert len(found.fingerprint.replace(" ", "")) == 30


def test_a_moment_must_know_its_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        CODEC.write_enrolment(Office(UNIT.key, UNIT.name), CLERK, datetime(2026, 1, 1), "0.1.0")


def test_a_report_that_fits_no_package_is_told_to_its_writer(monkeypatch):
    """Not to the reader of a package, who could only be told to ask the sender."""
    monkeypatch.setattr("exports.package.reader.MAX_PAYLOAD", 100)
    report = Report(FORMS[0], UNIT.key, Role.REPORTING, Period("2025-Q4"))
    with pytest.raises(ExportError) as refused:
        written(report)
    assert refused.value.code == "REPORT_TOO_BIG"


def test_a_file_claims_the_digest_that_it_is_found_to_have_and_no_file_makes_that_fail():
    """Golden packages; hostile ones: whatever they claim, claiming is no more than a way to look something up."""
    golden = Path(__file__).parents[2] / "golden" / "packages"
    files = [file.read_bytes() for file in sorted(golden.glob("report-*.bdg"))]
    assert files
    for data in files:
        assert CODEC.claimed_digest(data) == CODEC.read(data, None).digest
    for case in cases():
        data = case.data()
        claimed = CODEC.claimed_digest(data)
        assert claimed is None or len(claimed) == 64
    assert [CODEC.claimed_digest(data) for data in (b"", b"PK\x03\x04", b"%PDF-1.7", files[0][:90])] == [None] * 4
