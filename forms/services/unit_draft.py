"""A ledger seen as that of a unit below: what is typed for it from its paper is an ordinary draft there, so that the grid, the
checks and the imports are the same. Nothing of it touches our own reports, and nothing can be sealed in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from forms.errors import NotAllowed
from forms.exchange.on_behalf import as_package
from forms.exchange.statements import Arrival, ReportKey
from forms.model.cell import Cell
from forms.model.form import Form
from forms.model.news_item import NewsItem, in_order
from forms.model.office import Office
from forms.model.org_unit import NamedUnit, OrgUnit
from forms.model.period import Period
from forms.model.report import Report, ReportState
from forms.ports import BeginWork, Codec, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme_role import ProgrammeRole, form_at

_OWN = ("refused:", "draft_texts:")  # settings that are of a draft


@dataclass(frozen=True)
class AskedUnit:
    """A unit below of which a form asks something; `form` is the form as that unit sees it."""

    unit: OrgUnit
    post: ProgrammeRole
    form: Form
    period: Period
    office: Office

    @property
    def key(self) -> ReportKey:
        return ReportKey(self.form.programme, self.form.id, self.period.label, self.period.basis)

    @property
    def blank(self) -> Report:
        return Report(self.form, self.unit.key, self.post.role, self.period)


class UnitDraft:
    """What is being typed for a unit; `begin` gives transactions in which it is the ledger's own report."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, codec: Codec, asked: AskedUnit) -> None:
        self._begin, self._catalogue, self._codec, self.asked = begin, catalogue, codec, asked

    @contextmanager
    def begin(self) -> Iterator[Work]:
        with self._begin() as work:
            inner = UnitWork(work, self.read(work), self.asked)
            yield inner
            if inner.changed is not None:
                report = inner.changed
                self.put(work, report)

    def read(self, work: Work) -> Report | None:
        """As it was left; else as it was entered last, to be corrected; None where nobody began."""
        asked = self.asked
        found = work.on_behalf.draft(asked.unit.key, asked.key) or self._entered(work)
        if found is None:
            return None
        version, payload = found
        whole = self._catalogue.find_form(asked.key.programme, version, asked.key.form)
        form = form_at(whole, asked.post) if whole else asked.form
        package = as_package(NamedUnit(asked.unit.key, asked.unit.full_name), asked.key, payload)
        return replace(self._codec.report(package, form), state=ReportState.DRAFT)

    def put(self, work: Work, report: Report) -> None:
        payload = self._codec.payload(report.unmarked())
        work.on_behalf.put_draft(self.asked.unit.key, self.asked.key, report.form.programme_version, payload)

    def _entered(self, work: Work) -> tuple[int, bytes] | None:
        mine = [one for one in work.on_behalf.of(self.asked.key) if one.entry.unit.unit == self.asked.unit.key]
        last = next((one for one in reversed(mine) if one.arrival is Arrival.ON_BEHALF), None)
        whole = work.on_behalf.get(last.entry.digest) if last else None
        return (whole.entry.programme_version, whole.entry.payload) if whole else None


class UnitWork(Work):
    """One transaction over such a draft. `changed`: the report with its items, once something was written."""

    changed: Report | None = None

    def __init__(self, work: Work, draft: Report | None, asked: AskedUnit) -> None:
        self.draft, self.asked = draft, asked
        self.office: Any = _Office(work, asked)
        self.reports: Any = _Reports(self)
        self.news: Any = _News(self)
        self.sent: Any = _Nothing()
        self.pending: Any = _Nothing()
        self.journal: Any = _Journal(work, asked)
        self.received, self.bundles, self.on_behalf = work.received, work.bundles, work.on_behalf
        self.register, self.units = work.register, work.units
        self.publications, self.packs = work.publications, work.packs

    def read_ahead(self, programme: str = "") -> None:
        """It is read already."""

    def keep(self, report: Report) -> None:
        self.draft = self.changed = report


class _Office:
    """The unit's, with the settings of ours but for what waits in the draft."""

    def __init__(self, work: Work, asked: AskedUnit) -> None:
        self._office, self._asked, self._mine = work.office, asked, f"for:{asked.unit.code}:"

    def get(self) -> Office:
        return self._asked.office

    def persons(self) -> Any:
        return self._office.persons()

    def setting(self, name: str) -> str | None:
        return self._office.setting(self._name(name))

    def settings(self, prefix: str) -> Mapping[str, str]:
        return self._office.settings(self._name(prefix))

    def set(self, name: str, value: str | None) -> None:
        self._office.set(self._name(name), value)

    def _name(self, name: str) -> str:
        return self._mine + name if name.startswith(_OWN) else name


class _Reports:
    """The one draft; of any other report there is nothing."""

    def __init__(self, work: UnitWork) -> None:
        self._work = work

    def version(self, key: ReportKey) -> int | None:
        draft = self._work.draft
        return draft.form.programme_version if draft and key == self._work.asked.key else None

    def get(self, key: ReportKey, form: Form) -> Report | None:
        draft = self._work.draft
        return replace(draft, form=form, news=()) if draft and key == self._work.asked.key else None

    def keys(self) -> tuple[ReportKey, ...]:
        return (self._work.asked.key,) if self._work.draft else ()

    def put(self, report: Report) -> None:
        key = ReportKey(report.form.programme, report.form.id, report.period.label, report.period.basis)
        if key != self._work.asked.key:
            raise NotAllowed("ON_BEHALF_OTHER", "Ở đây chỉ nhập thay báo cáo đang mở. Quay lại rồi chọn báo cáo khác.")
        self._work.keep(replace(report, news=self._work.draft.news if self._work.draft else ()))

    def put_cells(self, draft: Report, cells: Sequence[tuple[str, Cell]]) -> None:
        known = self._work.draft or replace(draft, cells={}, news=())
        for name, cell in cells:
            known = known.with_cell(name, cell)
        self.put(known)


class _News:
    """The items of the draft."""

    def __init__(self, work: UnitWork) -> None:
        self._work = work

    def _items(self) -> tuple[NewsItem, ...]:
        return self._work.draft.news if self._work.draft else ()

    def within(self, period: Period) -> tuple[NewsItem, ...]:
        return in_order(item for item in self._items() if period.holds(item.date))

    def get(self, id: str) -> NewsItem | None:
        return next((item for item in self._items() if item.id == id), None)

    def put(self, item: NewsItem) -> None:
        self._keep([*(one for one in self._items() if one.id != item.id), item])

    def delete(self, id: str) -> None:
        self._keep([one for one in self._items() if one.id != id])

    def put_file(self, _evidence: object, _data: bytes) -> None:
        raise NotAllowed(
            "ON_BEHALF_EVIDENCE", "Bản nhập thay không kèm minh chứng từng tin; cả tệp quét được giữ trong sổ."
        )

    def file(self, _digest: str) -> bytes | None:
        return None

    def sweep_files(self) -> None:
        """It has none."""

    def _keep(self, items: Sequence[NewsItem]) -> None:
        self._work.keep(replace(self._work.draft or self._work.asked.blank, news=in_order(items)))


class _Nothing:
    """Where sealed and waiting packages would be: the unit seals in its own ledger, never here."""

    def last(self, _key: ReportKey) -> None:
        return None

    def get(self, _key: ReportKey) -> None:
        return None

    def raw(self, _digest: str) -> None:
        return None

    def keys(self) -> tuple[ReportKey, ...]:
        return ()

    def known(self) -> tuple[Any, ...]:
        return ()

    def hands(self) -> Mapping[ReportKey, Any]:
        return {}

    def last_seq(self, _keyid: str) -> int:
        return 0

    def drop(self, _key: ReportKey) -> None:
        """There is none."""

    def add(self, *_: object) -> None:
        raise NotAllowed(
            "ON_BEHALF_UNSEALED", "Báo cáo nhập thay không niêm phong: đơn vị niêm phong trong sổ của mình."
        )

    put = add


class _Journal:
    """Ours: each line says for whom it was."""

    def __init__(self, work: Work, asked: AskedUnit) -> None:
        self._journal, self._unit = work.journal, asked.unit.code

    def append(self, kind: str, detail: Mapping[str, str | int | None]) -> None:
        self._journal.append(kind, {**detail, "for": self._unit})

    def head(self) -> tuple[str, int]:
        return self._journal.head()
