"""The programme packs: those under forms/definitions, and those that a ledger holds. A wrong definition is refused by file and key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path

from forms.errors import CatalogueError, InputRefused
from forms.model.count import Role
from forms.model.form import Form, NewsRule
from forms.model.period import Period, PeriodKind
from forms.programmes.definition_reader import FormFile, Maker, Raw, likened, parsed
from forms.programmes.pack_validation import check_pack
from forms.programmes.programme import Agency, AgencyName, Deadline, Objective, Programme, ReportingLine

DEFINITIONS = Path(__file__).parents[1] / "definitions"
HEAD = "programme.toml"
PackKey = tuple[str, int]  # id, version
_DAYS = {"first_day": date.fromisoformat, "last_day": date.fromisoformat}
_FILE = re.compile(r"[a-z][a-z0-9_]{0,63}\.toml")  # as a supply file carries it


class Catalogue:
    """Every released version of every programme that this program knows. A pack is read when it is first asked for: an
    office works with one or two of them, and reading them all takes half a second."""

    def __init__(
        self, programmes: Iterable[Programme] = (), unread: Mapping[PackKey, Callable[[], Programme]] | None = None
    ) -> None:
        self._unread = dict(unread or {})
        self._read: dict[PackKey, Programme] = {(p.id, p.version): p for p in programmes}
        self.keys: tuple[PackKey, ...] = (*self._unread, *self._read)

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """All of them, read. Raises CatalogueError."""
        return tuple(self._of(key) for key in self.keys)

    def programme(self, id: str, version: int | None = None) -> Programme:
        """The version asked for, or the newest. Raises InputRefused PROGRAMME_UNKNOWN."""
        found = [key for key in self.keys if key[0] == id and version in (None, key[1])]
        if not found:
            known = ", ".join(sorted({known for known, _ in self.keys}))
            raise InputRefused(
                "PROGRAMME_UNKNOWN", f"Không có chương trình “{id}”. Các chương trình hiện có: {known}.", id
            )
        return self._of(max(found))

    @property
    def newest(self) -> tuple[Programme, ...]:
        """Each programme once, in its newest version."""
        return tuple(self.programme(id) for id in dict.fromkeys(id for id, _ in self.keys))

    def form_for(self, programme: str, period: Period) -> Form:
        """The form to fill for the period. Raises InputRefused PERIOD_UNKNOWN when the programme has none."""
        form = self.programme(programme).form_for(period)
        if form is None:
            raise InputRefused(
                "PERIOD_UNKNOWN",
                f"Chương trình {programme} không có biểu cho kỳ {period.words}. Chọn kỳ khác.",
                period.label,
            )
        return form

    def form_ids(self, programme: str, period: Period) -> tuple[str, ...]:
        """The ids of the forms that the versions of a programme have for the period, the newest version's first."""
        versions = sorted((key for key in self.keys if key[0] == programme), reverse=True)
        return tuple(dict.fromkeys(form.id for key in versions if (form := self._of(key).form_for(period))))

    def find_form(self, programme: str, version: int, form: str) -> Form | None:
        """The form of exactly that version; None where this program does not have it."""
        key = (programme, version)
        return self._of(key).form(form) if key in self.keys else None

    def with_packs(self, more: Iterable[Programme]) -> Catalogue:
        """Together with packs that a ledger holds. Of a version that both have, the ledger's stands: its reports were
        filled under that."""
        held = tuple(more)
        known = {(p.id, p.version) for p in held}
        # What is read here stays read there: both look into the same drawer.
        unread = {key: partial(self._of, key) for key in self.keys if key not in known}
        return Catalogue(held, unread)

    def _of(self, key: PackKey) -> Programme:
        if key not in self._read:
            self._read[key] = self._unread[key]()
        return self._read[key]


def load_all(folder: Path = DEFINITIONS) -> Catalogue:
    """Every pack in the folder. Raises CatalogueError for a folder that is not named as a pack; what is wrong inside one is
    told when it is read."""
    packs = sorted(p for p in folder.iterdir() if p.is_dir() and (p / HEAD).is_file())
    return Catalogue(unread={_key_of(pack): partial(load_pack, pack) for pack in packs})


def _key_of(folder: Path) -> PackKey:
    """nq28_hue.v2 → (nq28_hue, 2)."""
    id, _, version = folder.name.rpartition(".v")
    if not id or not version.isdecimal():
        raise CatalogueError(f"{folder.name}/{HEAD}", "id, version", "the folder should be named as nq28.v1 is")
    return id, int(version)


def load_pack(folder: Path) -> Programme:
    """One pack."""
    return parse_pack(folder.name, read_pack(folder))


def read_pack(folder: Path) -> dict[str, bytes]:
    """The files of a pack by name."""
    return {file.name: file.read_bytes() for file in sorted(folder.glob("*.toml"))}


def pack_sha256(files: Mapping[str, bytes]) -> str:
    """Over the names, sizes and bytes of the files in name order."""
    digest = hashlib.sha256()
    for file, data in sorted(files.items()):
        digest.update(f"{file}\n{len(data)}\n".encode() + data)
    return digest.hexdigest()


def parse_pack(name: str, files: Mapping[str, bytes]) -> Programme:
    """The pack in a folder of that name, its files by theirs. Raises CatalogueError."""
    return _parsed(name, tuple(sorted(files.items())))


@lru_cache(maxsize=64)
def _parsed(name: str, content: tuple[tuple[str, bytes], ...]) -> Programme:
    """The same bytes give the same programme, which never changes: a draft is asked for again at every key."""
    files = dict(content)
    sha256 = pack_sha256(files)
    if strange := [file for file in files if not _FILE.fullmatch(file)]:
        raise CatalogueError(f"{name}/{strange[0]}", "file", "files are named in snake_case English, .toml")
    if HEAD not in files:
        raise CatalogueError(f"{name}/{HEAD}", "file", "a pack needs one")
    head = _HeadFile(f"{name}/{HEAD}", parsed(f"{name}/{HEAD}", files[HEAD]))
    id, version = head.data.get("id"), head.data.get("version")
    if type(id) is not str or type(version) is not int or name != f"{id}.v{version}":
        raise CatalogueError(head.file, "id, version", f"the folder should be named {id}.v{version}")
    raws = {f"{name}/{file}": parsed(f"{name}/{file}", data) for file, data in sorted(files.items()) if file != HEAD}
    by_id, objectives = {str(raw.get("id")): raw for raw in raws.values()}, head.objectives()
    numbers = [objective.number for objective in objectives]
    pages = [
        FormFile(file, likened(Maker(file), raw, by_id)).form(id, version, sha256, numbers)
        for file, raw in raws.items()
    ]
    rule = head.news_rule()
    in_order = sorted(pages, key=lambda form: form.number)
    forms = tuple(replace(form, news_rule=rule) if form.has_news else form for form in in_order)
    programme = head.programme(sha256, objectives, rule, forms)
    check_pack(name, programme)
    return programme


class _HeadFile(Maker):
    """programme.toml."""

    def __init__(self, file: str, data: Raw) -> None:
        super().__init__(file)
        self.data = data

    def objectives(self) -> tuple[Objective, ...]:
        return tuple(
            self.make(Objective, f"objective {raw.get('number')}", raw) for raw in self.tables(self.data, "objective")
        )

    def news_rule(self) -> NewsRule | None:
        raw = self.table(self.data, "news")
        return self.make(NewsRule, "news", self.read(raw, period_kind=PeriodKind)) if raw else None

    def programme(
        self, sha256: str, objectives: tuple[Objective, ...], news: NewsRule | None, forms: tuple[Form, ...]
    ) -> Programme:
        data = self.data
        deadlines = tuple(
            self.make(Deadline, "deadline", self.read(raw, role=Role, period_kind=PeriodKind))
            for raw in self.tables(data, "deadline")
        )
        agencies = tuple(self._agency(raw) for raw in self.tables(data, "agency"))
        lines = tuple(
            self.make(ReportingLine, "reporting_line", self.read(raw, **_DAYS))
            for raw in self.tables(data, "reporting_line")
        )
        return self.make(
            Programme,
            "programme",
            data,
            sha256=sha256,
            objectives=objectives,
            deadlines=deadlines,
            agencies=agencies,
            reporting_lines=lines,
            news=news,
            forms=forms,
        )

    def _agency(self, raw: Raw) -> Agency:
        where = f"agency {raw.get('id')}"
        names = tuple(self.make(AgencyName, where, self.read(name, **_DAYS)) for name in self.tables(raw, "name"))
        return self.make(Agency, where, self.read(raw, **_DAYS), names=names)
