"""Which programmes an office follows; the packs it copies, changes, releases and hands down, and those it is handed.

A released version never changes: what is wrong in it is put right in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from forms.catalogue import DEFINITIONS, Catalogue, read_pack
from forms.errors import CatalogueError, InputRefused, NotAllowed, PackageRefused
from forms.office import PersonRole
from forms.org_units import OrgUnits
from forms.pack import Pack, PackState, SupplyOpened
from forms.periods import Basis
from forms.ports import BeginWork, Clock, Codec, Signer, Work
from forms.programme import Programme
from forms.services.enrolment import keys_of

_FOLLOWED = "programmes"  # a setting: ids, in the order in which they are shown

_BASIS = "basis:"  # a setting for each programme


def known_with(work: Work, shipped: Catalogue) -> Catalogue:
    """The shipped packs and those of the ledger that are not drafts any more.

    One that this program cannot read does not keep the ledger shut: its reports say that its version is not here.
    """
    return shipped.with_packs(_readable(pack for pack in work.packs.all() if pack.state is not PackState.DRAFT))


def _readable(packs: Iterable[Pack]) -> Iterator[Programme]:
    for pack in packs:
        try:
            yield pack.programme()
        except CatalogueError:
            continue


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
            ids = (work.office.setting(_FOLLOWED) or "").split() or [work.office.get().programme]
        known = {programme.id: programme for programme in self._catalogue.newest}
        return tuple(known[id] for id in ids if id in known)

    def follow(self, ids: Iterable[str]) -> None:
        """Raises InputRefused PROGRAMME_NONE, PROGRAMME_UNKNOWN."""
        wanted = tuple(dict.fromkeys(ids))
        if not wanted:
            raise InputRefused("PROGRAMME_NONE", "Chọn ít nhất một chương trình mà đơn vị phải báo cáo.")
        for id in wanted:
            self._catalogue.programme(id)
        with self._begin() as work:
            work.office.set(_FOLLOWED, " ".join(wanted))
            work.journal.append("setting", {"name": _FOLLOWED, "value": " ".join(wanted)})

    def basis(self, id: str) -> Basis:
        """Which windows the office's reports on a programme have; the calendar's until somebody says otherwise."""
        with self._begin() as work:
            return Basis(work.office.setting(_BASIS + id) or Basis.CALENDAR)

    def set_basis(self, id: str, basis: Basis) -> None:
        """Of the reports that are begun from now on; those begun before stay where they are."""
        with self._begin() as work:
            work.office.set(_BASIS + id, basis.value)
            work.journal.append("setting", {"name": _BASIS + id, "value": basis.value})

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

    def save(self, pack: Pack) -> Programme:
        """A draft, as it stands. Raises CatalogueError for what is no pack, InputRefused PACK_RELEASED."""
        programme = replace(pack, state=PackState.DRAFT).programme()
        with self._begin() as work:
            self._must_be_free(work, pack)
            work.packs.put(replace(pack, state=PackState.DRAFT))
            work.journal.append("pack_saved", {"pack": pack.folder, "sha256": pack.sha256})
        return programme

    def discard(self, pack: Pack) -> None:
        """A draft that is not wanted. Raises InputRefused PACK_RELEASED."""
        with self._begin() as work:
            self._must_be_free(work, pack)
            work.packs.drop(pack.id, pack.version)
            work.journal.append("pack_discarded", {"pack": pack.folder})

    def release(self, pack: Pack) -> Programme:
        """From now on it never changes and may be handed down. Raises as `save`."""
        programme = self.save(pack)
        with self._begin() as work:
            work.packs.put(replace(pack, state=PackState.RELEASED))
            work.journal.append("pack_released", {"pack": pack.folder, "sha256": pack.sha256})
        return programme

    def supply(self, packs: Sequence[Pack], signer: Signer) -> bytes:
        """A sealed file that hands these packs down. Raises InputRefused PACK_DRAFT, NotAllowed SUPPLY_HEAD_ONLY,
        ExportError SUPPLY_TOO_BIG."""
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
            data = self._codec.write_supply(packs, work.office.get(), signer, self._clock(), self._version)
            work.journal.append("supply", {"packs": ",".join(pack.folder for pack in packs)})
        return data

    def look(self, data: bytes) -> SupplyOpened:
        """A supply file that was brought, verified. Raises PackageRefused SUPPLY_NOT_ABOVE, SUPPLY_DIFFERS and others."""
        with self._begin() as work:
            supply = self._codec.read_supply(data, keys_of(work.register.all()))
            office, units = work.office.get(), self._units.with_units(work.units.all())
            known = {(pack.id, pack.version): pack.sha256 for pack in work.packs.all()} | self._released(work)
        today = self._clock().date()
        if supply.issuer != office.unit and not units.is_below(office.unit, supply.issuer.code, today):
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
        return supply

    def take(self, data: bytes) -> tuple[Handed, ...]:
        """Its packs are known here from now on. All or none. Raises as `look`, and CatalogueError."""
        supply = self.look(data)
        programmes = [pack.programme() for pack in supply.packs]
        with self._begin() as work:
            here = self._released(work)
            handed = tuple(Handed(p, (p.id, p.version) not in here) for p in programmes)
            for pack, one in zip(supply.packs, handed, strict=True):
                if one.new:
                    work.packs.put(replace(pack, state=PackState.RECEIVED))
            work.journal.append(
                "supply_taken",
                {"digest": supply.digest, "packs": ",".join(pack.folder for pack in supply.packs)},
            )
        return handed

    def _released(self, work: Work) -> dict[tuple[str, int], str]:
        """The SHA-256 of every version that never changes any more: shipped, handed down, released today."""
        here = {(p.id, p.version): p.sha256 for p in self._catalogue.programmes}
        return here | {(p.id, p.version): p.sha256 for p in work.packs.all() if p.state is not PackState.DRAFT}

    def _must_be_free(self, work: Work, pack: Pack) -> None:
        taken = any((p.id, p.version) == (pack.id, pack.version) for p in self._catalogue.programmes)
        stored = [one for one in work.packs.all() if (one.id, one.version) == (pack.id, pack.version)]
        if taken or any(one.state is not PackState.DRAFT for one in stored):
            raise InputRefused(
                "PACK_RELEASED",
                f"{pack.folder} đã phát hành nên không sửa được. Lập phiên bản tiếp theo rồi sửa.",
                pack.folder,
            )
