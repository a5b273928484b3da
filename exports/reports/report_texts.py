"""What stands around the figures: who issues, to whom, who signs, what is printed at the foot."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from exports.document import Annex, Block, Document, Letterhead, Signature
from exports.reports.phrases import bare
from forms.checks.circulation import is_internal
from forms.exchange.statements import PrintStamp
from forms.model.fingerprint import qr_text
from forms.model.office import Office
from forms.org_units.catalogue import OrgUnits, UnknownUnit
from forms.prose.wording import inside_sentence, is_territory
from forms.services.summary import Summary
from forms.summary.disclosure import NO_PAST, PriorDisclosure
from forms.summary.disclosure_levels import Disclosure, internal, public

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
        foot=_foot(summary, paper),
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


def _foot(summary: Summary, paper: ReportTexts) -> tuple[str, ...]:
    form = summary.status.form
    seal = [f"Mã niêm phong: {paper.digits}"] if paper.digits else []
    seal += [f"Nhật ký: {paper.audit_head[:JOURNAL_DIGITS]}"] if paper.audit_head else []
    pack = f"{form.programme} phiên bản {form.programme_version} ({form.programme_sha256[:JOURNAL_DIGITS]})"
    return (*([" · ".join(seal)] if seal else []), f"Biểu {form.number} · {pack} · Sổ Bình Đẳng")
