"""Bundles: what a compiling office sends up, and how the office above takes one apart.

An original is read and judged as if it had come alone. What the bundle adds: a key that is not enrolled here is taken as the
bundling office vouches for it, for units of that office's territory alone; and who is missing is known by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forms.errors import AppError, NotAllowed, PackageRefused
from forms.exchange.brought_files import Incoming
from forms.exchange.bundle import BundleContent, OpenedBundle
from forms.exchange.on_behalf import BehalfEntry
from forms.exchange.statements import MERGED, Arrival, BatchLine, Decision, Envelope, OpenedPackage, ReportKey, Sealed
from forms.model.count import Role
from forms.model.office import EnrolledKey, Office, PersonRole
from forms.model.org_unit import NamedUnit, UnitKey
from forms.model.period import Period
from forms.model.report import ReportState
from forms.org_units.catalogue import OrgUnits, name_of
from forms.ports import BeginWork, Clock, Codec, NewId, Register, Signer, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme_role import collates_in, form_at, office_post
from forms.services.drafts import current, key_of
from forms.services.summary import Summaries

DEEPEST = 6  # a bundle in a bundle in …: as many as there have ever been levels, and some
HEADS = (PersonRole.HEAD, PersonRole.SOLE)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A file to be judged: one that was brought, or an original out of the bundle `via` (its digest). `territory`: the
    office that bundled it; None for what came by itself. `key`: the report that the bundle is of."""

    file: Incoming
    register: Register
    via: str = ""
    territory: UnitKey | None = None
    key: ReportKey | None = None
    problem: AppError | None = None


class Unpacking:
    """Takes the bundles of a batch apart, one file after the other."""

    def __init__(self, work: Work, office: Office, register: Register, units: OrgUnits, codec: Codec) -> None:
        self._work, self._office, self._units, self._codec = work, office, units, codec
        vouched = {one.key.keyid: one for one in work.bundles.vouched()}
        self._register = {**{keyid: one.key for keyid, one in vouched.items()}, **register}
        self._vouchers = {keyid: one.by.name for keyid, one in vouched.items()}
        self._own = register
        self.bundles: list[OpenedBundle] = []  # new ones, to be stored
        self.entered: list[tuple[str, OpenedBundle, BehalfEntry]] = []  # what offices below entered for their units
        self.lines: list[BatchLine] = []

    @property
    def register(self) -> Register:
        """Our keys, and behind them those that earlier bundles vouch for."""
        return self._register

    def unpacked(self, file: Incoming) -> list[Unpacked]:
        """The file itself, or what lies in the bundle that it is."""
        return self._unpacked(Unpacked(file, self._register), 1)

    def _unpacked(self, one: Unpacked, depth: int) -> list[Unpacked]:
        if one.file.problem or not self._codec.is_bundle(one.file.data):
            return [one]
        try:
            if depth > DEEPEST:
                raise PackageRefused("BUNDLE_DEEP", "Gói chuyển lồng nhau quá sâu. Đề nghị nơi gửi chuyển lại.")
            opened = self._codec.read_bundle(one.file.data, one.register)
            self._must_be_for(opened, one)
        except AppError as error:
            self.lines.append(BatchLine(one.file.path, Arrival.REFUSED, error.code, error.message))
            return []
        self._taken(one.file.path, opened)
        self.entered += [(one.file.path, opened, entry) for entry in opened.content.on_behalf]
        keys = self._trusted(opened, one.register)
        return [
            found
            for number, data in enumerate(opened.content.originals, 1)
            for found in self._unpacked(
                Unpacked(
                    Incoming(f"{one.file.path} › {number:04d}.bdg", data), keys, opened.digest, opened.unit, opened.key
                ),
                depth + 1,
            )
        ]

    def _must_be_for(self, opened: OpenedBundle, one: Unpacked) -> None:
        if opened.practice != self._office.practice:
            raise PackageRefused("PRACTICE", "Gói chuyển thử và sổ thật không trộn với nhau. Hỏi lại nơi gửi.")
        day = _day(opened.key)
        if one.territory == opened.unit:
            raise PackageRefused(
                "BUNDLE_INSIDE_ITSELF", f"Gói chuyển của {opened.unit_name} nằm trong chính nó. Hỏi lại nơi gửi."
            )
        above = one.territory.code if one.territory else self._office.territory
        if not self._units.is_below(opened.unit, above, day):
            raise PackageRefused(
                "UNIT_NOT_BELOW",
                f"{opened.unit_name} ({opened.unit.code}) không thuộc {self._office.name} vào ngày {day:%d/%m/%Y}. "
                "Chuyển gói cho đúng nơi nhận.",
                opened.unit.code,
            )

    def _taken(self, path: str, opened: OpenedBundle) -> None:
        """The line of the bundle itself; its originals have lines of their own. The newest one tells who is missing; one that
        is lost on the way breaks no chain, since each says everything."""
        known = self._work.bundles.chain(opened.unit, opened.key)
        before = max((link.revision for link in known), default=0)
        entered = f", {len(opened.content.on_behalf)} bản nhập thay" if opened.content.on_behalf else ""
        entered += f", {len(opened.content.adjustments)} điều chỉnh" if opened.content.adjustments else ""
        held = f"{len(opened.content.originals)} gói{entered}, còn thiếu {len(opened.content.missing)} đơn vị"
        if any(link.digest == opened.digest for link in known):
            decision = Decision(Arrival.SAME, "SAME", "Gói chuyển này đã nhận trước đây.")
        elif opened.revision <= before:  # its originals count by themselves
            decision = Decision(
                Arrival.SAME, "BUNDLE_OLDER", f"Đã nhận gói chuyển lần {before}; chỉ xét các gói bên trong."
            )
        elif known:
            decision = Decision(Arrival.CORRECTION, "CORRECTION", f"Gói chuyển lần {opened.revision}: {held}.")
        else:
            decision = Decision(Arrival.NEW, "NEW", f"Gói chuyển: {held}.")
        if decision.arrival in MERGED:
            self.bundles.append(opened)
        name = name_of(self._units, opened.unit) or opened.unit_name
        self.lines.append(
            BatchLine(
                path, decision.arrival, decision.code, decision.message, opened.unit.code, name,
                opened.key.period, opened.revision, opened.digest, key=opened.key,
            )
        )  # fmt: skip

    def _trusted(self, opened: OpenedBundle, register: Register) -> Register:
        """With the keys that the bundle vouches for, of its own territory; what is known before stands."""
        day = _day(opened.key)
        mine = {
            key.keyid: key
            for key in opened.content.keys
            if key.unit == opened.unit or self._units.is_below(key.unit, opened.unit.code, day)
        }
        for keyid in mine:
            self._vouchers.setdefault(keyid, name_of(self._units, opened.unit) or opened.unit_name)
        return {**mine, **register}

    def voucher(self, opened: OpenedPackage) -> str:
        """The office on whose word a package is trusted; empty where its keys are enrolled here."""
        theirs = [seal.keyid for seal in opened.seals if seal.keyid not in self._own]
        return next((self._vouchers[keyid] for keyid in theirs if keyid in self._vouchers), "")


def out_of_place(one: Unpacked, unit: UnitKey, key: ReportKey, units: OrgUnits) -> PackageRefused | None:
    """Why an original may not lie in its bundle; None for what came by itself."""
    if one.territory is None:
        return None
    if key != one.key:
        return PackageRefused("BUNDLE_OTHER_REPORT", "Gói trong gói chuyển là của báo cáo khác. Hỏi lại nơi chuyển.")
    if unit != one.territory and not units.is_below(unit, one.territory.code, _day(key)):
        return PackageRefused(
            "BUNDLE_TERRITORY",
            f"{name_of(units, unit)} ({unit.code}) không thuộc địa bàn của nơi chuyển. Hỏi lại nơi chuyển.",
            unit.code,
        )
    return None


def _day(key: ReportKey) -> date:
    return Period.parse(key.period, key.basis).last


def bundle_name(unit: UnitKey, content: BundleContent) -> str:
    """Of the file."""
    period = content.key.period.replace("..", "-")
    return f"{unit.code}_{period}_{content.key.programme}_B{content.revision:02}.bdg"


class Forwarding:
    """Sending up what an office counted (chuyển lên)."""

    def __init__(
        self,
        begin: BeginWork,
        catalogue: Catalogue,
        summaries: Summaries,
        codec: Codec,
        clock: Clock,
        new_id: NewId,
        version: str,
    ) -> None:
        self._begin, self._catalogue, self._summaries, self._codec = begin, catalogue, summaries, codec
        self._clock, self._new_id, self._version = clock, new_id, version

    def forward(self, programme: str, period: Period, signer: Signer) -> tuple[Sealed, BundleContent]:
        """One file with every package that is counted now and those that it corrects, the own part, and who is missing. Raises NotAllowed
        BUNDLE_HEAD_ONLY, BUNDLE_OWN_PART, BUNDLE_EMPTY, BUNDLE_NOT_ABOVE."""
        if signer.person.role not in HEADS:
            raise NotAllowed("BUNDLE_HEAD_ONLY", "Gói chuyển do thủ trưởng đơn vị niêm phong. Đổi người rồi làm lại.")
        with self._begin() as work:
            content, office = self._content(work, programme, period), work.office.get()
            head, count = work.journal.head()
            envelope = Envelope(
                self._new_id(), office.name, work.sent.last_seq(signer.person.keyid) + 1, head, count,
                self._clock(), self._version, office.practice,
            )  # fmt: skip
            sealed = self._codec.write_bundle(content, envelope, office, signer)
            opened = self._codec.read_bundle(sealed.raw, None)
            work.bundles.add(None, self._clock(), opened, ())
            work.journal.append(
                "forward",
                {
                    "programme": programme,
                    "period": period.label,
                    "digest": sealed.digest,
                    "originals": len(content.originals),
                },
            )
        return sealed, content

    def _content(self, work: Work, programme: str, period: Period) -> BundleContent:
        office = work.office.get()
        form = self._catalogue.form_for(programme, period)
        if not collates_in(self._catalogue.programme(programme), office, form, period.last):
            raise NotAllowed(
                "BUNDLE_NOT_ABOVE", "Chỉ nơi tổng hợp mới chuyển gói lên. Báo cáo của mình thì niêm phong rồi gửi."
            )
        summary = self._summaries.summed(work, programme, period, tasks=False)
        status, form = summary.status, summary.status.form
        key = key_of(form, period)
        chains = work.received.chains(key)
        digests = [link.digest for unit in status.received for link in chains.get(unit.key, ())]
        raws = [raw for digest in digests if (raw := work.received.raw(digest))]
        named = [status.heads[unit.key].digest for unit in status.on_behalf]
        entered = [kept.entry for digest in named if (kept := work.on_behalf.get(digest))]
        own = self._own_part(work, programme, period, office)
        if not raws and not entered and not own:
            raise NotAllowed("BUNDLE_EMPTY", "Chưa nhận gói nào của kỳ này nên chưa có gì để chuyển lên.")
        bundled = (*raws, *own)
        chain = work.bundles.chain(office.unit, key)
        return BundleContent(
            key,
            form.programme_version,
            form.programme_sha256,
            form.version,
            len(chain) + 1,
            chain[-1].digest if chain else None,
            bundled,
            tuple(self._keys(work, raws)),
            tuple(NamedUnit(unit.key, unit.full_name) for unit in status.missing),
            tuple(entered),
            status.adjustments,
        )

    def _own_part(self, work: Work, programme: str, period: Period, office: Office) -> list[bytes]:
        """Every package of the office's own report; none where the form asks it nothing."""
        pack = self._catalogue.programme(programme)
        whole = self._catalogue.form_for(programme, period)
        form = form_at(whole, office_post(pack, office, whole, period.last))
        if office.kind == "group" or not (form.cells_for(Role.SUMMING) or form.tasks):
            return []
        report = current(work, self._catalogue, programme, period)
        key = key_of(report.form, period)
        if report.state is ReportState.DRAFT or work.sent.last(key) is None:
            raise NotAllowed(
                "BUNDLE_OWN_PART",
                "Phần riêng của đơn vị chưa niêm phong. Niêm phong báo cáo của mình trước rồi chuyển lên.",
                period.label,
            )
        return [raw for one in work.sent.known() if one.key == key and (raw := work.sent.raw(one.digest))]

    def _keys(self, work: Work, raws: Sequence[bytes]) -> list[EnrolledKey]:
        """Those of the originals' seals, as this office knows them."""
        known: Mapping[str, EnrolledKey] = {one.key.keyid: one.key for one in work.bundles.vouched()}
        found: dict[str, EnrolledKey] = {}
        for raw in raws:
            for seal in self._codec.read(raw, None).seals:
                key = work.register.find(seal.keyid) or known.get(seal.keyid)
                if key is not None and not key.revoked:
                    found[key.keyid] = key
        return list(found.values())
