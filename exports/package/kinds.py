"""The kinds of statement that travel. A new kind is one row here and its shape."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from exports.package.container import BARE_LAYOUT, REPORT_LAYOUT, SUPPLY_LAYOUT, Layout, members_of
from exports.package.refusals import refused
from exports.package.shapes import Shape
from exports.package.strict_json import loads
from forms.errors import PackageRefused

FORMAT = 1


@dataclass(frozen=True)
class Kind:
    """`type` is part of the sealed bytes; `layout` says which members the container has."""

    type: str
    layout: Layout


REPORT = Kind("application/vnd.sobinhdang.report.v1+json", REPORT_LAYOUT)
ENROLMENT = Kind("application/vnd.sobinhdang.enrolment.v1+json", BARE_LAYOUT)
SUPPLY = Kind("application/vnd.sobinhdang.supply.v1+json", SUPPLY_LAYOUT)
KINDS = {kind.type: kind for kind in (REPORT, ENROLMENT, SUPPLY)}


def kind_of(data: bytes) -> Kind:
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


def members_for(data: bytes, kind: Kind) -> dict[str, bytes]:
    """The members of a file of this kind. Raises PKG_…, TYPE_OTHER, FORMAT_NEWER, JSON_…"""
    members = members_of(data)
    if not kind.layout.holds(list(members)):
        check_statement(loads(members["manifest.json"], "manifest.json"), kind)
        raise refused("PKG_MEMBERS")
    return members


def parse_statement(data: bytes, shape: Shape, kind: Kind) -> dict[str, Any]:
    """The fields of a `manifest.json` of this kind. Raises JSON_…, TYPE_OTHER, FORMAT_NEWER."""
    try:
        return cast(dict[str, Any], shape.parse(data))
    except PackageRefused:
        check_statement(loads(data, "manifest.json"), kind)
        raise


def check_statement(manifest: object, kind: Kind) -> None:
    """Raises FORMAT_NEWER or TYPE_OTHER for a parsed manifest that is not of this kind and format."""
    if isinstance(manifest, dict):
        _check_format(manifest)
        if manifest.get("type") != kind.type:
            raise refused("TYPE_OTHER")


def _check_format(manifest: dict[str, object]) -> None:
    number = manifest.get("format")
    if type(number) is int and number > FORMAT:
        raise refused("FORMAT_NEWER")
