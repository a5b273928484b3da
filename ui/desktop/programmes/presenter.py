"""Programmes: which are followed, what an office may do with each, drafts under an older version, files from above."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError
from forms.exchange.report_diff import cell_words
from forms.model.indicator import Indicator, indicators_counted
from forms.model.office import Person, PersonRole
from forms.model.period import Basis
from forms.model.report import Report
from forms.programmes.pack import Pack, PackState, SupplyOpened
from forms.programmes.pack_edits import NewPack
from forms.programmes.pack_outline import PackChange
from forms.programmes.programme import Programme, unverified
from forms.services.reports_on_offer import capitalised
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Shell, accepted

COLUMNS = (
    ListColumnHead("Theo dõi", 84),
    ListColumnHead("Chương trình"),
    ListColumnHead("Phiên bản", 84, "right"),
    ListColumnHead("Chưa đối chiếu", 84, "right"),
    ListColumnHead("Từ đâu", 150),
)
CHANGE_COLUMNS = (ListColumnHead("Ở đâu", 400), ListColumnHead("Trước", 250), ListColumnHead("Sau"))
BASIS_TITLES = {
    Basis.CALENDAR: "Theo lịch (từ ngày 01)",
    Basis.ND09: "Từ ngày 15 đến ngày 14 (NĐ 09/2019)",
}
ORIGIN_TITLES = {
    None: "kèm phần mềm",
    PackState.RELEASED: "đơn vị phát hành",
    PackState.RECEIVED: "cấp trên cấp",
    PackState.DRAFT: "đang soạn",
}
_SHOWN = 40  # numbers of the plan that are listed as not verified


@dataclass(frozen=True, slots=True)
class ShownProgramme:
    """A programme in its newest version, or a draft. `state` None: it came with the program."""

    programme: Programme
    state: PackState | None
    followed: bool = False
    basis: Basis = Basis.CALENDAR
    versions: tuple[int, ...] = ()

    @property
    def id(self) -> str:
        return f"{self.programme.id}.v{self.programme.version}"

    @property
    def is_draft(self) -> bool:
        return self.state is PackState.DRAFT


def programme_row(shown: ShownProgramme) -> ListRow:
    programme, is_draft = shown.programme, shown.is_draft
    count = len(unverified(programme))
    return row(
        shown.id,
        ListItem("Có", "good", "done") if shown.followed else "",
        programme.short_title,
        str(programme.version),
        ListItem(str(count), "warning" if count else "muted"),
        ListItem(ORIGIN_TITLES[shown.state], "warning" if is_draft else "muted", "entry" if is_draft else ""),
        note=programme.title,
    )


def facts(shown: ShownProgramme) -> tuple[tuple[str, str], ...]:
    """What is told of a programme, name by name; nothing where nothing is known."""
    programme = shown.programme
    older = ", ".join(str(version) for version in shown.versions if version != programme.version)
    told = (
        ("Mã", programme.id),
        ("Văn bản", programme.document or "chưa ghi"),
        ("Nơi ban hành", programme.issuer),
        ("Giai đoạn", f"{programme.first_year}–{programme.last_year}"),
        ("Phiên bản", f"{programme.version} (trước đó: {older})" if older else str(programme.version)),
        ("Nội dung", _content(programme)),
        ("Hạn gửi", "; ".join(f"{d.words}, gửi {d.receiver}" for d in programme.deadlines) or "nơi nhận đặt"),
        ("Nguồn", programme.source),
    )
    return tuple(pair for pair in told if pair[1])


def unsure(programme: Programme) -> str:
    """What was not held against the original, by the numbers of the plan."""
    found = unverified(programme)
    if not found:
        return "Mọi nội dung đã đối chiếu với văn bản gốc."
    rest = f" và {len(found) - _SHOWN} mục nữa" if len(found) > _SHOWN else ""
    return f"Chưa đối chiếu với văn bản gốc ({len(found)}): {', '.join(found[:_SHOWN])}{rest}."


def change_rows(changes: Sequence[PackChange]) -> list[ListRow]:
    """One line for each; the id is the field's."""
    return [
        row(change.field, change.where, ListItem(change.old or "(không có)", "muted"), change.new or "(bỏ)")
        for change in changes
    ]


def pack_words(pack: Pack) -> str:
    return f"{pack.programme().title} (phiên bản {pack.version})"


def _content(programme: Programme) -> str:
    rows = [row for form in programme.forms for section in form.sections for row in section.rows]
    numbers = [one.number for one in rows if isinstance(one, Indicator)]
    counts = {
        "biểu": len(programme.forms),
        "số liệu gốc": len({one.id for one in rows if not isinstance(one, Indicator)}),
        "nhiệm vụ": sum(len(form.tasks) for form in programme.forms),
    }
    told = [f"{number} {word}" for word, number in counts.items() if number]
    return ", ".join([*told[:1], *([indicators_counted(numbers)] if numbers else []), *told[1:]])


@dataclass(frozen=True, slots=True)
class ChosenProgramme:
    """The programme under the cursor. `advice` says why something cannot be done, or what comes next."""

    title: str
    facts: tuple[tuple[str, str], ...]
    unsure: str
    followed: bool
    basis: Basis
    is_draft: bool
    can_copy: bool
    can_continue: bool
    can_supply: bool
    advice: str


@dataclass(frozen=True, slots=True)
class ProgrammesPage:
    """`chosen` is the id of the row one stands on, or empty; `told` is what is known of it."""

    rows: tuple[ListRow, ...] = ()
    chosen: str = ""
    told: ChosenProgramme | None = None
    problem: str = ""


class ProgrammesPresenter:
    """`show` gets the page whenever it changes (the same rows where only something else did); `edit` opens a draft."""

    def __init__(
        self,
        desk: Services,
        frame: Shell,
        show: Callable[[ProgrammesPage], object],
        edit: Callable[[Pack], object],
    ) -> None:
        self._desk, self._frame, self._show, self._edit = desk, frame, show, edit
        self._shown: dict[str, ShownProgramme] = {}
        self._page, self._was_shown = ProgrammesPage(), False

    def start(self, wanted: str = "") -> None:
        """At every visit; `wanted` is a programme's id, or a row's."""
        self._shown = {one.id: one for one in self._all()}
        names = [id for id, one in self._shown.items() if wanted and wanted in (id, one.programme.id)]
        chosen = self._page.chosen
        if names or not self._was_shown:
            chosen = next(iter((*names, *self._shown)), "")
        elif chosen not in self._shown:
            chosen = ""  # gone: none takes its place
        self._was_shown = True
        self._page = ProgrammesPage(tuple(programme_row(one) for one in self._shown.values()))
        self.choose(chosen)

    def choose(self, id: str, problem: str = "") -> None:
        found = self._shown.get(id)
        self._page = replace(self._page, chosen=id, told=self._told(found) if found else None, problem=problem)
        self._show(self._page)

    def follow(self, on: bool) -> None:
        """Report on the chosen programme from now on, or no more."""
        found = self._shown.get(self._page.chosen)
        if found is None or found.is_draft:
            return
        id = found.programme.id
        others = [programme.id for programme in self._desk.programmes.followed() if programme.id != id]
        try:
            self._desk.programmes.follow([*others, id] if on else others)
        except AppError as error:
            self.choose(self._page.chosen, error.message)
            return
        self.start()
        told = "Từ nay đơn vị báo cáo theo" if on else "Đơn vị không báo cáo nữa theo"
        self._frame.toast(f"{told} {found.programme.short_title}.")

    def set_basis(self, basis: Basis) -> None:
        """Which windows the reports of the chosen programme have, of those begun from now on."""
        found = self._shown.get(self._page.chosen)
        if found is None or basis is found.basis:
            return
        self._desk.programmes.set_basis(found.programme.id, basis)
        self.start()
        self._frame.toast(f"Báo cáo {found.programme.short_title} lập từ nay dùng kỳ mới; báo cáo đã lập giữ nguyên.")

    def proposed(self) -> NewPack:
        """What a copy of the chosen programme might be called."""
        programme = self._shown[self._page.chosen].programme
        office = self._desk.office
        return NewPack(
            f"{programme.id}_{office.unit.code}".lower().replace("-", "_").replace(".", "_")[:40],
            programme.title,
            programme.short_title,
            "",
            office.name,
            office.unit.code,
        )

    def copy(self, new: NewPack) -> AppError | None:
        """A draft of one's own, opened at once. A refusal is returned, for the dialog to show beside its field."""
        found = self._shown[self._page.chosen].programme
        try:
            pack = self._desk.drafting.copy(self._desk.programmes.files(found.id, found.version), new)
        except AppError as error:
            return error
        self._edit(pack)
        return None

    def next_version(self) -> None:
        id = self._shown[self._page.chosen].programme.id
        if pack := accepted(self._frame.ask, lambda: self._desk.drafting.next_version(id)):
            self._edit(pack)

    def open(self, id: str) -> None:
        """A draft is opened; the others are only looked at."""
        found = self._shown.get(id)
        pack = self._desk.drafting.draft(found.programme.id, found.programme.version) if found else None
        if pack:
            self._edit(pack)

    def chosen_pack(self) -> Pack:
        """Of the chosen programme, to be handed down."""
        programme = self._shown[self._page.chosen].programme
        return self._desk.programmes.files(programme.id, programme.version)

    def _all(self) -> list[ShownProgramme]:
        """Those followed first, the drafts last."""
        programmes = self._desk.programmes
        packs = programmes.packs()
        states = {(pack.id, pack.version): pack.state for pack in packs}
        followed = [programme.id for programme in programmes.followed()]
        newest = sorted(self._desk.catalogue.newest, key=lambda one: one.id not in followed)
        known = [
            ShownProgramme(
                one,
                states.get((one.id, one.version)),
                one.id in followed,
                programmes.basis(one.id),
                tuple(sorted(p.version for p in self._desk.catalogue.programmes if p.id == one.id)),
            )
            for one in newest
        ]
        return known + [
            ShownProgramme(pack.programme(), PackState.DRAFT) for pack in packs if pack.state is PackState.DRAFT
        ]

    def _told(self, shown: ShownProgramme) -> ChosenProgramme:
        issues = self._desk.office.collates and not shown.is_draft
        own = issues and self._desk.drafting.is_own(shown.programme.id)
        return ChosenProgramme(
            shown.programme.title,
            facts(shown),
            unsure(shown.programme),
            shown.followed,
            shown.basis,
            shown.is_draft,
            can_copy=issues,
            can_continue=own,
            can_supply=issues,
            advice=_advice(shown, issues, own),
        )


def _advice(shown: ShownProgramme, issues: bool, own: bool) -> str:
    if shown.is_draft:
        return "Bản soạn chưa dùng để báo cáo. Sửa xong thì phát hành; đã phát hành thì không sửa được nữa."
    if own:
        return "Bản đã phát hành không đổi nữa. Muốn sửa: soạn phiên bản tiếp theo, phát hành rồi cấp lại."
    if issues:
        return "Bản này do nơi khác phát hành nên không sửa được. Muốn sửa mốc, hạn gửi, câu chữ: chép thành chương trình riêng."
    return ""


OUTDATED_COLUMNS = (
    ListColumnHead("Báo cáo"),
    ListColumnHead("Kỳ", 170),
    ListColumnHead("Đang theo", 110),
    ListColumnHead("Có bản", 100),
    ListColumnHead("Sẽ mất", 220),
)
_TOLD = 12  # lost entries named in the question


class OutdatedPresenter:
    """Drafts that were begun under an older version. What a move to the newest would lose is shown before."""

    def __init__(self, desk: Services, frame: Shell, show: Callable[[Sequence[ListRow]], object]) -> None:
        self._desk, self._frame, self._show = desk, frame, show
        self._drafts: dict[str, tuple[Report, Report]] = {}

    def start(self) -> None:
        """Each draft beside what it would be under the newest version; one that has no place there can only stay."""
        self._drafts, rows = {}, list[ListRow]()
        for report in self._desk.programmes.outdated():
            id = f"{report.form.programme}/{report.period.label}/{report.period.basis}/{report.form.id}"
            try:
                moved, _ = self._desk.entry.renew(report)
            except AppError as error:
                rows.append(self._row(id, report, "–", ListItem("không chuyển được", "error", "error"), error.message))
                continue
            self._drafts[id] = (report, moved)
            rows.append(self._row(id, report, str(moved.form.programme_version), _loss(report, moved)))
        self._show(rows)

    def move(self, id: str) -> None:
        """For good, once confirmed."""
        if id not in self._drafts:
            return
        report, moved = self._drafts[id]
        gone, version = tuple(lost(report, moved)), moved.form.programme_version
        words = "Không mất gì đã nhập."
        if gone:
            named = "\n".join(f"• {one}" for one in gone[:_TOLD])
            more = f"\n… và {len(gone) - _TOLD} mục nữa" if gone[_TOLD:] else ""
            words = f"Phiên bản {version} không hỏi nữa:\n{named}{more}"
        if not self._frame.ask.confirm(f"Chuyển {report.period.words} sang phiên bản {version}?", words, "Chuyển"):
            return
        if accepted(self._frame.ask, lambda: self._desk.entry.renewed(report)):
            self._frame.toast(f"Bản nháp {report.period.words} nay theo phiên bản {version}.")
            self.start()

    def _row(self, id: str, report: Report, newest: str, loss: ListItem, note: str = "") -> ListRow:
        programme = self._desk.catalogue.programme(report.form.programme)
        return row(
            id,
            f"{programme.short_title}: {report.form.number} · {report.form.title}",
            capitalised(report.period.words),
            f"phiên bản {report.form.programme_version}",
            newest,
            loss,
            note=note,
        )


def lost(report: Report, moved: Report) -> Iterator[str]:
    """What was typed and has no place in the other form, in words."""
    for name, cell in report.cells.items():
        if name not in moved.cells and cell_words(cell):
            count = report.form.count_of_cell.get(name)
            yield f"{count.label(name) if count else name}: {cell_words(cell)}"
    titles = {spec.id: spec.title for spec in report.form.narratives}
    yield from (titles.get(id, id) for id, text in report.narratives.items() if text and id not in moved.narratives)
    kept = {task.id for task in moved.tasks}
    tasks = report.form.tasks
    yield from (f"Nhiệm vụ {tasks[task.id].number}" for task in report.tasks if task.id not in kept)
    if report.nominations and not moved.nominations:
        yield f"{len(report.nominations)} đề nghị khen thưởng"


def _loss(report: Report, moved: Report) -> ListItem:
    gone = sum(1 for _ in lost(report, moved))
    return ListItem(f"{gone} mục đã nhập", "warning", "warning") if gone else ListItem("không mất gì", "good")


SUPPLY_FILES = "Tệp cấp phát (*.bdc);;Mọi tệp (*)"
_HEADS = (PersonRole.HEAD, PersonRole.SOLE)


class Supplier:
    """The handing down: which packs, whose password, where the file goes."""

    def __init__(self, desk: Services, program: Application, frame: Shell) -> None:
        self._desk, self._program, self._frame = desk, program, frame

    def offered(self, chosen: Pack) -> tuple[Pack, ...]:
        """The chosen one, and the newest of every other programme that did not come with the program."""
        newest: dict[str, Pack] = {}
        for pack in self._desk.programmes.packs():
            if pack.state is not PackState.DRAFT and pack.id != chosen.id:
                newest[pack.id] = pack
        return (chosen, *newest.values())

    def heads(self) -> tuple[Person, ...]:
        """Who may seal; who signed in first, since no password is asked of them."""
        own = self._desk.ledger.person.keyid
        found = [person for person in self._desk.enrolment.people() if person.role in _HEADS]
        return tuple(sorted(found, key=lambda person: person.keyid != own))

    def needs_password(self, keyid: str) -> bool:
        return keyid != self._desk.ledger.person.keyid

    def seal(self, packs: Sequence[Pack], keyid: str, password: str) -> bytes | AppError:
        """The file's bytes, or the refusal for the dialog to show."""
        try:
            ledger = self._desk.ledger
            signer = ledger.signer(keyid, password) if self.needs_password(keyid) else ledger.own_signer()
            return self._desk.programmes.supply(packs, signer)
        except AppError as error:
            return error

    def write(self, data: bytes) -> None:
        """Where the person wants it."""
        name = f"{self._desk.office.unit.code}_{self._program.clock():%Y-%m-%d}_cap-phat.bdc"
        file = self._frame.ask.save_file("Lưu tệp cấp phát", name, SUPPLY_FILES)
        if file and (made := accepted(self._frame.ask, lambda: self._program.write_file(file, data))):
            self._frame.toast(f"Đã lưu {made.name}. Gửi kèm cho đơn vị bên dưới; nơi nhận cần có khóa của thủ trưởng.")


_TRUST = (
    "1. Xin nơi cấp tệp đăng ký khóa (.bdk) của thủ trưởng và phiếu giấy có 30 chữ số, chữ ký, con dấu.\n"
    "2. Đăng ký khóa ở {where}: chọn tệp .bdk, gõ 30 chữ số từ phiếu giấy.\n"
    "3. Nhận lại tệp cấp phát này."
)


@dataclass(frozen=True, slots=True)
class SupplyOffer:
    """A supply file before it is taken. `can_take`: something in it is new; `can_follow`: of a
    programme that is not followed yet."""

    issuer: str
    words: str
    rows: tuple[ListRow, ...]
    can_take: bool
    can_follow: bool


class OfferPresenter:
    """The taking of a supply file. `show` gets what it holds, or None, and what to do where its key is not enrolled."""

    def __init__(
        self,
        desk: Services,
        program: Application,
        frame: Shell,
        show: Callable[[SupplyOffer | None, str], object],
    ) -> None:
        self._desk, self._program, self._frame, self._show = desk, program, frame, show
        self._data = b""

    def choose_file(self) -> None:
        self.open(self._frame.ask.open_files("Chọn tệp cấp phát", SUPPLY_FILES)[:1])

    def open(self, paths: Sequence[Path]) -> None:
        """Look into the first of these files."""
        if not paths:
            return
        self.give_up()
        try:
            file = self._program.read_files(paths[:1])[0]
            if file.problem:
                raise file.problem
            seen = self._desk.programmes.look(file.data)
        except AppError as error:
            if error.code == "KEY_UNKNOWN":
                where = "Tổng hợp › Sổ khóa" if self._desk.office.collates else "trang Sổ khóa ở ngay đây"
                self._show(None, _TRUST.format(where=where))
            else:
                self._frame.ask.refused(error)
            return
        self._data = file.data
        self._show(self._offer(seen), "")

    def take(self, follow: bool) -> None:
        """Into the ledger; the screens are made anew, so that they all know it."""
        handed = accepted(self._frame.ask, lambda: self._desk.programmes.take(self._data, follow=follow))
        if handed is None:
            return
        new = [one.programme for one in handed if one.new]
        self.give_up()
        self._frame.toast(f"Đã nhận {', '.join(f'{one.short_title} v{one.version}' for one in new)}.")
        self._frame.reopen("programmes", new[0].id if new else "")

    def give_up(self) -> None:
        self._data = b""
        self._show(None, "")

    def _offer(self, seen: SupplyOpened) -> SupplyOffer:
        known = set(self._desk.catalogue.keys)
        followed = {programme.id for programme in self._desk.programmes.followed()}
        rows: list[ListRow] = []
        new = [pack for pack in seen.packs if (pack.id, pack.version) not in known]
        for pack in seen.packs:
            rows.append(heading(f"{pack_words(pack)} – {'mới' if pack in new else 'đã có, không đổi'}"))
            if pack in new and not any(id == pack.id for id, _ in known):
                programme = pack.programme()  # not known here at all: what it is
                told = (*facts(ShownProgramme(programme, pack.state)), ("Đối chiếu", unsure(programme)))
                rows += [row(f"{pack.folder}/{name}", name, "", words) for name, words in told]
                continue
            changes = change_rows(self._desk.programmes.changes_in(pack)) if pack in new else []
            same = "Không đổi mục nào so với phiên bản trước." if pack in new else "Đã nhận trước đây."
            rows += changes or [row(pack.folder, ListItem(same, "muted"), "", "")]
        words = (
            f"{seen.person} niêm phong. Phiên bản đã có trong sổ giữ nguyên; báo cáo đã lập vẫn theo phiên bản của nó."
        )
        return SupplyOffer(seen.issuer_name, words, tuple(rows), bool(new), bool({p.id for p in new} - followed))
