"""Published reports: the list, number and signer, changes since, thirty digits of a printed page looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from forms.all_services import Services
from forms.application import Application
from forms.errors import AppError, InputRefused
from forms.exchange.publication import Issue, IssueDetails, PublishedFigure
from forms.exchange.statements import ARRIVAL_TITLES, MERGED, ReportKey
from forms.model import fingerprint
from forms.model.cell import STATE_TITLES, CellState
from forms.model.expression import Lack
from forms.model.form import Form
from forms.model.indicator import Indicator
from forms.model.number import format_number
from forms.model.period import Period
from forms.programmes.catalogue import Catalogue
from forms.prose.wording import SIGNS
from forms.services import reports_on_offer
from forms.services.changes_since_issue import TURN_TITLES, ChangesSince, FigureChange, SourceChange, TextChange
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
    return tuple(_issue_row(issue, catalogue) for issue in issues)


def _issue_row(issue: Issue, catalogue: Catalogue) -> ListRow:
    filled = issue.filled
    seal = issue.digits or "không có, lúc phát hành báo cáo chưa niêm phong"
    return row(
        issue.id,
        title_of(issue.key, catalogue),
        capitalised(period_of(issue.key).words),
        kind_of(issue),
        when(issue),
        filled.number or _UNFILLED,
        f"{filled.issued:%d/%m/%Y}" if filled.issued else _UNFILLED,
        filled.signer or _UNFILLED,
        note=f"{issue.person} phát hành. Mã niêm phong: {seal}.",
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
    """Which unit says what otherwise, then what that does to each figure; nothing where nothing changed. By the form the
    indicators are rounded as they are printed."""
    figures, results = (sorted(some, key=_order(form)) for some in (found.figures, found.results))
    groups = (
        ("Đơn vị có thay đổi", found.sources, [line for source in found.sources for line in _source_rows(source)]),
        ("Số liệu đổi", figures, [_figure_row(change, form) for change in figures]),
        ("Chỉ tiêu đổi", results, [_figure_row(change, form) for change in results]),
        ("Lời văn đổi", found.texts, [_text_row(change) for change in found.texts]),
    )
    rows: list[ListRow] = []
    for title, changes, lines in groups:
        if changes:
            rows += [heading(f"{title}: {counted(len(changes))}"), *lines]
    return tuple(rows)


def _source_rows(source: SourceChange) -> Iterator[ListRow]:
    code, turn = source.unit.code, capitalised(TURN_TITLES[source.turn])
    sendings = (f"lần gửi {one}" if one else "–" for one in (source.old_revision, source.new_revision))
    yield row(f"unit:{code}", source.name, *sendings, turn)
    for cell in source.cells:
        yield row(f"unit:{code}:{cell.cell}", f"– {cell.title}", _said(cell.old), _said(cell.new), cell.reason)


def _text_row(change: TextChange) -> ListRow:
    lengths = (f"{counted(len(text.split()))} từ" if text.strip() else "–" for text in (change.old, change.new))
    both = f"Khi phát hành:\n{change.old or '(trống)'}\n\nHiện nay:\n{change.new or '(trống)'}"
    return row(f"text:{change.id}", change.title, *lengths, "", note=both)


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
    if text == Lack.TWO_SOURCES:
        return SIGNS[Lack.TWO_SOURCES]
    return STATE_TITLES[CellState(text)] if text else "–"


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
    found, all = len(re.sub(r"\D", "", text.upper().replace(fingerprint.QR_PREFIX, ""))), fingerprint.COUNT
    if not found:
        return ""
    return f"{found} trong {all} chữ số" if found <= all else f"Thừa {found - all} chữ số"


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
    if one.is_newest:
        return ListItem("Lần gửi mới nhất", "good")
    return ListItem("Đã có lần gửi mới hơn", "warning", "warning")


def _issued(issue: Issue) -> str:
    number = f", số {issue.filled.number}" if issue.filled.number else ""
    return f"In ở chân bản phát hành {kind_of(issue).lower()} ngày {issue.at:%d/%m/%Y}{number}"


@dataclass(frozen=True, slots=True)
class TypedIssue:
    """What the clerk typed."""

    number: str
    day: str
    signer: str


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """Everything that was issued, with the id to stand on (empty keeps the one under the cursor); in its place one document
    exactly as it was frozen (`pdf`), or what would be otherwise today (`changes`)."""

    rows: tuple[ListRow, ...] = ()
    chosen: str = ""
    id: str = ""
    title: str = ""
    note: str = ""
    pdf: bytes = field(default=b"", repr=False)
    changes: tuple[ListRow, ...] = ()


class IssuedPresenter:
    """`show` gets the page whenever it changes, with the same rows, pages or changes where those stay."""

    def __init__(
        self,
        desk: Services,
        program: Application,
        frame: Shell,
        saving: Saving,
        show: Callable[[IssuedPage], object],
    ) -> None:
        self._desk, self._program, self._frame, self._saving = desk, program, frame, saving
        self._show, self._page = show, IssuedPage()
        self._issues: dict[str, Issue] = {}

    def start(self, chosen: str = "") -> None:
        """The list, at every visit."""
        self._page = IssuedPage()
        self._list(chosen)

    def issue(self, id: str) -> Issue | None:
        return self._issues.get(id)

    def look_at(self, id: str) -> None:
        """The document as it was frozen, with what the clerk filled in."""
        if id in self._issues:
            title, made = "Đang dựng bản đã phát hành", lambda _: self._made(id, "pdf")
            self._frame.work(title, made, lambda pdf: self._show_paper(id, pdf))

    def hold_against_today(self, id: str) -> None:
        """What would be otherwise if it were issued today."""
        if id in self._issues:
            title, found = "Đang so với hiện nay", lambda _: self._desk.publishing.changes(id)
            self._frame.work(title, found, lambda found: self._show_changes(id, found))

    def save(self, format: str) -> None:
        """The document that is shown; as PDF the very bytes."""
        id, pdf = self._page.id, self._page.pdf
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
        pairs = ((before.number, now.number), (before.issued, now.issued), (before.signer, now.signer))
        return any(was and new and was != new for was, new in pairs)

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
        if self._page.pdf and id == self._page.id:
            self.look_at(id)
        return None

    def _list(self, chosen: str) -> None:
        every = self._desk.publishing.every()
        self._issues = {issue.id: issue for issue in every}
        self._page = replace(self._page, rows=issue_rows(every, self._desk.catalogue), chosen=chosen)
        self._show(self._page)

    def _made(self, id: str, format: str) -> bytes:
        found, package = self._desk.publishing.get(id)
        return self._program.printed(found.document, format, found.issue.filled, package)

    def _show_paper(self, id: str, pdf: bytes) -> None:
        issue = self._issues[id]
        note = f"Đúng như khi phát hành, {when(issue)}. {title_of(issue.key, self._desk.catalogue)}."
        self._page = replace(self._page, id=id, title=capitalised(called(issue)), note=note, pdf=pdf, changes=())
        self._show(self._page)

    def _show_changes(self, id: str, found: ChangesSince) -> None:
        issue, catalogue = self._issues[id], self._desk.catalogue
        form = catalogue.find_form(issue.key.programme, issue.programme_version, issue.key.form)
        note = f"Từ {when(issue)} đến nay. {title_of(issue.key, catalogue)}."
        rows = change_rows(found, form) or (row("", "Chưa có gì thay đổi từ khi phát hành."),)
        title = f"Từ khi phát hành: {called(issue)}"
        self._page = replace(self._page, id=id, title=title, note=note, pdf=b"", changes=rows)
        self._show(self._page)

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
