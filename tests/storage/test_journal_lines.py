"""Every act leaves its line in the journal: who did what to what. A year in a commune and in the office above it, each act in a
real ledger with the line that it must leave; and no kind of line in the source that is missing here."""

from __future__ import annotations

import ast
import json
import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path

import pytest

from forms.all_services import Services, open_services
from forms.exchange.brought_files import Incoming, incoming
from forms.exchange.publication import IssueDetails
from forms.model.cell import given
from forms.model.news_item import NewsItem, NewsKind
from forms.model.office import NewPerson, Office, PersonRole
from forms.model.org_unit import OrgUnit
from forms.model.period import Basis, Period, PeriodKind
from forms.model.task import Nomination, Nominee, Task, TaskState
from forms.programmes.pack_edits import NewPack
from forms.services.due_dates import SetDay
from forms.services.practice import quarter_news, year_figures
from forms.services.sealing import package_name
from forms.workbooks.sheet_map import CellPlace, RowOrColumn, SheetMap
from main import MainApplication
from storage.ledger_store import SqlLedgerStore
from storage.migrations.upgrade import bring_up_to_date
from storage.wrapping import LIGHT
from tests import inside
from tests.storage.conftest import HUNG, LAN

ROOT = Path(__file__).parents[2]
HUE, Q4, YEAR = "nq28_hue", Period("2025-Q4"), Period("2025")
ABOVE = NewPerson("Lê Thị Tổng", "Chuyên viên", PersonRole.SOLE, "mật khẩu nơi tổng hợp")
PDF = b"%PDF-1.4 trang quet"


class LastDay(MainApplication):
    """The real program on the last day of 2025; a password costs little."""

    def clock(self) -> datetime:
        return datetime(2025, 12, 31, 9, 30, tzinfo=UTC)

    @cached_property
    def house(self) -> SqlLedgerStore:
        return SqlLedgerStore(self.clock, bring_up_to_date, LIGHT)


PROGRAM = LastDay(Path("unused"))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Path:
    """A commune, an office above, and an office with a programme of tasks and commendations; made once, copied for each test."""
    root = tmp_path_factory.mktemp("made")
    for name, code, people, programme in (
        ("xa", "19804", [LAN, HUNG], HUE),
        ("so", "46", [ABOVE], HUE),
        ("tinh", "42", [ABOVE], "qd2351_hatinh"),
    ):
        unit = PROGRAM.units.get(code, PROGRAM.clock().date())
        office = Office(unit.key, unit.full_name, name != "xa", unit.parent, programme, practice=True, kind=unit.kind)
        PROGRAM.house.create(root / name, office, people)[0].close()
    return root


@pytest.fixture
def desk(made, tmp_path):
    """Opens one of the ledgers; all are closed at the end."""
    opened = []

    def open_one(name: str, password: str) -> Services:
        ledger = PROGRAM.house.open(shutil.copytree(made / name, tmp_path / name), password)
        opened.append(ledger)
        return open_services(PROGRAM, ledger)

    yield open_one
    for ledger in opened:
        ledger.close()


@pytest.fixture
def commune(desk) -> Services:
    return desk("xa", LAN.password)


@pytest.fixture
def office(desk) -> Services:
    return desk("so", ABOVE.password)


def lines(ledger) -> list[dict]:
    with inside.connection(ledger) as connection:
        return [json.loads(event) for (event,) in connection.execute("SELECT event FROM journal ORDER BY number")]


@contextmanager
def line(of, kind: str, **detail):
    """What is done inside leaves exactly this line, by who is signed in; of its details at least those given."""
    ledger = getattr(of, "ledger", of)
    before = len(lines(ledger))
    yield
    new = lines(ledger)[before:]
    assert [one["kind"] for one in new] == [kind]
    assert new[0]["person"] == ledger.person.keyid
    assert new[0]["detail"].items() >= detail.items()


def item(day: int) -> NewsItem:
    return NewsItem("", date(2025, 10, day), f"Tin ngày {day}", NewsKind.BRIEF, ("loudspeaker",))


def sealers(desk: Services):
    head = next(one for one in desk.enrolment.people() if one.role is PersonRole.HEAD)
    return desk.ledger.own_signer(), desk.ledger.signer(head.keyid, HUNG.password)


def test_typing_a_report(commune):
    entry, key = commune.entry, "nq28_hue/year_indicators/2025/calendar"
    report = entry.open(HUE, YEAR)
    with line(commune, "cell", report=key, cell="population.female", new="1250"):
        report = entry.put_cell(report, "population.female", given(1250))
    with line(commune, "cell", cell="population.female", old="1250", new="1300"):
        report = entry.put_cell(report, "population.female", given(1300))
    with line(commune, "narrative", report=key, what=report.form.narratives[0].id):
        report = entry.put_narrative(report, report.form.narratives[0].id, "Đã triển khai.")
    with line(commune, "explain", report=key, what="unusual"):
        report = entry.explain(report, "unusual", "Số liệu đã đối chiếu")
    with line(commune, "as_of", report=key, what="2025-12-15"):
        entry.date(report, date(2025, 12, 15), estimate=True)
    with line(commune, "import", report=key):
        entry.take(year_figures(entry.open(HUE, YEAR), 0))


def test_tasks_and_commendations(desk):
    province = desk("tinh", ABOVE.password)
    summing_up = province.entry.open("qd2351_hatinh", Period("2011..2020"))
    with line(province, "nominations", what="1"):
        province.entry.put_nominations(summing_up, [Nomination(Nominee.PERSON, "Lê Thị A", "Bằng khen", "Mười năm")])
    tasks = province.entry.open("bvstbpn_hatinh", Period("2019"))
    first = next(iter(tasks.form.tasks))
    with line(province, "task", report="bvstbpn_hatinh/year_tasks/2019/calendar", what=first):
        province.entry.put_task(tasks, Task(first, TaskState.RUNNING, 40))


def test_the_news_ledger(commune):
    with line(commune, "news_add", date="2025-10-03", title="Tin ngày 3"):
        kept = commune.news.save(item(3))
    with line(commune, "news_edit", id=kept.id, title="Tin khác"):
        kept = commune.news.save(replace(kept, title="Tin khác"))
    with line(commune, "news_delete", id=kept.id, title="Tin khác"):
        commune.news.delete(kept)
    kept = commune.news.save(item(4))
    before = len(lines(commune.ledger))
    commune.news.attach(kept, "quét.pdf", PDF)
    assert [one["kind"] for one in lines(commune.ledger)[before:]] == ["news_edit", "news_attach"]
    assert lines(commune.ledger)[-1]["detail"]["file"] == "quét.pdf"


def test_sealing_handing_over_and_correcting(commune):
    key = "nq28_hue/quarter_news/2025-Q4/calendar"
    commune.entry.take(quarter_news(commune.entry.open(HUE, Q4), 6))
    own, head = sealers(commune)
    with line(commune, "hand_over", report=key, head=head.person.keyid):
        commune.approval.hand_over(HUE, Q4, own, head.person)
    with line(commune, "take_back", report=key, remark="Sửa ngày"):
        commune.approval.take_back(HUE, Q4, "Sửa ngày")
    with line(commune, "seal", report=key, revision=1, keys=f"{own.person.keyid},{head.person.keyid}"):
        report, _ = commune.sealing.seal(HUE, Q4, [own, head])
    with line(commune, "export", report=key, file=package_name(report)):
        commune.sealing.exported(HUE, Q4, package_name(report))
    with line(commune, "print", report=key, file="bao-cao.pdf"):
        commune.sealing.printed(HUE, Q4, "bao-cao.pdf")
    with line(commune, "reopen", report=key, revision=2):
        commune.entry.reopen(HUE, Q4)


def test_approving_is_a_seal_too(commune):
    commune.entry.take(quarter_news(commune.entry.open(HUE, Q4), 6))
    own, head = sealers(commune)
    commune.approval.hand_over(HUE, Q4, own, head.person)
    with line(commune, "seal", revision=1):
        commune.approval.approve(HUE, Q4, head)


def test_keys_packages_and_what_is_issued(commune, office):
    commune.entry.take(quarter_news(commune.entry.open(HUE, Q4), 6))
    own, head = sealers(commune)
    for signer in (own, head):
        with line(commune, "enrol_request", keyid=signer.person.keyid):
            data, digits = commune.enrolment.request(signer)
        with line(office, "enrol", keyid=signer.person.keyid, unit="19804", person=signer.person.name):
            office.enrolment.enrol(data, digits)
    package = commune.sealing.seal(HUE, Q4, [own, head])[1].raw
    with line(office, "receive", files=1, merged=1, kept=0):
        batch = office.receiving.receive(incoming([("goi.bdg", package)]), ABOVE.name).id
    (sent,) = office.summaries.status(HUE, Q4).heads.values()
    cell = next(name for name in office.summaries.status(HUE, Q4).form.count_of_cell if name in sent.cells)
    with line(office, "adjustment", unit="19804", cell=cell, amount="99", reason="Đối chiếu", office="46"):
        office.adjusting.adjust(HUE, Q4, "19804", cell, Decimal(99), "Đối chiếu", ABOVE.name)
    (one,) = office.summaries.status(HUE, Q4).adjustments
    assert (one.amount, one.by) == (99, ABOVE.name)
    with line(office, "adjustment", unit="19804", cell=cell, amount=None):
        office.adjusting.drop(HUE, Q4, "19804", cell)
    with line(office, "publish", report="nq28_hue/quarter_news/2025-Q4/calendar"):
        issued = office.publishing.publish(HUE, Q4, ABOVE.name).issue.id
    with line(office, "number", publication=issued, number="12", reason=""):
        office.publishing.fill(issued, IssueDetails(number="12"), ABOVE.name)
    with line(office, "print", publication=issued, file="bao-cao.docx"):
        office.publishing.printed(issued, "bao-cao.docx")
    own_part = office.entry.open(HUE, Q4)
    assert not own_part.expected_cells  # of a quarter the office above is asked nothing
    with line(office, "forward", programme=HUE, period="2025-Q4", originals=1):
        office.forwarding.forward(HUE, Q4, office.ledger.own_signer())
    with line(office, "undo", batch=batch, packages=1):
        office.receiving.undo(batch)
    with line(office, "revoke", keyid=own.person.keyid):
        office.enrolment.revoke(own.person.keyid)


def entered(office: Services, unit: str, period: Period, told) -> None:
    """A sheet of paper typed for a unit below; `told` gives its figures for the open report."""
    draft = office.on_behalf.draft(HUE, period, unit)
    typed = open_services(PROGRAM, office.ledger, draft.begin)
    typed.entry.take(told(typed.entry.open(HUE, period)), correct=True)
    with line(office, "on_behalf", unit=unit):
        office.on_behalf.enter(draft, Incoming("to.pdf", PDF), ABOVE.name)


def test_who_answers_what_is_entered_for_others_and_which_source_counts(office):
    for code in ("SYT1", "SYT2"):
        office.units.add(OrgUnit(code, "Sở Y tế", "Sở Y tế", "agency", "46", date(2025, 7, 1)))
    with line(office, "answerer", programme=HUE, agency="health", unit="SYT1", reason="thử"):
        office.answering.choose(HUE, YEAR, "health", "SYT1", "thử")
    entered(office, "19804", YEAR, lambda report: year_figures(report, 6))
    births = {"live_births.boys": given(9000), "live_births.girls": given(8500)}
    entered(office, "SYT1", YEAR, lambda report: changed(year_figures(report, None), births))
    with line(office, "source", programme=HUE, period="2025", indicator="4.1", source="health", reason="hộ tịch"):
        office.answering.choose_source(HUE, YEAR, "4.1", "health", "hộ tịch")
    with line(office, "source", indicator="4.1", source=None):
        office.answering.choose_source(HUE, YEAR, "4.1", None)


def changed(told, cells):
    return replace(told, cells={**told.cells, **cells})


def test_units_and_settings(office):
    added = OrgUnit("T0001", "Ban thử", "Ban thử", "agency", "46", date(2025, 7, 1))
    with line(office, "unit_add", code="T0001", name="Ban thử", parent="46"):
        office.units.add(added)
    with line(office, "setting", value="10"):
        office.locking.set_minutes(10)
    with line(office, "due", value="+5"):
        office.answering.set_day(SetDay(HUE, period="2025", days=5))
    with line(office, "setting", value=15):
        office.summaries.set_quarter_due(15)
    with line(office, "setting", value=20):
        office.summaries.set_own_due("nq28", PeriodKind.QUARTER, 20)
    with line(office, "setting", value="nq28 nq28_hue"):
        office.programmes.follow(["nq28", "nq28_hue"])
    with line(office, "setting", value="nd09"):
        office.programmes.set_basis("nq28", Basis.ND09)
    mapped = SheetMap(HUE, "year_indicators", {"population.female": CellPlace("S", RowOrColumn(3), RowOrColumn(2))})
    with line(office, "mapping", name="Biểu Sở", form="year_indicators", cells=1):
        office.mappings.save("Biểu Sở", mapped)
    with line(office, "mapping", name="Biểu Sở", form="", cells=0):
        office.mappings.drop("Biểu Sở")


def test_programmes_that_are_made_and_handed_down(office, commune):
    new = NewPack("kh_hue_2026", "Kế hoạch mới", "Kế hoạch mới", "", "UBND thành phố Huế", "46")
    source = office.programmes.files(HUE, 1)
    with line(office, "pack_saved", pack="kh_hue_2026.v1"):
        draft = office.drafting.copy(source, new)
    with line(office, "pack_discarded", pack="kh_hue_2026.v1"):
        office.programmes.discard(draft)
    draft = office.drafting.copy(source, new)
    with line(office, "pack_released", pack="kh_hue_2026.v1"):
        office.programmes.release(draft)
    office = open_services(PROGRAM, office.ledger)
    commune.enrolment.enrol(*office.enrolment.request(office.ledger.own_signer()))
    with line(office, "supply", packs="kh_hue_2026.v1"):
        data = office.programmes.supply([office.programmes.files("kh_hue_2026")], office.ledger.own_signer())
    with line(commune, "supply_taken", packs="kh_hue_2026.v1"):
        commune.programmes.take(data)


def test_a_draft_moved_to_the_newest_version_of_its_programme(commune):
    """Begun under the first version, which lies beside the second among the shipped ones."""
    old = commune.catalogue.find_form(HUE, 1, "year_indicators")
    report = replace(commune.entry.open(HUE, YEAR), form=old)
    with commune.ledger.begin() as work:
        work.reports.put(report)
    with line(commune, "renew", report="nq28_hue/year_indicators/2025/calendar"):
        commune.entry.renewed(commune.entry.open(HUE, YEAR))


def test_persons_passwords_and_the_paper_in_the_safe(commune, tmp_path):
    ledger = commune.ledger
    hung = next(one for one in commune.enrolment.people() if one.name == HUNG.name)
    with line(ledger, "person_added", name="Lê Hòa", role="preparer"):
        added = ledger.add_person("Lê Hòa", "Văn thư", PersonRole.PREPARER, "mật khẩu thứ hai")
    with line(ledger, "person_removed", keyid=added.keyid):
        ledger.remove_person(added.keyid)
    with line(ledger, "password_changed", keyid=ledger.person.keyid):
        ledger.change_password("mật khẩu thứ ba")
    with line(ledger, "recovery_renewed"):
        code = ledger.new_recovery_code()
    with line(ledger, "signed_in", keyid=hung.keyid):
        ledger.switch(hung.keyid, HUNG.password)
    ledger.close()
    again = PROGRAM.house.recover(ledger.folder, code, LAN.name, "mật khẩu thứ tư")
    assert [(one["kind"], one["detail"]["name"]) for one in lines(again)[-1:]] == [("recovered", LAN.name)]
    again.close()


def test_the_ledger_itself(made, tmp_path):
    """Founded, backed up, restored, and an older file in its place."""
    folder = shutil.copytree(made / "xa", tmp_path / "xa")
    older = (folder / "ledger.db").read_bytes()
    ledger = PROGRAM.house.open(folder, LAN.password)
    assert [(one["kind"], one["detail"]["unit"]) for one in lines(ledger)] == [("ledger_created", "19804")]
    with line(ledger, "backup", file="b.sbdbackup"):
        ledger.backup(tmp_path / "b.sbdbackup")
    ledger.close()
    (folder / "ledger.db").write_bytes(older)
    ledger = PROGRAM.house.open(folder, LAN.password)
    assert (lines(ledger)[-1]["kind"], lines(ledger)[-1]["detail"]) == ("older_file", {"lines": 1, "closed_with": 2})
    ledger.close()
    PROGRAM.house.restore(tmp_path / "b.sbdbackup", tmp_path / "lại")
    ledger = PROGRAM.house.open(tmp_path / "lại", LAN.password)
    assert (lines(ledger)[-1]["kind"], lines(ledger)[-1]["detail"]["file"]) == ("restored", "b.sbdbackup")
    ledger.close()


def test_somebody_whom_an_earlier_program_forgot_to_write_down(made, tmp_path):
    folder = shutil.copytree(made / "xa", tmp_path / "xa")
    ledger = PROGRAM.house.open(folder, LAN.password)
    with ledger.begin() as work:
        work.office.set("slots", None)
        work.office.drop_person(ledger.person.keyid)
    ledger.close()
    ledger = PROGRAM.house.open(folder, LAN.password)
    assert (lines(ledger)[-1]["kind"], lines(ledger)[-1]["detail"]) == (
        "people_settled",
        {"keyids": ledger.person.keyid},
    )
    ledger.close()


# Functions that write a line of a kind they are given, and where among their arguments it stands.
_GIVEN_ON = {"append": 0, "_put": 2, "_change": 1}


def kinds_in_the_source() -> set[str]:
    found = set()
    for file in [*(ROOT / "forms" / "services").glob("*.py"), *(ROOT / "storage").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            at = _GIVEN_ON.get(node.func.attr)
            is_line = node.func.attr != "append" or ast.unparse(node.func).endswith("journal.append")
            if at is not None and is_line and len(node.args) > at:
                kinds = [
                    c.value for c in ast.walk(node.args[at]) if isinstance(c, ast.Constant) and isinstance(c.value, str)
                ]
                found.update(kind for kind in kinds if kind.isidentifier())
    return found


def test_no_kind_of_line_is_missing_here():
    here = {
        node.value for node in ast.walk(ast.parse(Path(__file__).read_text("utf-8"))) if isinstance(node, ast.Constant)
    }
    assert len(kinds_in_the_source()) >= 40
    assert kinds_in_the_source() - here == set()
