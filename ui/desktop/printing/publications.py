"""Published reports: the list, number and signer, changes since, thirty digits looked up.

What was issued, in words: the list, and what would be otherwise today.

Decides what the list of issued documents shows, and what the clerk may do with each: see it, save it, number it,
hold it against today.

Thirty digits from a printed page, answered in words: whose report they are the seal of, and whether it still stands.
No Qt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, InputRefused
from forms.exchange.publication import Issue, IssueDetails, PublishedFigure
from forms.exchange.statements import ARRIVAL_TITLES, MERGED, ReportKey
from forms.model import fingerprint
from forms.model.cell import STATE_TITLES, CellState
from forms.model.form import Form
from forms.model.indicator import Indicator
from forms.model.number import format_number
from forms.model.period import Period
from forms.programmes.catalogue import Catalogue
from forms.services import reports_on_offer
from forms.services.changes_since_issue import TURN_TITLES, ChangesSince, FigureChange, SourceChange
from forms.services.reports_on_offer import capitalised
from forms.services.verifying import FoundPaper, PaperSeal
from forms.summary.verdict import VERDICT_TITLES, Verdict
from ui.desktop.number_wording import counted
from ui.desktop.printing.presenter import Saving
from ui.desktop.rows import ListColumnHead, ListItem, ListRow, heading, row
from ui.desktop.shell import Shell

ISSUE_COLUMNS = (
    ListColumnHead("Báo cáo"),
    ListColumnHead("Kỳ", 136),
    ListColumnHead("Loại", 92),
    ListColumnHead("Phát hành lúc", 148),
    ListColumnHead("Số", 112),
    ListColumnHead("Ngày", 108),
    ListColumnHead("Người ký", 144),
)
CHANGE_COLUMNS = (
    ListColumnHead("Thay đổi"),
    ListColumnHead("Khi phát hành", 172, "right"),
    ListColumnHead("Hiện nay", 172, "right"),
    ListColumnHead("Lý do, đơn vị", 320),
)
_MOST_UNITS = 5  # named beside a figure
_UNFILLED = ListItem("chưa ghi", "muted")


def kind_of(issue: Issue) -> str:
    return "Công khai" if issue.is_public else "Nội bộ"


def called(issue: Issue) -> str:
    """One of a programme's: quý IV năm 2025, bản nội bộ, số 12."""
    number = f", số {issue.filled.number}" if issue.filled.number else ""
    return f"{period_of(issue.key).words}, bản {kind_of(issue).lower()}{number}"


def when(issue: Issue) -> str:
    return f"{issue.at:%d/%m/%Y, %H:%M}"


def issue_rows(issues: Sequence[Issue], catalogue: Catalogue) -> tuple[ListRow, ...]:
    """The newest first."""
    return tuple(
        row(
            issue.id,
            title_of(issue.key, catalogue),
            capitalised(period_of(issue.key).words),
            kind_of(issue),
            when(issue),
            issue.filled.number or _UNFILLED,
            f"{issue.filled.issued:%d/%m/%Y}" if issue.filled.issued else _UNFILLED,
            issue.filled.signer or _UNFILLED,
            note=_note(issue),
        )
        for issue in issues
    )


def period_of(key: ReportKey) -> Period:
    return Period.parse(key.period, key.basis)


def title_of(key: ReportKey, catalogue: Catalogue) -> str:
    """The programme as it is called; its id where this program has it no more."""
    try:
        return catalogue.programme(key.programme).short_title
    except InputRefused:
        return key.programme


def change_rows(found: ChangesSince, form: Form | None) -> tuple[ListRow, ...]:
    """Who says what otherwise, then what that does to each figure; nothing where nothing changed. By the form the
    indicators are rounded as they are printed."""
    rows: list[ListRow] = []
    if found.sources:
        rows.append(heading(f"Đơn vị có thay đổi: {counted(len(found.sources))}"))
        for source in found.sources:
            rows += _source_rows(source)
    for title, figures in (("Số liệu đổi", found.figures), ("Chỉ tiêu đổi", found.results)):
        if figures:
            rows.append(heading(f"{title}: {counted(len(figures))}"))
            rows += [_figure_row(change, form) for change in sorted(figures, key=_order(form))]
    if found.texts:
        rows.append(heading(f"Lời văn đổi: {counted(len(found.texts))}"))
        rows += [
            row(f"text:{one.id}", one.title, _length(one.old), _length(one.new), "", note=_both(one.old, one.new))
            for one in found.texts
        ]
    return tuple(rows)


def _note(issue: Issue) -> str:
    seal = issue.digits or "không có, lúc phát hành báo cáo chưa niêm phong"
    return f"{issue.person} phát hành. Mã niêm phong: {seal}."


def _source_rows(source: SourceChange) -> Iterator[ListRow]:
    code = source.unit.code
    turn = capitalised(TURN_TITLES[source.turn])
    yield row(f"unit:{code}", source.name, _sending(source.old_revision), _sending(source.new_revision), turn)
    for cell in source.cells:
        yield row(f"unit:{code}:{cell.cell}", f"– {cell.title}", _said(cell.old), _said(cell.new), cell.reason)


def _sending(revision: int) -> str:
    return f"lần gửi {revision}" if revision else "–"


def _order(form: Form | None) -> Callable[[FigureChange], tuple[int, str]]:
    """As the form has them: a count, then its parts; indicators among themselves."""
    counts = form.counts.values() if form else ()
    names = [*(name for count in counts for name in (count.id, *count.cells)), *(form.indicators if form else ())]
    places = {name: place for place, name in enumerate(dict.fromkeys(names))}
    return lambda change: (places.get(change.name, places.get(change.name.partition("@")[0], len(names))), change.name)


def _figure_row(change: FigureChange, form: Form | None) -> ListRow:
    named = "; ".join(change.units[:_MOST_UNITS])
    more = len(change.units) - _MOST_UNITS
    whose = f"{named} và {counted(more)} đơn vị khác" if more > 0 else named
    indicator = form.indicators.get(change.name.partition("@")[0]) if form else None
    judged = len({one.verdict for one in (change.old, change.new) if one}) > 1
    old, new = (_figure(one, indicator, judged=judged) for one in (change.old, change.new))
    return row(f"figure:{change.name}", change.title, old, new, whose)


def _figure(figure: PublishedFigure | None, indicator: Indicator | None, *, judged: bool) -> str:
    """An amount, or why there is none; of how many units, where several were asked; and how it is judged."""
    if figure is None:
        return "–"
    words = _said(figure.text, indicator.decimals if indicator else None)
    if indicator and figure.amount is not None:
        words = f"{words} {indicator.measure}"
    if figure.expected > 1:
        words = f"{words} ({figure.reported}/{figure.expected} đơn vị)"
    return f"{words}, {VERDICT_TITLES[Verdict(figure.verdict)].lower()}" if judged and figure.verdict else words


def _said(text: str, decimals: int | None = None) -> str:
    """An amount as sealed or added up, or the state in its place; empty said nothing."""
    amount = PublishedFigure(text, 1, 1).amount
    if amount is not None:
        return format_number(amount, decimals)
    return STATE_TITLES[CellState(text)] if text else "–"


def _length(text: str) -> str:
    return f"{counted(len(text.split()))} từ" if text.strip() else "–"


def _both(old: str, new: str) -> str:
    return f"Khi phát hành:\n{old or '(trống)'}\n\nHiện nay:\n{new or '(trống)'}"


_UNKNOWN = (
    "Sổ này không có gói nào mang mã ấy: gõ nhầm, hoặc báo cáo được niêm phong ở sổ khác, hoặc bản giấy không đúng."
)
_ONLY_DIGITS = "Mã trên giấy là mã niêm phong của gói dưới đây. Chỉ tra mã; trang giấy có đúng không thì so từng số với bản in ra từ gói:"
_NEAR = "Có mã chỉ khác một chỗ; xem lại trên giấy rồi gõ lại:"


@dataclass(frozen=True, slots=True)
class Match:
    """One package with such a seal: whose, of which report, and whether it stands."""

    title: str
    standing: ListItem
    note: str


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    verdict: ListItem
    words: str
    matches: tuple[Match, ...] = ()


def answer(look_up: Callable[[str], PaperSeal], catalogue: Catalogue, text: str) -> LookupAnswer:
    """To what was typed or scanned; what cannot be thirty digits is answered with what is wrong."""
    try:
        told = look_up(text)
    except AppError as error:
        return LookupAnswer(ListItem("Chưa tra được", "warning", "warning"), error.message)
    if told.found:
        matches = tuple(_match(one, catalogue) for one in told.found)
        return LookupAnswer(ListItem("Có gói mang mã này", "good", "done"), _ONLY_DIGITS, matches)
    near = tuple(_match(one, catalogue, nearly=True) for one in told.near)
    return LookupAnswer(ListItem("Không tìm thấy", "error", "error"), _NEAR if near else _UNKNOWN, near)


def digits_counted(text: str) -> str:
    """How many digits stand there so far, as one types."""
    found = len(re.sub(r"\D", "", text.upper().replace(fingerprint.QR_PREFIX, "")))
    if not found:
        return ""
    return (
        f"{found} trong {fingerprint.COUNT} chữ số"
        if found <= fingerprint.COUNT
        else f"Thừa {found - fingerprint.COUNT} chữ số"
    )


def _match(one: FoundPaper, catalogue: Catalogue, *, nearly: bool = False) -> Match:
    package = one.package
    report = f"{title_of(package.key, catalogue)}, {period_of(package.key).words}"
    did = "Niêm phong" if package.arrival is None else "Nhận"
    parts = [f"Lần gửi {package.revision}", f"{did} ngày {package.at:%d/%m/%Y}", *map(_issued, one.issues)]
    if nearly:
        parts.append(f"Mã {one.digits}")
    return Match(f"{package.unit_name}: {report}", _standing(one), ". ".join(parts) + ".")


def _standing(one: FoundPaper) -> ListItem:
    """A package that was not added up counts for nothing, however new it is."""
    arrival = one.package.arrival
    if arrival is not None and arrival not in MERGED:
        return ListItem(f"Không được cộng: {ARRIVAL_TITLES[arrival].lower()}", "warning", "warning")
    return (
        ListItem("Lần gửi mới nhất", "good")
        if one.is_newest
        else ListItem("Đã có lần gửi mới hơn", "warning", "warning")
    )


def _issued(issue: Issue) -> str:
    number = f", số {issue.filled.number}" if issue.filled.number else ""
    return f"In ở chân bản phát hành {kind_of(issue).lower()} ngày {issue.at:%d/%m/%Y}{number}"


@dataclass(frozen=True, slots=True)
class TypedIssue:
    """What the clerk typed."""

    number: str
    day: str
    signer: str


class IssuedFace(Protocol):
    def show_list(self, rows: Sequence[ListRow], chosen: str) -> None:
        """Everything that was issued; `chosen` is the id under the cursor, empty keeps it."""

    def show_paper(self, id: str, title: str, note: str, pdf: bytes) -> None:
        """One of them, exactly as it was frozen."""

    def show_changes(self, id: str, title: str, note: str, rows: Sequence[ListRow]) -> None:
        """What would be otherwise today."""

    def put_away(self) -> None:
        """The list again."""


class IssuedPresenter:
    def __init__(self, face: IssuedFace, desk: Services, program: Application, frame: Shell, saving: Saving) -> None:
        self._face, self._desk, self._program, self._frame = face, desk, program, frame
        self._saving = saving
        self._issues: dict[str, Issue] = {}
        self._open = ""  # the id of the paper that is shown
        self._pdf = b""

    def start(self, chosen: str = "") -> None:
        """The list, at every visit."""
        self._open, self._pdf = "", b""
        self._face.put_away()
        self._list(chosen)

    def issue(self, id: str) -> Issue | None:
        return self._issues.get(id)

    def look_at(self, id: str) -> None:
        """The document as it was frozen, with what the clerk filled in."""
        if id in self._issues:
            self._frame.work(
                "Đang dựng bản đã phát hành", lambda _: self._made(id, "pdf"), lambda pdf: self._show(id, pdf)
            )

    def hold_against_today(self, id: str) -> None:
        """What would be otherwise if it were issued today."""
        if id in self._issues:
            self._frame.work(
                "Đang so với hiện nay",
                lambda _: self._desk.publishing.changes(id),
                lambda found: self._show_changes(id, found),
            )

    def save(self, format: str) -> None:
        """The document that is shown; as PDF the very bytes."""
        id, pdf = self._open, self._pdf
        if not pdf:
            return
        self._saving.save(
            self._name(self._issues[id]),
            format,
            lambda: pdf if format == "pdf" else self._made(id, format),
            lambda file: self._desk.publishing.printed(id, file),
        )

    def writes_over(self, id: str, typed: TypedIssue) -> bool:
        """Whether something would stand in the place of what is there: that asks for a reason."""
        before, now = self._issues[id].filled, _read(typed, forgiving=True)
        return any(
            was and new and was != new
            for was, new in (
                (before.number, now.number),
                (before.issued, now.issued),
                (before.signer, now.signer),
            )
        )

    def fill(self, id: str, typed: TypedIssue, reason: str) -> AppError | None:
        """What stands on the signed paper; what is empty is left as it was. A refusal is said where it was typed."""
        try:
            told, again = _read(typed), self.writes_over(id, typed)
            person = self._desk.ledger.person.name
            self._desk.publishing.fill(id, told, person, again=again, reason=reason)
        except AppError as error:
            return error
        self._list(id)
        self._frame.toast("Đã ghi vào bản phát hành.")
        if id == self._open:
            self.look_at(id)
        return None

    def _list(self, chosen: str) -> None:
        every = self._desk.publishing.every()
        self._issues = {issue.id: issue for issue in every}
        self._face.show_list(issue_rows(every, self._desk.catalogue), chosen)

    def _made(self, id: str, format: str) -> bytes:
        found, package = self._desk.publishing.get(id)
        return self._program.printed(found.document, format, found.issue.filled, package)

    def _show(self, id: str, pdf: bytes) -> None:
        self._open, self._pdf = id, pdf
        issue = self._issues[id]
        note = f"Đúng như khi phát hành, {when(issue)}. {self._programme(issue)}."
        self._face.show_paper(id, reports_on_offer.capitalised(called(issue)), note, pdf)

    def _show_changes(self, id: str, found: ChangesSince) -> None:
        self._open, self._pdf = "", b""
        issue = self._issues[id]
        rows = change_rows(found, self._form(issue))
        note = f"Từ {when(issue)} đến nay. {self._programme(issue)}."
        nothing = row("", "Chưa có gì thay đổi từ khi phát hành.")
        self._face.show_changes(id, f"Từ khi phát hành: {called(issue)}", note, rows or (nothing,))

    def _programme(self, issue: Issue) -> str:
        return title_of(issue.key, self._desk.catalogue)

    def _form(self, issue: Issue) -> Form | None:
        key = issue.key
        return self._desk.catalogue.find_form(key.programme, issue.programme_version, key.form)

    def _name(self, issue: Issue) -> str:
        label = issue.key.period.replace("..", "-")
        public = "_cong-khai" if issue.is_public else ""
        number = "".join(letter for letter in issue.filled.number if letter.isalnum() or letter in "-.")
        sign = f"_so-{number}" if number else ""
        unit = self._desk.office.unit.code
        return f"{unit}_{label}_{issue.key.programme}_phat-hanh_{issue.at:%Y%m%d}{public}{sign}"


def _read(typed: TypedIssue, *, forgiving: bool = False) -> IssueDetails:
    """Raises InputRefused DATE_UNREADABLE, unless half a day is forgiven."""
    try:
        day = reports_on_offer.read_day(typed.day)
    except InputRefused:
        if not forgiving:
            raise
        day = None
    return IssueDetails(typed.number.strip(), day, typed.signer.strip())
