"""Making a programme of one's own: copy, change, hold against what it came from. A released version is not touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from forms.errors import CatalogueError, InputRefused
from forms.org_units.catalogue import OrgUnits
from forms.ports import Clock
from forms.programmes.catalogue import Catalogue
from forms.programmes.pack import EditPack, Pack, PackEdit, PackState
from forms.programmes.pack_diff import PackChange, changes
from forms.programmes.pack_edits import NewPack, aligned, copied, next_version
from forms.programmes.pack_outline import outline
from forms.programmes.pack_validation import milestones, milestones_outside
from forms.services.programmes import Programmes, outside_refused


class Drafting:
    """The drafts of an office that issues programmes."""

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
        return self._saved(Pack(new.id, 1, self._edit(source.files, (*edits, *aligned(outline(source.files))))), source)

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
        begun = self.draft(id, version)
        edits = (*next_version(version), *aligned(outline(source.files)))  # rules that an older version left behind
        return begun or self._saved(Pack(id, version, self._edit(source.files, edits)), source)

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

    def _saved(self, pack: Pack, source: Pack) -> Pack:
        self._programmes.save(pack, source.folder)
        return pack
