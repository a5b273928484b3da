"""The canonical ZIP around a statement: members stored, header fields fixed, so one content has one file.

The reader walks the local headers, rebuilds the whole file from what it found and requires byte equality.
Data before, between or after the members, comments, extras, compression, other dates or flags all fail that
one test. `zipfile` is not used: its header fields may change between Python releases, and old packages must
read for ever.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from zlib import crc32

from exports.package.refusals import refused
from forms.errors import PackageRefused

MIMETYPE = b"application/vnd.sobinhdang.package+zip"
MAX_MEMBERS = 40
_FIRST = b"mimetype" + MIMETYPE  # what follows the first local header
MAX_MANIFEST = MAX_SIGNATURES = 64 * 1024
MAX_PAYLOAD = 4 * 1024 * 1024
MAX_ATTACHMENTS = 16 * 1024 * 1024
MAX_FILE = MAX_MANIFEST + MAX_SIGNATURES + MAX_PAYLOAD + MAX_ATTACHMENTS + 64 * 1024
MAX_ORIGINALS, MAX_BUNDLE = 4000, 256 * 1024 * 1024  # a bundle: files in it, and its own size

_LOCAL = struct.Struct("<4s5H3L2H")
_CENTRAL = struct.Struct("<4s6H3L5H2L")
_END = struct.Struct("<4s4H2LH")
_LOCAL_MARK, _CENTRAL_MARK, _END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_NEEDED, _MADE_BY = 20, 3 << 8 | 20
_FLAGS = _METHOD = _TIME = 0
_DATE = 1 << 5 | 1  # 1980-01-01
_MODE = 0o100644 << 16
_NAME = re.compile("[A-Za-z0-9._/-]+")  # of a member of any kind, of later formats too
_LIMITS = {
    "mimetype": 64,
    "manifest.json": MAX_MANIFEST,
    "payload.json": MAX_PAYLOAD,
    "signatures.json": MAX_SIGNATURES,
}


@dataclass(frozen=True)
class MemberLayout:
    """Which members a kind of statement has, in this order. Files that it carries, numbered without gap, stand before the
    last."""

    names: tuple[str, ...]
    carried: str = ""

    def holds(self, names: list[str]) -> bool:
        more = range(1, len(names) - len(self.names) + 1) if self.carried else ()
        return names == [*self.names[:-1], *(self.carried.format(number) for number in more), self.names[-1]]


ATTACHMENT, ORIGINAL = "attachments/{:03d}.bin", "originals/{:04d}.bdg"
REPORT_LAYOUT = MemberLayout(("mimetype", "manifest.json", "payload.json", "signatures.json"), ATTACHMENT)
BUNDLE_LAYOUT = MemberLayout(("mimetype", "manifest.json", "payload.json", "signatures.json"), ORIGINAL)
BARE_LAYOUT = MemberLayout(("mimetype", "manifest.json", "signatures.json"))
SUPPLY_LAYOUT = MemberLayout(("mimetype", "manifest.json", "payload.json", "signatures.json"))


def build(members: Mapping[str, bytes]) -> bytes:
    """The one file that holds these members, in the order given. `mimetype` must be among them."""
    body, directory, at = [], [], 0
    for name, content in members.items():
        label = name.encode("ascii")
        size, check = len(content), crc32(content)
        common = (_NEEDED, _FLAGS, _METHOD, _TIME, _DATE, check, size, size, len(label), 0)
        head = _LOCAL.pack(_LOCAL_MARK, *common)
        body += [head, label, content]
        directory += [_CENTRAL.pack(_CENTRAL_MARK, _MADE_BY, *common, 0, 0, 0, _MODE, at), label]
        at += len(head) + len(label) + size
    length = sum(map(len, directory))
    end = _END.pack(_END_MARK, 0, 0, len(members), len(members), length, at, 0)
    return b"".join([*body, *directory, end])


def members_of(data: bytes) -> dict[str, bytes]:
    """The members of a package file of any kind by name, mimetype and manifest.json among them. Raises PackageRefused
    PKG_…; sizes are bounded before use."""
    if not data:
        raise refused("PKG_EMPTY")
    if len(data) > MAX_BUNDLE:
        raise refused("PKG_TOO_BIG")
    members = _walk(data)
    if len(data) > MAX_FILE and not any(map(_is_original, members)):
        raise refused("PKG_TOO_BIG")
    if [*members][:2] != ["mimetype", "manifest.json"] or not all(map(_NAME.fullmatch, members)):
        raise refused("PKG_MEMBERS")
    if members["mimetype"] != MIMETYPE:
        raise refused("PKG_NOT_A_PACKAGE")
    if build(members) != data:
        raise _why_not_canonical(data, members)
    return members


def member_of(data: bytes, name: str) -> bytes:
    """One member of a package that was read before."""
    return _walk(data)[name]


BEGINNING = build({"mimetype": MIMETYPE})[: _LOCAL.size + len(_FIRST)]  # the same 76 bytes open every package


def statement_of(data: bytes) -> bytes | None:
    """The statement that a file of any kind of ours says it has, as far as it is there; nothing is checked. None where there is none."""
    if not data.startswith(BEGINNING):
        return None
    try:
        name, start, size = _local(data, len(BEGINNING))
    except PackageRefused:
        return None
    return data[start : start + size] if name == "manifest.json" and size <= MAX_MANIFEST else None


def leading(data: bytes) -> bytes:
    """The package that `data` begins with, whatever follows it. Raises PackageRefused PKG_…"""
    members = _walk(data)
    if not all(name.isascii() for name in members) or "mimetype" not in members:
        raise refused("PKG_MEMBERS")
    whole = build(members)
    if not data.startswith(whole):
        raise _why_not_canonical(data[: len(whole)], members)
    return whole


def _walk(data: bytes) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    at, attached, others = 0, 0, 0
    if not _FIRST.startswith(data[_LOCAL.size : _LOCAL.size + len(_FIRST)]):
        raise refused("PKG_NOT_A_PACKAGE")  # a workbook or letter dropped by mistake, among others
    while data.startswith(_LOCAL_MARK, at):
        name, start, size = _local(data, at)
        most = MAX_BUNDLE if _is_original(name) else _LIMITS.get(name, MAX_ATTACHMENTS)
        others += not _is_original(name)
        if size > most or name in members or others > MAX_MEMBERS or len(members) >= MAX_ORIGINALS + MAX_MEMBERS:
            raise refused("PKG_MEMBERS")
        at = start + size
        if at > len(data):
            raise refused("PKG_CUT")
        members[name] = data[start:at]
        attached += size if name not in _LIMITS and not _is_original(name) else 0
        if attached > MAX_ATTACHMENTS:
            raise refused("PKG_TOO_BIG")
    if not members:
        raise refused("PKG_CUT" if len(data) < 4 and _LOCAL_MARK.startswith(data) else "PKG_NOT_A_PACKAGE")
    if at + _END.size > len(data):
        raise refused("PKG_CUT")
    return members


def _is_original(name: str) -> bool:
    return name.startswith("originals/")


def _local(data: bytes, at: int) -> tuple[str, int, int]:
    """Name, first byte and size of the member whose local header stands at `at`."""
    if at + _LOCAL.size > len(data):
        raise refused("PKG_CUT")
    _, needed, flags, method, _, _, _, stored, size, length, extra = _LOCAL.unpack_from(data, at)
    if (needed, flags, method, extra) != (_NEEDED, _FLAGS, _METHOD, 0) or stored != size:
        raise refused("PKG_NOT_CANONICAL")
    start = at + _LOCAL.size + length
    if start > len(data):
        raise refused("PKG_CUT")
    return data[at + _LOCAL.size : start].decode("ascii", "replace"), start, size


def _why_not_canonical(data: bytes, members: dict[str, bytes]) -> PackageRefused:
    """Tells a bad copy (wrong checksum, or the end is missing) from a foreign container."""
    at = 0
    for name, content in members.items():
        check = _LOCAL.unpack_from(data, at)[6]
        if check != crc32(content):
            return refused("PKG_DAMAGED", name)
        at += _LOCAL.size + len(name) + len(content)
    if build(members).startswith(data):
        return refused("PKG_CUT")
    return refused("PKG_NOT_CANONICAL")
