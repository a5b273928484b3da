"""What stands around the figures: who issues, to whom, who signs, how a report opens and closes, what the office wrote itself;
and figures and names in sentences, the way administrative Vietnamese writes them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from exports.document import (
    Annex,
    Block,
    Bullet,
    Cell,
    Document,
    Figure,
    Heading,
    Letterhead,
    Para,
    Run,
    Signature,
    Text,
    roman,
)
from forms.checks.all_checks import find
from forms.checks.circulation import is_internal
from forms.exchange.statements import PrintStamp
from forms.model.count import Role
from forms.model.expression import Lack, Quantity
from forms.model.finding import Finding
from forms.model.fingerprint import qr_text
from forms.model.form import Form
from forms.model.number import format_number
from forms.model.office import Office
from forms.model.period import Period
from forms.model.rich_text import LineKind, TextLine, parse
from forms.org_units.catalogue import OrgUnits, UnknownUnit
from forms.prose.wording import KIND_WORDS, SIGNS, inside_sentence, is_territory
from forms.services.summary import Summary
from forms.summary.disclosure import NO_PAST, Disclosure, PriorDisclosure, internal, public

SIGNS_EXPLAINED = "“-”: không phát sinh; “…”: không thu thập; “x”: không áp dụng; ô trống: chưa có số liệu."
UNVERIFIED = "(*)"
UNVERIFIED_EXPLAINED = "(*) Định nghĩa hoặc mốc chưa đối chiếu với văn bản gốc."
WITHHELD = "***"
WITHHELD_EXPLAINED = (
    "*** Không công bố: số liệu nhạy cảm từ 1 đến 4, và số liệu mà từ đó có thể tính ra số ấy; số 0 vẫn công bố."
)
LISTED_AT_MOST = 15
_DASHES = "-–+• "


def share(part: int, whole: int) -> str:
    """A share of units in per cent with one decimal: 38 of 40 → “95,0%”. Of nothing: “-”."""
    return f"{format_number(Decimal(100 * part) / whole, 1)}%" if whole else "-"


def figure(quantity: Quantity, decimals: int | None = None) -> Cell:
    """A quantity as a table cell: the number, or the sign of what is lacking."""
    return SIGNS[quantity] if isinstance(quantity, Lack) else Figure(quantity, decimals)


def listed(names: Sequence[str], elsewhere: str) -> str:
    """Names in a sentence; more than LISTED_AT_MOST are left to the annex that `elsewhere` names."""
    if len(names) > LISTED_AT_MOST:
        return f"danh sách tại {elsewhere}"
    return "; ".join(names)


def bare(name: str) -> str:
    """The name without its kind: “Xã Bình Điền” → “Bình Điền”; “Phường 1” keeps it."""
    word = next((word for word in KIND_WORDS if name.startswith(f"{word} ")), "")
    rest = name[len(word) :].strip()
    return name if not rest or rest[0].isdigit() else rest


def prose(text: str) -> list[Para | Bullet]:
    """What people wrote, line by line, with its bold and italic; lists and lines that begin with a dash or plus stay
    enumerations."""
    return [_line(line) for line in parse(text).lines if line.words.strip()]


def _line(line: TextLine) -> Para | Bullet:
    words = line.words.strip()
    if line.kind is LineKind.NUMBER:
        return Bullet(_looks(line), f"{line.number}.")
    if line.kind is LineKind.BULLET:
        return Bullet(_looks(line))
    return Bullet(words.lstrip(_DASHES)) if words[0] in _DASHES.strip() else Para(_looks(line))


def _looks(line: TextLine) -> Text:
    """Plain words where nothing is bold or italic."""
    runs = tuple(Run(run.text, run.bold, run.italic) for run in line.runs)
    return runs if any(run.bold or run.italic for run in runs) else line.words.strip()


COMMITTEE = "Ủy ban nhân dân"
INTERNAL = "LƯU HÀNH NỘI BỘ"
UNKNOWN_ADDRESSEE = "………………………………………"
JOURNAL_DIGITS = 16


@dataclass(frozen=True)
class ReportTexts:
    """What the figures do not tell. Every text may stay empty; then the usual one, or room for it, is printed.

    `above` is the name of the unit above as in the catalogue ("Thành phố Huế"); `receivers`, `recipients` and
    `capacity` replace the usual lines; `digits` are the 30 digits of the sealed package; `audit_head` the head of
    the journal; `year` is that of the paper, not of the figures; `public` withholds small sensitive figures and drops
    LƯU HÀNH NỘI BỘ; `past` is what the public was told of this report before.
    """

    above: str = ""
    receivers: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    capacity: tuple[str, ...] = ()
    signer: str = ""
    sign: str = ""
    year: int | None = None
    digits: str = ""
    audit_head: str = ""
    public: bool = False
    past: PriorDisclosure = NO_PAST


def paper(summary: Summary, units: OrgUnits, day: date, marks: PrintStamp, past: PriorDisclosure | None) -> ReportTexts:
    """The paper of a day. A `past` makes it one for the public."""
    told = replace(paper_of(summary.status.office, units, day), digits=marks.digits, audit_head=marks.audit_head)
    return told if past is None else replace(told, public=True, past=past)


def paper_of(office: Office, units: OrgUnits, day: date) -> ReportTexts:
    """Of an office on a day, whatever it writes."""
    return ReportTexts(above=_called(units, office.parent, day), year=day.year)


def _called(units: OrgUnits, code: str | None, on: date) -> str:
    """Who is above on the day of the paper; empty leaves room on it, for a unit that is gone or made by hand."""
    try:
        return units.get(code, on).full_name if code else ""
    except UnknownUnit:
        return ""


def issuer_of(name: str) -> str:
    """Who issues for a unit: a commune or province through its People's Committee, an agency by itself."""
    return f"{COMMITTEE} {inside_sentence(name)}" if is_territory(name) else name


def disclosed(summary: Summary, paper: ReportTexts) -> Disclosure:
    """Which figures this paper tells."""
    return public(summary.status.form, summary.sums, paper.past) if paper.public else internal(summary.sums)


def assembled(
    summary: Summary, paper: ReportTexts, subject: str, blocks: list[Block], annexes: tuple[Annex, ...]
) -> Document:
    """The document around its body."""
    office = summary.status.office
    form = summary.status.form
    seal = [f"Mã niêm phong: {paper.digits}"] if paper.digits else []
    seal += [f"Nhật ký: {paper.audit_head[:JOURNAL_DIGITS]}"] if paper.audit_head else []
    pack = f"{form.programme} phiên bản {form.programme_version} ({form.programme_sha256[:JOURNAL_DIGITS]})"
    foot = (*([" · ".join(seal)] if seal else []), f"Biểu {form.number} · {pack} · Sổ Bình Đẳng")
    return Document(
        head=letterhead(office.name, paper, "BC-"),
        kind="BÁO CÁO",
        subject=subject,
        blocks=tuple(blocks),
        signature=signature_of(office.name, paper),
        recipients=paper.recipients or ("- Như trên;", "- Lưu: VT."),
        addressees=paper.receivers or ((issuer_of(paper.above),) if paper.above else (UNKNOWN_ADDRESSEE,)),
        annexes=annexes,
        circulation=circulation_of(summary, paper),
        practice=office.practice,
        foot=foot,
        qr=qr_text(paper.digits) if paper.digits else "",
    )


def circulation_of(summary: Summary, paper: ReportTexts) -> str:
    """Who may read it; empty for everybody. A public version has kept back what may not be read."""
    below = (task for told in summary.tasks.values() for task in told)
    return INTERNAL if not paper.public and is_internal(summary.status.form, summary.own, below) else ""


def letterhead(name: str, paper: ReportTexts, kind: str) -> Letterhead:
    """The two columns on top; `kind` is the sign of its kind in the number (BC); a công văn has none."""
    territory = is_territory(name)
    # A People's Committee is nobody's subordinate agency and names none above itself.
    superior = f"UBND {inside_sentence(paper.above)}" if paper.above and not territory else ""
    issuer = f"{COMMITTEE}\n{inside_sentence(name)}" if territory else name
    sign = paper.sign or ("UBND" if territory else "…")
    place = bare(name if territory or not paper.above else paper.above)
    return Letterhead(superior, issuer, f"Số:        /{kind}{sign}", place, paper.year)


def signature_of(name: str, paper: ReportTexts) -> Signature:
    """Who signs for the office."""
    usual = (f"TM. {COMMITTEE.upper()}", "CHỦ TỊCH") if is_territory(name) else ("THỦ TRƯỞNG ĐƠN VỊ",)
    return Signature(paper.capacity or usual, paper.signer)


_KINDS = ("Báo cáo ", "Biểu ")
_TARGETS, _OF_TARGETS = "Chỉ tiêu bình đẳng giới năm", "Kết quả thực hiện các mục tiêu, chỉ tiêu về bình đẳng giới"
_LETTERS = "abcdđeghiklmnopqrstuvxy"


def subject_of(form: Form, period: Period) -> str:
    """What a report on this form is about, with its period once: "Tổng kết thực hiện … giai đoạn 2011-2020"."""
    title = next((form.title.removeprefix(kind) for kind in _KINDS if form.title.startswith(kind)), form.title)
    title = title[:1].upper() + title[1:]
    title = _OF_TARGETS if title == _TARGETS else title
    return title if _tells(title, period) else f"{title} {period.words}"


def opening(summary: Summary, matter: str) -> Para:
    """ "Thực hiện …, Ủy ban nhân dân … báo cáo … như sau:"."""
    period = summary.status.period
    when = "" if _tells(matter, period) else f" {period.words}"
    return Para(
        f"Thực hiện {summary.programme.document}, {issuer_of(summary.status.office.name)} báo cáo {matter}{when} "
        f"(kỳ báo cáo {period.window_words}) như sau:"
    )


def section(title: str, blocks: Sequence[Block]) -> list[Block]:
    """A titled part; it gets its Roman number when the parts are joined."""
    return [Heading(1, "", title), *blocks]


def narratives(summary: Summary, parts: list[list[Block]], paper: ReportTexts) -> list[Block]:
    """The computed parts, then the office's own words and its explanations, numbered in one run. Words about an objective
    stand with its figures."""
    own = summary.own
    written = [
        section(spec.title, prose(own.narratives[spec.id]))
        for spec in summary.status.form.narratives
        if not spec.section and own.narratives.get(spec.id, "").strip()
    ]
    explained: list[Block] = [
        Bullet(f"{_what(finding.message)}: {own.explanations[finding.check]}")
        for finding in find(own)
        if finding.explained and not (paper.public and _is_sensitive(finding, summary))
    ]
    every = [*parts, *written, *([section("Giải trình số liệu", explained)] if explained else [])]
    return [block for number, part in enumerate(every, start=1) for block in _numbered(part, number)]


def words_on(summary: Summary, objective: str) -> list[Block]:
    """What the office wrote on one objective: a) Kết quả …, b) Hạn chế …"""
    specs = [spec for spec in summary.status.form.narratives if objective and spec.section == objective]
    told = [(spec.title, text) for spec in specs if (text := summary.own.narratives.get(spec.id, "").strip())]
    blocks: list[Block] = []
    for letter, (title, text) in zip(_LETTERS, told, strict=False):
        blocks += [Heading(3, f"{letter})", title), *prose(text)]
    return blocks


def closing(summary: Summary, paper: ReportTexts) -> Para:
    """The last sentence; the end mark is the writer's."""
    issuer, role = issuer_of(summary.status.office.name), summary.own.role
    receivers = paper.receivers or ((issuer_of(paper.above),) if paper.above else ())
    wish = "tổng hợp" if role in (Role.REPORTING, Role.AGENCY) else "xem xét, chỉ đạo"
    asked = f", kính đề nghị {', '.join(receivers)} {wish}" if receivers else ""
    return Para(f"Trên đây là báo cáo {summary.status.period.words} của {issuer}{asked}.")


def _tells(words: str, period: Period) -> bool:
    """Whether the words name the years of the period already."""
    return all(str(year) in words for year in {period.years[0], period.years[-1]}) and not period.label.count("-")


def _is_sensitive(finding: Finding, summary: Summary) -> bool:
    counts = summary.status.form.count_of_cell
    return any(counts[cell].sensitive for cell in finding.cells if cell in counts)


def _numbered(part: list[Block], number: int) -> list[Block]:
    first, *rest = part
    assert isinstance(first, Heading)
    return [Heading(1, f"{roman(number)}.", first.text), *rest]


def _what(message: str) -> str:
    """What a finding found, without the advice that follows it on the screen."""
    return message.partition(". ")[0].rstrip(".")
