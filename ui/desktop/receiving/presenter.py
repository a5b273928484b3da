"""Decides what the summing screen shows: the period, the stick that was brought, the batches that were received, what a unit sent,
what is sent up (chuyển lên), and the letters to those whose report has not come (công văn đôn đốc)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any

from forms.all_services import Services
from forms.application import Application
from forms.exchange.adjustment import adjusted_words
from forms.exchange.brought_files import Brought, Incoming, told
from forms.exchange.statements import ARRIVAL_TITLES, Arrival, Batch, BatchLine, ReportKey
from forms.model.cell import STATE_TITLES, CellState
from forms.model.count import Count
from forms.model.number import format_number, read_canonical
from forms.model.period import Period
from forms.model.report import Report
from forms.model.text import collation_key, one_line
from forms.org_units.unit_words import units_counted
from forms.services.bundles import HEADS, bundle_name
from forms.services.on_behalf import Answers
from forms.services.reports_on_offer import ReportOnOffer, capitalised, holding, instead, where
from forms.services.summary import Status
from forms.services.unit_tree import UnitNode, find
from ui.desktop.number_wording import counted, part_words, quantity_words
from ui.desktop.receiving.results import RESULT_COLUMNS, result_rows, when
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Location, Progress, Shell, accepted

COLUMNS = (
    ListColumnHead("Kết quả", 150),
    ListColumnHead("Đơn vị", 190),
    ListColumnHead("Kỳ", 150),
    ListColumnHead("Lần gửi", 70, "right"),
    ListColumnHead("Nghĩa là"),
    ListColumnHead("Tệp", 210),
)
# What asks for somebody's attention stands first.
_ORDER = (
    Arrival.REFUSED,
    Arrival.CONFLICT,
    Arrival.QUARANTINED,
    Arrival.PARKED,
    Arrival.CORRECTION,
    Arrival.ON_BEHALF,
    Arrival.NEW,
    Arrival.SAME,
)
_LOOKS = {
    Arrival.NEW: ("good", "add"),
    Arrival.CORRECTION: ("accent", "entry"),
    Arrival.SAME: ("muted", "done"),
    Arrival.PARKED: ("warning", "hint"),
    Arrival.CONFLICT: ("warning", "warning"),
    Arrival.QUARANTINED: ("warning", "warning"),
    Arrival.REFUSED: ("error", "error"),
    Arrival.ON_BEHALF: ("accent", "entry"),
}
_WORDS = {
    Arrival.NEW: "mới",
    Arrival.CORRECTION: "thay thế",
    Arrival.SAME: "đã nhận trước đây",
    Arrival.PARKED: "chờ bản trước",
    Arrival.CONFLICT: "mâu thuẫn",
    Arrival.QUARANTINED: "giữ lại để hỏi",
    Arrival.REFUSED: "từ chối",
    Arrival.ON_BEHALF: "nhập thay",
}
_MOST_CHANGES = 4  # shown; the sender's package holds them all
_UNCHANGING = (Arrival.SAME, Arrival.REFUSED)


@dataclass(frozen=True, slots=True)
class ArrivalsPreview:
    """What receiving would do. `can_receive`: at least one package would be kept. `search`: what was looked through and
    passed over, and why; `can_take_more`: some of that can be taken all the same. Of fill-in workbooks: `can_replace`, some differ
    from what was entered for their units; `can_convert`, some hold old text; `faulty`: what must be mended by who filled
    them."""

    rows: tuple[ListRow, ...]
    words: str
    explanation: str
    can_receive: bool
    search: str = ""
    can_take_more: bool = False
    can_replace: bool = False
    can_convert: bool = False
    faulty: tuple[BatchLine, ...] = ()


CellName = Callable[[ReportKey | None, str], str]  # (report, cell) → what the cell is called on its form


def preview(batch: Batch, brought: Brought, named: CellName) -> ArrivalsPreview:
    lines = sorted(
        batch.lines, key=lambda line: (_ORDER.index(line.arrival), not line.warnings, line.unit_name, line.path)
    )
    files, stored = len(lines), kept_count(batch)
    explanation = "Chưa ghi gì vào sổ. Bấm “Nhận vào sổ” để nhận tất cả."
    if not stored:
        explanation = "Không có gì mới để nhận vào sổ."
    elif stored < files:
        explanation = f"Chưa ghi gì vào sổ. Bấm “Nhận vào sổ” để nhận {counted(stored)} trong {counted(files)} tệp."
    found = Counter(line.arrival for line in lines)
    words = ", ".join(f"{counted(found[arrival])} {words}" for arrival, words in _WORDS.items() if found[arrival])
    searched = [*told(brought)]
    if pages := sum(line.in_pdf for line in lines):
        searched.append(f"{counted(pages)} tệp PDF: chỉ lấy gói mang theo, không đọc các trang.")
    rows = tuple(_row(line, named) for line in lines)
    return ArrivalsPreview(
        rows,
        words,
        explanation,
        stored > 0,
        "\n".join(searched),
        brought.can_take_more,
        any(line.code == "ON_BEHALF_REPLACE" for line in lines),
        any(fault.code == "LEGACY_TEXT" for line in lines for fault in line.faults),
        tuple(line for line in lines if line.faults),
    )


def kept_count(batch: Batch) -> int:
    """How many packages are stored, whether added up or held for a question."""
    return sum(line.arrival not in _UNCHANGING and not line.code.startswith("ON_BEHALF_") for line in batch.lines)


def report_of(batch: Batch) -> ReportKey | None:
    """The report that most packages of the batch are; None when none could be read."""
    found = Counter(line.key for line in batch.lines if line.key and line.arrival is not Arrival.REFUSED)
    return found.most_common(1)[0][0] if found else None


def _row(line: BatchLine, named: CellName) -> ListRow:
    tone, icon = _LOOKS[Arrival.QUARANTINED] if line.warnings else _LOOKS[line.arrival]
    warned = [one.message for one in line.warnings]
    if line.vouched_by:
        warned.append(f"Khóa do {line.vouched_by} giới thiệu.")
    faults = [f"{one.where or 'tệp'}: {one.message}" for one in line.faults]
    period = capitalised(Period.parse(line.period).words) if line.period else ""
    return row(
        line.path,
        ListItem(ARRIVAL_TITLES[line.arrival], tone, icon),
        line.unit_name or ListItem("không đọc được", "muted"),
        period,
        str(line.revision or ""),
        " ".join([line.message, *warned]),
        ListItem(one_line(PurePath(line.path).name), "muted"),
        note="\n".join([line.message, *warned, *faults, *map(one_line, _corrected(line, named)), one_line(line.path)]),
    )


def _corrected(line: BatchLine, named: CellName) -> Iterator[str]:
    """What a correction says it changes, cell by cell, and why."""
    for change in line.changes[:_MOST_CHANGES]:
        reason = f" ({change.reason})" if change.reason else ""
        yield f"{named(line.key, change.cell)}: {_amount(change.old)} → {_amount(change.new)}{reason}"
    if len(line.changes) > _MOST_CHANGES:
        yield f"và {counted(len(line.changes) - _MOST_CHANGES)} ô khác"


def _amount(sealed: str) -> str:
    """A cell as it was sealed: an amount, or the name of a state."""
    states: dict[str, str] = {state.value: title for state, title in STATE_TITLES.items()}
    return states.get(sealed) or format_number(read_canonical(sealed))


FIGURE_COLUMNS = (
    ListColumnHead("Số", 70),
    ListColumnHead("Số liệu"),
    ListColumnHead("Đơn vị tính", 130),
    ListColumnHead("Số đã gửi", 120, "right"),
    ListColumnHead("Ghi chú", 320),
)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit's page: whose figures, of which sending, and the rows under their objectives."""

    title: str
    note: str
    columns: tuple[ListColumnHead, ...]
    rows: tuple[ListRow, ...]


def unit_figures(node: UnitNode) -> UnitFigures | None:
    """What a unit sent; of an office between what its units come to. None where nothing was sent that is accepted."""
    period, name = node.status.period.words, node.unit.full_name if node.unit else node.title
    if node.head and node.report:
        told = (
            f"Lần gửi {node.head.revision}, nhận lúc {when(node.head.received_at)}. Số của đơn vị gửi, không sửa ở đây."
        )
        if node.head.is_on_behalf:
            told = f"NHẬP THAY bởi {node.head.by}, lúc {when(node.head.received_at)}. Đơn vị gửi gói niêm phong thì gói ấy thay bản này."
        mine = (one for one in node.status.adjustments if node.unit and one.unit.unit == node.unit.key)
        told += "".join(f" Điều chỉnh: {adjusted_words(one, node.status.form)}." for one in mine)
        part = f", {node.title[0].lower()}{node.title[1:]}" if node.is_own_part else ""
        return UnitFigures(f"{name}{part}, {period}", told, FIGURE_COLUMNS, tuple(_rows(node.report)))
    if node.is_leaf or not node.received or not node.results:
        return None
    told = (
        f"Cộng từ {counted(node.received)} trong {counted(len(node.leaves))} báo cáo gốc. Tỷ lệ tính lại từ số đã cộng."
    )
    return UnitFigures(f"{name}, {period}", told, RESULT_COLUMNS, result_rows(node.status.form, node.results))


def _rows(report: Report) -> Iterator[ListRow]:
    for section in report.form.sections:
        counts = [count for count in section.counts if report.role in count.filled_by]
        if counts:
            yield heading(f"{section.number}. {section.title}")
        for count in counts:
            yield from _count_rows(report, count)


def _count_rows(report: Report, count: Count) -> Iterator[ListRow]:
    if len(count.cells) == 1:
        (cell,) = count.cells
        words = quantity_words(report.quantity(cell))
        yield row(cell, count.number, count.title, count.measure, words, _figure_said(report, cell))
        return
    total = "" if count.years else quantity_words(report.quantity(count.id))
    yield row(count.id, count.number, count.title, count.measure, total, "")
    for cell in count.cells:
        yield row(
            cell,
            "",
            f"– {part_words(count, cell, 'năm {}')}",
            "",
            quantity_words(report.quantity(cell)),
            _figure_said(report, cell),
        )


def _figure_said(report: Report, name: str) -> ListItem:
    """Why there is no number, and the sender's own note."""
    cell = report.cell(name)
    state = "" if cell.state is CellState.GIVEN else STATE_TITLES[cell.state]
    return ListItem("; ".join(text for text in (state, cell.note) if text), "muted")


KEY_SUFFIX = ".bdk"
PACKAGES = "Gói báo cáo, phiếu điền (*.bdg *.pdf *.zip *.xlsx *.ods);;Mọi tệp (*)"
BATCH_COLUMNS = (ListColumnHead("Nhận lúc", 220), ListColumnHead("Số gói giữ lại", 140, "right"), ListColumnHead(""))


@dataclass(frozen=True, slots=True)
class ReceivingPage:
    """`place` of the `offered` reports is shown: its tree of units and results, and what was ever received. `unit`: one unit's
    figures in place of the lists. `preview`: what was brought, before it is received. `undo`: the offer to take back the batch
    just received, empty when there is none. `received`: the offer to look at the report that was received, where another one
    is looked at. What did not change since it was shown last is the same object."""

    offered: tuple[ReportOnOffer, ...] = ()
    place: Location | None = None
    tree: UnitNode | None = None
    results: tuple[ListRow, ...] = ()
    batches: tuple[ListRow, ...] = ()
    preview: ArrivalsPreview | None = None
    unit: UnitFigures | None = None
    undo: str = ""
    received: Location | None = None


class ReceivingPresenter:
    """What an office above does in a quarter: look who is missing, take a stick, look at the sums. `open_key_file`: a key file
    was brought instead of packages, which is the register's matter."""

    def __init__(
        self,
        show: Callable[[ReceivingPage], object],
        open_key_file: Callable[[Path], object],
        desk: Services,
        program: Application,
        frame: Shell,
    ) -> None:
        self._show, self._open_key_file = show, open_key_file
        self._desk, self._program, self._frame = desk, program, frame
        self._page = ReceivingPage()
        self._brought: tuple[Incoming, ...] = ()
        self._places: tuple[Path, ...] = ()
        self._answers, self._everything = Answers(), False
        self._just_received = ""

    @property
    def place(self) -> str:
        """The report that is shown, as other screens are told of it."""
        return str(self._page.place or "")

    def start(self, place: str = "") -> None:
        """At every visit; `place` asks for a report."""
        offered, asked = self._desk.on_offer.every(self._today), Location.read(place) or self._page.place
        self._page = replace(self._page, offered=holding(offered, asked) if asked else offered)
        wanted = where(self._page.offered, asked, self._today)
        if wanted is None and asked is not None:  # its programme is followed no more
            wanted = instead(offered, asked, self._today)
        if wanted:
            self.choose(wanted)

    def choose(self, place: Location) -> None:
        """Another report. One that no followed programme knows changes nothing."""
        if any(choice.holds(place) for choice in self._page.offered):
            self._now(place=replace(place, spot=""), received=None, unit=None)
            self.refresh()

    def refresh(self) -> None:
        if place := self._page.place:
            self._frame.work(
                "Đang cộng số liệu",
                lambda _step: self._desk.trees.tree(place.programme, place.period),
                lambda tree: self._summed(place, tree),
            )
        batches = self._desk.receiving.batches()
        self._now(batches=tuple(row(id, when(moment), counted(size), "") for id, moment, size in batches))

    def look_at(self, id: str) -> None:
        """The figures of one place of the tree. One that has sent nothing has none."""
        node = find(self._page.tree, id) if self._page.tree else None
        found = unit_figures(node) if node else None
        if found:
            self._now(unit=found)

    def look_away(self) -> None:
        self._now(unit=None)

    def ask_for_packages(self, *, in_folder: bool = False) -> None:
        """Files that are picked, or a folder with all that is in it."""
        if in_folder:
            folder = self._frame.ask.folder("Chọn thư mục có gói báo cáo")
            self.offer([folder] if folder else [])
        else:
            self.offer(self._frame.ask.open_files("Chọn gói báo cáo", PACKAGES))

    def offer(self, paths: Sequence[Path], *, everything: bool = False, answers: Answers | None = None) -> None:
        """Read and check what was brought, with `everything` also what a search passes over. Writes nothing. `answers`: what a
        person said of the fill-in workbooks among it."""
        if not paths:
            return
        self._answers = said = answers or Answers()
        self._everything = everything
        if all(path.suffix.lower() == KEY_SUFFIX for path in paths):
            self._open_key_file(paths[0])
            return

        def look(step: Progress) -> tuple[Brought, Batch]:
            brought = self._program.find_packages(paths, everything=everything)
            return brought, self._desk.receiving.preview(brought.files, step, said)

        def looked(found: tuple[Brought, Batch]) -> None:
            self._brought = found[0].files
            self._now(unit=None, preview=preview(found[1], found[0], self._cell_name))

        self._places = tuple(paths)
        self._frame.work("Đang đọc và kiểm tra gói", look, looked)

    def take_more(self, **said: bool) -> None:
        """What was brought, looked at again: with what was passed over, hidden files and linked folders, or as a person says of the
        workbooks (fields of Answers)."""
        self.offer(self._places, everything=not said or self._everything, answers=replace(self._answers, **said))

    def put_away(self) -> None:
        """Leave what was brought; nothing was written."""
        self._brought = ()
        self._now(preview=None)

    def receive(self) -> None:
        """Everything offered, in one transaction."""
        files, person, said = self._brought, self._desk.ledger.person.name, self._answers
        self._frame.work(
            "Đang nhận vào sổ", lambda step: self._desk.receiving.receive(files, person, step, said), self._received
        )

    def undo(self, batch: str = "") -> None:
        """Take a whole batch back, once confirmed; without a name the one just received."""
        batch = batch or self._just_received
        if not batch or not self._frame.ask.confirm(
            "Hoàn tác đợt nhận này?",
            "Mọi gói của đợt được lấy ra khỏi sổ, bảng tổng hợp tính lại. Các tệp gói vẫn còn và nhận lại được.",
            "Hoàn tác",
        ):
            return
        undone = accepted(self._frame.ask, lambda: self._desk.receiving.undo(batch))
        if undone is None:
            return
        self.forget_undo()
        self._frame.toast(f"Đã lấy {counted(undone)} gói ra khỏi sổ.")
        self.refresh()

    def forget_undo(self) -> None:
        """The offer ends; any batch can still be taken back from the list."""
        self._just_received = ""
        self._now(undo="")

    def _summed(self, place: Location, tree: UnitNode) -> None:
        if place == self._page.place:  # else another report was chosen meanwhile
            self._now(tree=tree, results=result_rows(tree.status.form, tree.results))

    def _cell_name(self, key: ReportKey | None, cell: str) -> str:
        """As the form prints it: the count's title, and the part where it is broken down."""
        form = self._desk.catalogue.programme(key.programme).form(key.form) if key else None
        count = form.count_of_cell.get(cell) if form else None
        return count.label(cell) if count else cell

    def _received(self, batch: Batch) -> None:
        self._brought, self._just_received = (), batch.id or ""
        kept = counted(kept_count(batch))
        self._frame.toast(f"Đã nhận {kept} gói vào sổ." if batch.id else "Không có gì mới; sổ không thay đổi.")
        key = report_of(batch)
        place = Location(key.programme, Period.parse(key.period, key.basis)) if key else None
        offered = self._page.offered
        is_other = place != self._page.place and any(choice.holds(place) for choice in offered if place)
        undo = f"Hoàn tác đợt vừa nhận ({kept} gói)…" if batch.id else ""
        self._now(preview=None, undo=undo, received=place if is_other else None)
        self.refresh()

    def _now(self, **changed: Any) -> None:
        self._page = replace(self._page, **changed)
        self._show(self._page)

    @property
    def _today(self) -> date:
        return self._program.clock().date()


class SendingUp:
    """Of one report. `heads`: who may seal what is sent; `told` what became of it."""

    def __init__(
        self, told: Callable[[str], object], desk: Services, program: Application, frame: Shell, place: Location
    ) -> None:
        self._told, self._desk, self._program, self._frame, self._place = told, desk, program, frame, place
        self.heads = tuple(one for one in desk.enrolment.people() if one.role in HEADS)

    def words(self, tree: UnitNode) -> str:
        """What would go, and who is missing in it."""
        missing = f", còn thiếu {counted(tree.missing)} đơn vị" if tree.missing else ", đủ mọi đơn vị"
        return (
            f"Báo cáo {self._place.period.words}: gói của {counted(tree.received)} đơn vị đã tính vào tổng{missing}; "
            "kèm báo cáo của chính đơn vị nếu biểu có hỏi."
        )

    def send(self, keyid: str, password: str) -> bool:
        """One file into the folder that is chosen. Whether it is under way. Raises StorageError PASSWORD_WRONG."""
        signer = self._desk.ledger.signer(keyid, password)
        folder = self._frame.ask.folder("Chọn nơi ghi gói chuyển (USB, thư mục gửi thư…)")
        if folder is None:
            return False
        place, unit = self._place, self._desk.office.unit

        def work(step: Progress) -> str:
            step(0, 0)
            sealed, content = self._desk.forwarding.forward(place.programme, place.period, signer)
            file = self._program.write_file(folder / bundle_name(unit, content), sealed.raw)
            lacks = f", còn thiếu {counted(len(content.missing))} đơn vị" if content.missing else ""
            held = f"{counted(len(content.originals))} gói{lacks}"
            return f"Đã ghi gói chuyển lần {content.revision} ({held}): {file.name}. Mã niêm phong: {sealed.digits}"

        self._frame.work("Đang niêm phong gói chuyển", work, self._told)
        return True


_MOST_NAMED = 6
_TO_ALL = "tat_ca"  # what Program.reminders calls the one letter to all


class Reminding:
    """Of one report. `status` is who has sent and who has not, when the dialog was opened. `written` is told when the letters
    lie in their folder, which can be opened then."""

    def __init__(
        self, written: Callable[[str], object], desk: Services, program: Application, frame: Shell, place: Location
    ) -> None:
        self._written, self._desk, self._program, self._frame = written, desk, program, frame
        self._place, self._folder = place, Path()
        self.status = self._status()

    @property
    def title(self) -> str:
        return f"Đôn đốc {units_counted(self.status.missing)} chưa gửi"

    @property
    def words(self) -> str:
        """Of which report, until when, and who they are."""
        status = self.status
        due = f"hạn gửi {status.due:%d/%m/%Y}" if status.due else "chưa đặt hạn gửi"
        units = sorted(status.missing, key=lambda unit: collation_key(unit.full_name))
        more = units[_MOST_NAMED:]
        told = "; ".join(unit.full_name for unit in units[:_MOST_NAMED])
        told += f" và {units_counted(more)} khác" if more else ""
        return f"Báo cáo {status.period.words}, {due}: {told}."

    def write(self, format: str, *, merged: bool) -> None:
        """One letter to each or one to all, as `pdf` or `docx`, into the folder that is chosen. Letters that lie there
        already, perhaps worked on since, are replaced only once confirmed."""
        folder = self._frame.ask.folder("Chọn thư mục ghi công văn")
        if folder is None:
            return
        whose = [_TO_ALL] if merged else [unit.code for unit in self.status.missing]
        there = sum((folder / self._name(one, format)).exists() for one in whose)
        if there and not self._frame.ask.confirm(
            f"Thay {counted(there)} công văn đã có trong thư mục?",
            f"{folder} đã có công văn đôn đốc của kỳ này. Những gì đã sửa trong các tệp đó sẽ mất.",
            "Thay",
        ):
            return

        def work(step: Progress) -> int:
            step(0, 0)
            place = self._place
            pack, status = self._desk.catalogue.programme(place.programme), self._status()
            made = self._program.reminders(pack, status, format, merged=merged)
            for number, (whose, data) in enumerate(made.items()):
                step(number, len(made))
                self._program.write_file(folder / self._name(whose, format), data)
            return len(made)

        def done(count: int) -> None:
            self._folder = folder
            self._written(f"Đã ghi {counted(count)} công văn vào {folder}.")

        self._frame.work("Đang viết công văn đôn đốc", work, done)

    def open_folder(self) -> None:
        self._frame.ask.open_folder(self._folder)

    def _status(self) -> Status:
        return self._desk.summaries.status(self._place.programme, self._place.period)

    def _name(self, whose: str, format: str) -> str:
        label = self._place.period.label.replace("..", "-")
        return f"don-doc_{label}_{self._place.programme}_{whose}.{format}"
