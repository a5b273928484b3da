"""Which programmes an office follows; the packs it copies, changes, releases and hands down, and those it is handed.

A released version never changes: what is wrong in it is put right in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from forms.errors import CatalogueError, InputRefused, NotAllowed, PackageRefused
from forms.exchange.statements import ReportKey
from forms.model.office import PersonRole
from forms.model.period import Basis, Period
from forms.model.report import Report, ReportState
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Clock, Codec, Signer, Work
from forms.programmes.catalogue import DEFINITIONS, Catalogue, read_pack
from forms.programmes.pack import EditPack, Pack, PackEdit, PackState, SupplyOpened
from forms.programmes.pack_edits import NewPack, aligned, copied, next_version
from forms.programmes.pack_outline import PackChange, changes, outline
from forms.programmes.pack_validation import milestones, milestones_outside
from forms.programmes.programme import Programme
from forms.services.drafts import current
from forms.services.enrolment import keys_of

_FOLLOWED = "programmes"  # a setting: ids, in the order in which they are shown
_BASIS = "basis:"  # a setting for each programme
_ORIGIN = "pack_origin:"  # a setting for each pack made here: the folder name of the one it was copied from


def known_with(work: Work, shipped: Catalogue) -> Catalogue:
    """The shipped packs and those of the ledger that are not drafts any more.

    One that this program cannot read does not keep the ledger shut: its reports say that its version is not here.
    """
    read: list[Programme] = []
    for pack in work.packs.all():
        if pack.state is not PackState.DRAFT:
            with suppress(CatalogueError):
                read.append(pack.programme())
    return shipped.with_packs(read)


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one pack of a supply file: `new` here from now on, or the `same` as before."""

    programme: Programme
    new: bool


class Programmes:
    """The programmes of an open ledger."""

    def __init__(
        self, begin: BeginWork, catalogue: Catalogue, units: OrgUnits, codec: Codec, clock: Clock, version: str
    ) -> None:
        self._begin, self._catalogue, self._units = begin, catalogue, units
        self._codec, self._clock, self._version = codec, clock, version

    def followed(self) -> tuple[Programme, ...]:
        """Those the office reports on; the one its ledger was made for until somebody says otherwise."""
        with self._begin() as work:
            return followed_in(work, self._catalogue)

    def follow(self, ids: Iterable[str]) -> None:
        """Raises InputRefused PROGRAMME_NONE, PROGRAMME_UNKNOWN."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            raise InputRefused("PROGRAMME_NONE", "Chọn ít nhất một chương trình mà đơn vị phải báo cáo.")
        for id in wanted:
            self._catalogue.programme(id)
        self._set(_FOLLOWED, " ".join(wanted))

    def basis(self, id: str) -> Basis:
        """Which windows the office's reports on a programme have; the calendar's until somebody says otherwise."""
        with self._begin() as work:
            return basis_in(work, id)

    def set_basis(self, id: str, basis: Basis) -> None:
        """Of the reports that are begun from now on; those begun before stay where they are."""
        self._set(_BASIS + id, basis.value)

    def packs(self) -> tuple[Pack, ...]:
        """Those of this ledger, drafts among them."""
        with self._begin() as work:
            return work.packs.all()

    def files(self, id: str, version: int | None = None) -> Pack:
        """The definition files of a programme, whoever's it is. Raises InputRefused PROGRAMME_UNKNOWN."""
        programme = self._catalogue.programme(id, version)
        for pack in self.packs():
            if (pack.id, pack.version) == (id, programme.version):
                return pack
        name = f"{programme.id}.v{programme.version}"
        return Pack(id, programme.version, read_pack(DEFINITIONS / name), PackState.RELEASED)

    def origin(self, pack: Pack) -> Pack | None:
        """The pack that this one was copied from; None where that is not known, or not known any more."""
        with self._begin() as work:
            name = work.office.setting(_ORIGIN + pack.folder) or ""
        id, _, version = name.rpartition(".v")
        try:
            return self.files(id, int(version)) if id else None
        except InputRefused:
            return None

    def save(self, pack: Pack, origin: str = "") -> Programme:
        """A draft, as it stands; `origin` is the folder name of what it was copied from, empty keeps what was said.
        Raises CatalogueError for what is no pack, InputRefused PACK_RELEASED."""
        programme = pack.programme()
        with self._begin() as work:
            self._put(work, replace(pack, state=PackState.DRAFT), "pack_saved")
            if origin:
                work.office.set(_ORIGIN + pack.folder, origin)
        return programme

    def discard(self, pack: Pack) -> None:
        """A draft that is not wanted. Raises InputRefused PACK_RELEASED."""
        with self._begin() as work:
            self._must_be_free(work, pack)
            work.packs.drop(pack.id, pack.version)
            work.office.set(_ORIGIN + pack.folder, None)
            work.journal.append("pack_discarded", {"pack": pack.folder})

    def release(self, pack: Pack) -> Programme:
        """From now on it never changes and may be handed down. Raises as `save`, and InputRefused TARGET_YEAR."""
        programme = pack.programme()
        _must_keep_to_years(programme)
        with self._begin() as work:
            self._put(work, replace(pack, state=PackState.RELEASED), "pack_released")
        return programme

    def supply(self, packs: Sequence[Pack], signer: Signer) -> bytes:
        """A sealed file that hands these packs down. Raises InputRefused PACK_DRAFT, TARGET_YEAR, NotAllowed
        SUPPLY_HEAD_ONLY, ExportError SUPPLY_TOO_BIG."""
        if signer.person.role is PersonRole.PREPARER:
            raise NotAllowed(
                "SUPPLY_HEAD_ONLY",
                "Tệp cấp phát do thủ trưởng đơn vị niêm phong. Nhập mật khẩu của thủ trưởng rồi làm lại.",
            )
        with self._begin() as work:
            known = self._released(work)
            for pack in packs:
                if known.get((pack.id, pack.version)) != pack.sha256:
                    raise InputRefused(
                        "PACK_DRAFT", f"{pack.folder} còn là bản soạn. Phát hành rồi mới cấp xuống đơn vị.", pack.folder
                    )
                _must_keep_to_years(pack.programme())
            data = self._codec.write_supply(packs, work.office.get(), signer, self._clock(), self._version)
            work.journal.append("supply", {"packs": ",".join(pack.folder for pack in packs)})
        return data

    def look(self, data: bytes) -> SupplyOpened:
        """A supply file that was brought, verified and its packs read. Raises PackageRefused SUPPLY_NOT_ABOVE,
        SUPPLY_DIFFERS, SUPPLY_UNREADABLE, PRACTICE and those of the format, InputRefused TARGET_YEAR."""
        with self._begin() as work:
            supply = self._codec.read_supply(data, keys_of(work.register.all()))
            office, units = work.office.get(), self._units.with_units(work.units.all())
            known = {(pack.id, pack.version): pack.sha256 for pack in work.packs.all()} | self._released(work)
        if supply.practice != office.practice:
            which, other = ("thử", "thật") if supply.practice else ("thật", "thử")
            raise PackageRefused("PRACTICE", f"Tệp cấp phát {which} không dùng được trong sổ {other}. Chọn đúng tệp.")
        if supply.issuer != office.unit and not units.is_below(office.unit, supply.issuer.code, self._clock().date()):
            raise PackageRefused(
                "SUPPLY_NOT_ABOVE",
                f"Tệp cấp phát do {supply.issuer_name} lập, không phải cấp trên của đơn vị này. Không dùng tệp này.",
                supply.issuer.code,
            )
        for pack in supply.packs:
            if known.get((pack.id, pack.version), pack.sha256) != pack.sha256:
                raise PackageRefused(
                    "SUPPLY_DIFFERS",
                    f"{pack.folder} trong tệp khác với bản cùng phiên bản đã có. Hỏi lại nơi cấp; bản đã có giữ nguyên.",
                    pack.folder,
                )
            try:
                programme = pack.programme()
            except CatalogueError as error:  # a newer program may have written it
                raise PackageRefused(
                    "SUPPLY_UNREADABLE",
                    f"Phần mềm này không đọc được {pack.folder} trong tệp cấp phát. Cập nhật phần mềm rồi nhận lại; "
                    "nếu vẫn vậy, báo nơi cấp.",
                    error.where,
                ) from error
            if (pack.id, pack.version) not in known:  # what is here already stays as it is
                _must_keep_to_years(programme)
        return supply

    def take(self, data: bytes, *, follow: bool = False) -> tuple[Handed, ...]:
        """Its packs are known here from now on; `follow`: reported on too. All or none. Raises as `look`."""
        supply = self.look(data)
        programmes = [pack.programme() for pack in supply.packs]
        with self._begin() as work:
            here = self._released(work)
            handed = tuple(Handed(p, (p.id, p.version) not in here) for p in programmes)
            for pack, one in zip(supply.packs, handed, strict=True):
                if one.new:
                    work.packs.put(replace(pack, state=PackState.RECEIVED))
            if follow:
                ids = dict.fromkeys((*_followed(work), *(pack.id for pack in supply.packs)))
                work.office.set(_FOLLOWED, " ".join(ids))
            work.journal.append(
                "supply_taken",
                {"digest": supply.digest, "packs": ",".join(pack.folder for pack in supply.packs)},
            )
        return handed

    def changes_in(self, pack: Pack) -> tuple[PackChange, ...]:
        """Against the newest earlier version that is known here; nothing where there is none."""
        earlier = [version for id, version in self._catalogue.keys if id == pack.id and version < pack.version]
        return changes(outline(self.files(pack.id, max(earlier)).files), outline(pack.files)) if earlier else ()

    def outdated(self) -> tuple[Report, ...]:
        """Our drafts that were begun under an older version of their programme than is known here."""
        with self._begin() as work:
            found = [self._behind(work, key) for key in work.reports.keys()]  # noqa: SIM118 - a store, no dict
        return tuple(report for report in found if report is not None)

    def _behind(self, work: Work, key: ReportKey) -> Report | None:
        """The draft of that name, where its version is not the newest one."""
        newest = max((version for id, version in self._catalogue.keys if id == key.programme), default=0)
        if (work.reports.version(key) or newest) >= newest:
            return None
        try:
            report = current(work, self._catalogue, key.programme, Period.parse(key.period, key.basis))
        except InputRefused:  # the version is not known here, or the newest one has no form for the period
            return None
        return report if report.state is ReportState.DRAFT else None

    def _set(self, name: str, value: str) -> None:
        with self._begin() as work:
            work.office.set(name, value)
            work.journal.append("setting", {"name": name, "value": value})

    def _put(self, work: Work, pack: Pack, kind: str) -> None:
        self._must_be_free(work, pack)
        work.packs.put(pack)
        work.journal.append(kind, {"pack": pack.folder, "sha256": pack.sha256})

    def _released(self, work: Work) -> dict[tuple[str, int], str]:
        """The SHA-256 of every version that never changes any more: shipped, handed down, released today."""
        here = {(p.id, p.version): p.sha256 for p in self._catalogue.programmes}
        return here | {(p.id, p.version): p.sha256 for p in work.packs.all() if p.state is not PackState.DRAFT}

    def _must_be_free(self, work: Work, pack: Pack) -> None:
        taken = (pack.id, pack.version) in self._catalogue.keys
        stored = [one for one in work.packs.all() if (one.id, one.version) == (pack.id, pack.version)]
        if taken or any(one.state is not PackState.DRAFT for one in stored):
            raise InputRefused(
                "PACK_RELEASED",
                f"{pack.folder} đã phát hành nên không sửa được. Lập phiên bản tiếp theo rồi sửa.",
                pack.folder,
            )


def _followed(work: Work) -> list[str]:
    return (work.office.setting(_FOLLOWED) or "").split() or [work.office.get().programme]


def followed_in(work: Work, catalogue: Catalogue) -> tuple[Programme, ...]:
    """Programmes.followed inside a transaction."""
    known = {id for id, _ in catalogue.keys}
    return tuple(catalogue.programme(id) for id in _followed(work) if id in known)


def basis_in(work: Work, id: str) -> Basis:
    """Programmes.basis inside a transaction."""
    return Basis(work.office.setting(_BASIS + id) or Basis.CALENDAR)


def outside_refused(programme: Programme, outside: Sequence[str]) -> InputRefused:
    """TARGET_YEAR: milestones of years that are not the plan's."""
    return InputRefused(
        "TARGET_YEAR",
        f"“{programme.short_title}” dành cho các năm {programme.years_words} nhưng có mốc của năm khác: "
        f"{', '.join(outside[:5])}{' …' if outside[5:] else ''}. Bỏ các mốc ấy, hoặc sửa năm đầu, năm cuối của chương trình.",
        "year",
    )


def _must_keep_to_years(programme: Programme) -> None:
    if outside := milestones_outside(programme):
        raise outside_refused(programme, outside)


class Drafting:
    """The drafts of an office that issues programmes: copied, changed, held against what they came from. A released version is
    not touched."""

    def __init__(
        self, programmes: Programmes, catalogue: Catalogue, units: OrgUnits, edit: EditPack, clock: Clock
    ) -> None:
        self._programmes, self._catalogue, self._units = programmes, catalogue, units
        self._edit, self._clock = edit, clock

    def draft(self, id: str, version: int) -> Pack | None:
        """As it stands in the ledger."""
        return next((pack for pack in self.drafts() if (pack.id, pack.version) == (id, version)), None)

    def drafts(self) -> tuple[Pack, ...]:
        return tuple(pack for pack in self._programmes.packs() if pack.state is PackState.DRAFT)

    def is_own(self, id: str) -> bool:
        """Whether this office released it: only then may there be a next version, else two offices would both make one."""
        return any(pack.id == id and pack.state is PackState.RELEASED for pack in self._programmes.packs())

    def copy(self, source: Pack, new: NewPack) -> Pack:
        """Another programme, with the figures of the source. Raises InputRefused PACK_ID, PACK_ID_TAKEN, UNIT_UNKNOWN,
        FIELD_NEEDED …, with the key in `where`."""
        edits = copied(new)
        taken = {id for id, _ in self._catalogue.keys} | {p.id for p in self._programmes.packs()}
        if new.id in taken:
            raise InputRefused("PACK_ID_TAKEN", f"Đã có chương trình mang mã {new.id}. Chọn mã khác.", "id")
        if new.issuing_unit.strip():
            self._units.get(new.issuing_unit.strip(), self._clock().date())
        return self._made(source, new.id, 1, edits)

    def next_version(self, id: str) -> Pack:
        """The draft that follows the newest version of our own programme; as it stands, if it was begun before.
        Raises InputRefused PACK_NOT_OWN."""
        if not self.is_own(id):
            raise InputRefused(
                "PACK_NOT_OWN",
                f"{id} không do đơn vị này phát hành nên không lập phiên bản tiếp được. Chép thành chương trình riêng.",
                id,
            )
        source = self._programmes.files(id)
        version = source.version + 1
        return self.draft(id, version) or self._made(source, id, version, next_version(version))

    def change(self, pack: Pack, edits: Sequence[PackEdit]) -> Pack:
        """The draft after these edits, stored. A milestone that is added must be of a year of the plan; one that the years
        leave behind stands until the release. Raises InputRefused PACK_UNSOUND, PACK_RELEASED, TARGET_YEAR."""
        changed = replace(pack, files=self._edit(pack.files, edits))
        try:
            added = set(milestones_outside(changed.programme())) - set(milestones(pack.programme()))
            if added:
                raise outside_refused(changed.programme(), sorted(added))
            self._programmes.save(changed)
        except CatalogueError as error:
            raise InputRefused(
                "PACK_UNSOUND",
                f"Sửa như vậy thì chương trình không dùng được ({error.where}). Ghi lại như trước.",
                error.where,
            ) from error
        return changed

    def changes(self, pack: Pack) -> tuple[PackChange, ...]:
        """Against what it was copied from; everything where that is not known any more."""
        origin = self._programmes.origin(pack)
        return changes(outline(origin.files), outline(pack.files)) if origin else ()

    def _made(self, source: Pack, id: str, version: int, edits: Sequence[PackEdit]) -> Pack:
        """A draft of the source; rules that an older version left behind are put right on the way."""
        pack = Pack(id, version, self._edit(source.files, (*edits, *aligned(outline(source.files)))))
        self._programmes.save(pack, source.folder)
        return pack
