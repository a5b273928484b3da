"""The sealed statement of a package, manifest.json: the kinds of statement that travel, and what that of a report says: who
reports what for which period, and the members' digests. A new kind is one row here and its shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from exports.package.container import (
    BARE_LAYOUT,
    BUNDLE_LAYOUT,
    MAX_ATTACHMENTS,
    REPORT_LAYOUT,
    SUPPLY_LAYOUT,
    MemberLayout,
    members_of,
)
from exports.package.refusals import refused
from exports.package.strict_json import (
    MAX_INTEGER,
    Shape,
    day,
    flag,
    integer,
    loads,
    matching,
    nullable,
    one_of,
    record,
    rows,
    table,
    text,
)
from forms.errors import InputRefused, PackageRefused
from forms.model.office import PersonRole
from forms.model.org_unit import UnitKey
from forms.model.period import Basis, Period

FORMAT = 1


@dataclass(frozen=True)
class StatementKind:
    """`type` is part of the sealed bytes; `layout` says which members the container has."""

    type: str
    layout: MemberLayout


REPORT = StatementKind("application/vnd.sobinhdang.report.v1+json", REPORT_LAYOUT)
ENROLMENT = StatementKind("application/vnd.sobinhdang.enrolment.v1+json", BARE_LAYOUT)
SUPPLY = StatementKind("application/vnd.sobinhdang.supply.v1+json", SUPPLY_LAYOUT)
BUNDLE = StatementKind("application/vnd.sobinhdang.bundle.v1+json", BUNDLE_LAYOUT)
KINDS = {kind.type: kind for kind in (REPORT, ENROLMENT, SUPPLY, BUNDLE)}


def kind_of(data: bytes) -> StatementKind:
    """Which kind a file says it is, before anything is verified: only to send it to the right reader.

    Raises PKG_…, JSON_…, TYPE_OTHER, FORMAT_NEWER.
    """
    manifest = loads(members_of(data)["manifest.json"], "manifest.json")
    if type(manifest) is not dict or type(manifest.get("type")) is not str:
        raise refused("JSON_SHAPE", "manifest.json: type")
    _check_format(manifest)
    if manifest["type"] not in KINDS:
        raise refused("TYPE_OTHER")
    return KINDS[manifest["type"]]


def members_for(data: bytes, kind: StatementKind) -> dict[str, bytes]:
    """The members of a file of this kind. Raises PKG_…, TYPE_OTHER, FORMAT_NEWER, JSON_…"""
    members = members_of(data)
    if not kind.layout.holds(list(members)):
        check_statement(loads(members["manifest.json"], "manifest.json"), kind)
        raise refused("PKG_MEMBERS")
    return members


def parse_statement(data: bytes, shape: Shape, kind: StatementKind) -> dict[str, Any]:
    """The fields of a `manifest.json` of this kind. Raises JSON_…, TYPE_OTHER, FORMAT_NEWER."""
    try:
        return cast(dict[str, Any], shape.parse(data))
    except PackageRefused:
        check_statement(loads(data, "manifest.json"), kind)
        raise


def check_statement(manifest: object, kind: StatementKind) -> None:
    """Raises FORMAT_NEWER or TYPE_OTHER for a parsed manifest that is not of this kind and format."""
    if isinstance(manifest, dict):
        _check_format(manifest)
        if manifest.get("type") != kind.type:
            raise refused("TYPE_OTHER")


def _check_format(manifest: dict[str, object]) -> None:
    number = manifest.get("format")
    if type(number) is int and number > FORMAT:
        raise refused("FORMAT_NEWER")


MAX_REVISION = 9999  # what may be written; what is believed is decided on receiving
MAX_ROWS = 20_000

identifier = matching(r"[a-z][a-z0-9_]{0,63}")
role = one_of(*PersonRole)
moment = matching(
    r"[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}"
    r"(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
)
key_hex = matching("[0-9a-f]{64}")
digest_hex = matching("[0-9a-f]{64}")
person_name = text(200, blank=False)
app_version = matching(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,31}")
unit_shape = record(
    {"code": matching("[0-9A-Za-z][0-9A-Za-z._-]{0,31}"), "valid_from": day(), "name": text(200, blank=False)}
)


@dataclass(frozen=True, slots=True)
class UnitRef:
    """Which org unit, as the sender names it: codes are re-used, so `valid_from` is part of the key."""

    code: str
    valid_from: date
    name: str

    @property
    def key(self) -> UnitKey:
        return UnitKey(self.code, self.valid_from)


@dataclass(frozen=True, slots=True)
class SignerRef:
    """A signer as the package names them. With a register only the keyid counts; the rest is the sender's word."""

    keyid: str
    public_key: bytes
    role: PersonRole
    person: str
    title: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A member the statement vouches for. `name` is an attachment's own name, shown, never used as a path."""

    sha256: str
    size: int
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What the sealing office says about its report; the writer adds the rest.

    `period` is a label, `basis` calendar or nd09; `supersedes` is the digest of the package that this one
    replaces, None for revision 1; `created_claimed` is the sender's clock and decides nothing.
    """

    package_id: str
    unit: UnitRef
    programme: str
    programme_version: int
    programme_sha256: str
    form: str
    form_version: int
    period: str
    basis: str
    revision: int
    supersedes: str | None
    seq: int
    audit_head: str
    audit_count: int
    created_claimed: str
    app_version: str
    practice: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest(Statement):
    """The whole signed statement."""

    signers: tuple[SignerRef, ...]
    files: Mapping[str, FileRef]
    rows: int
    control_totals: Mapping[str, str]


_file = record(
    {"name": text(200, blank=False), "sha256": digest_hex, "size": integer(0, MAX_ATTACHMENTS)}, optional=["name"]
)
_signer = record(
    {"keyid": matching("[0-9a-f]{32}"), "public_key": key_hex, "role": role, "person": person_name, "title": text(200)}
)
_counter = integer(0, MAX_INTEGER)
_version = integer(1, 9999)
_fields = record(
    {
        "type": one_of(REPORT.type, BUNDLE.type),
        "format": integer(FORMAT, FORMAT),
        "package_id": matching("[0-9a-f]{32}"),
        "unit": unit_shape,
        "programme": identifier,
        "programme_version": _version,
        "programme_sha256": digest_hex,
        "form": identifier,
        "form_version": _version,
        "period": text(10, blank=False),
        "basis": one_of(*Basis),
        "revision": integer(1, MAX_REVISION),
        "supersedes": nullable(digest_hex),
        "seq": _counter,
        "signers": rows(_signer, 8, key=lambda row: row["keyid"]),
        "audit_head": digest_hex,
        "audit_count": _counter,
        "created_claimed": moment,
        "app_version": app_version,
        "practice": flag(),
        "files": table(matching(r"payload\.json|attachments/[0-9]{3}\.bin"), _file, 40),
        "summary": record(
            {
                "rows": integer(0, MAX_ROWS),
                "control_totals": table(
                    identifier, matching(r"0|-?[1-9][0-9]{0,20}|-?(0|[1-9][0-9]{0,20})\.[0-9]{0,5}[1-9]"), 20
                ),
            }
        ),
    }
)
_shape = Shape(_fields, "manifest.json")


def read_manifest(data: bytes, kind: StatementKind = REPORT) -> Manifest:
    """The `manifest.json` of a report or of a bundle. Raises JSON_…, TYPE_OTHER, FORMAT_NEWER."""
    fields = parse_statement(data, _shape, kind)
    check_statement(fields, kind)
    try:
        Period.parse(fields["period"], Basis(fields["basis"]))
    except InputRefused as error:
        raise refused("JSON_VALUE", "manifest.json: period") from error
    if (fields["revision"] == 1) != (fields["supersedes"] is None):
        raise refused("JSON_VALUE", "manifest.json: supersedes")
    for key in ("type", "format"):
        del fields[key]
    summary = fields.pop("summary")
    return Manifest(
        **fields
        | {
            "unit": unit_from(fields["unit"]),
            "signers": tuple(
                SignerRef(**row | {"public_key": bytes.fromhex(row["public_key"]), "role": PersonRole(row["role"])})
                for row in fields["signers"]
            ),
            "files": {name: FileRef(**row) for name, row in fields["files"].items()},
        },
        rows=summary["rows"],
        control_totals=summary["control_totals"],
    )


def unit_from(value: Mapping[str, str]) -> UnitRef:
    """A unit whose shape was checked."""
    return UnitRef(value["code"], date.fromisoformat(value["valid_from"]), value["name"])


def unit_to(unit: UnitRef) -> dict[str, str]:
    return {"code": unit.code, "valid_from": unit.valid_from.isoformat(), "name": unit.name}
