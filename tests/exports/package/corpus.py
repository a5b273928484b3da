"""Hostile and broken packages, each with the code that must refuse it; None is a package that must be read.

Numbers are those of the corpus in the project's reliability research; cases of the register's versions (97) and of
lineage (100–102) belong to other parts. Every fault found in the field adds a case.
"""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, NamedTuple

from exports.package.container import MIMETYPE, build
from exports.package.manifest import ENROLMENT
from exports.package.reader import mark_of
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from forms.model.office import PersonRole
from tests.exports.package.corpus_entry import ENTRY
from tests.exports.package.parts import (
    ALONE,
    CLERK,
    PAYLOAD,
    FakeSigner,
    manifest_fields,
    members,
    package,
    sealed,
    with_manifest,
    with_payload,
)


class Case(NamedTuple):
    name: str
    code: str | None
    data: Callable[[], bytes]


def cases() -> Iterator[Case]:
    for table in (_files, _zips, _headers, _names, _texts, _values, _words, _seals, _lineage, *ENTRY):
        yield from (Case(*row) for row in table())


GOOD = package()
MEMBERS = members(GOOD)
TEXT = MEMBERS["payload.json"]
_UNKNOWN = FakeSigner("nobody", PersonRole.HEAD)


def _files() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    yield "1 empty file", "PKG_EMPTY", lambda: b""
    yield "2 one byte", "PKG_CUT", lambda: b"P"
    yield "2 one other byte", "PKG_NOT_A_PACKAGE", lambda: b"x"
    yield "3 only an end record", "PKG_NOT_A_PACKAGE", lambda: GOOD[-22:]
    yield "4 cut in a header", "PKG_CUT", lambda: GOOD[:20]
    yield "4 cut in a member", "PKG_CUT", lambda: GOOD[:900]
    yield "4 cut in the directory", "PKG_CUT", lambda: GOOD[:-60]
    yield "4 last byte missing", "PKG_CUT", lambda: GOOD[:-1]
    yield "5 one byte after", "PKG_NOT_CANONICAL", lambda: GOOD + b"\0"
    yield "6 a kilobyte before", "PKG_NOT_A_PACKAGE", lambda: b"\0" * 1024 + GOOD
    yield "7 a program before", "PKG_NOT_A_PACKAGE", lambda: b"MZ" + b"\0" * 510 + GOOD
    yield "8 two good files", "PKG_NOT_CANONICAL", lambda: GOOD + GOOD
    yield "9 a comment", "PKG_NOT_CANONICAL", lambda: GOOD[:-2] + b"\2\0hi"
    yield "10 an end record in a comment", "PKG_NOT_CANONICAL", lambda: GOOD[:-2] + b"\x16\0" + GOOD[-22:]
    yield "18 larger than any package", "PKG_TOO_BIG", lambda: GOOD + b"\0" * (22 * 2**20)


def _zips() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    good = list(MEMBERS.items())
    yield "11 same member twice", "PKG_MEMBERS", lambda: _zip([*good, good[2]])
    yield "12 member twice, other content", "PKG_MEMBERS", lambda: _zip([*good, ("payload.json", b"{}")])
    yield "17 deflated", "PKG_NOT_CANONICAL", lambda: _zip(good, method=zipfile.ZIP_DEFLATED)
    yield (
        "18 a bomb",
        "PKG_NOT_CANONICAL",
        lambda: _zip([*good[:2], ("payload.json", b"\0" * 2**22)], zipfile.ZIP_DEFLATED),
    )
    yield "20 overlapping members", "PKG_NOT_CANONICAL", _overlapping
    yield "21 a package in a package", "PKG_MEMBERS", lambda: _zip([*good[:2], ("payload.json", GOOD), *good])
    yield "22 thousands of members", "PKG_MEMBERS", lambda: _many(5000)
    yield "39 other order", "PKG_MEMBERS", lambda: build(dict([good[0], good[2], good[1], good[3]]))
    yield "39 mimetype not first", "PKG_NOT_A_PACKAGE", lambda: build(dict(good[1:] + good[:1]))
    for name in ("manifest.json", "payload.json", "signatures.json"):
        yield f"40 without {name}", "PKG_MEMBERS", lambda name=name: build({k: v for k, v in good if k != name})
    yield "41 an extra member", "PKG_MEMBERS", lambda: build(MEMBERS | {"more.txt": b""})
    yield "41 an unlisted attachment", "FILES_DIFFER", lambda: build(_inserted("attachments/001.bin"))
    yield "41 attachments with a gap", "PKG_MEMBERS", lambda: build(_inserted("attachments/002.bin"))
    yield "42 a listed attachment missing", "FILES_DIFFER", lambda: with_manifest(_list_an_attachment)
    yield (
        "a real zip of other things",
        "PKG_NOT_A_PACKAGE",
        lambda: _zip([("[Content_Types].xml", b"<x/>")], zipfile.ZIP_DEFLATED),
    )
    yield (
        "an OpenDocument file",
        "PKG_NOT_A_PACKAGE",
        lambda: _zip([("mimetype", b"application/vnd.oasis.opendocument.text")]),
    )
    yield "a longer mimetype", "PKG_NOT_A_PACKAGE", lambda: build(MEMBERS | {"mimetype": MIMETYPE + b"x"})
    yield "a manifest of 65 KiB", "PKG_MEMBERS", lambda: build(MEMBERS | {"manifest.json": b" " * 66_000})


def _headers() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    second = len("mimetype") + 30 + len(MIMETYPE)  # the local header of manifest.json
    directory = GOOD.index(b"PK\1\2")
    for name, at, value in (
        ("13 other name in the directory", directory + 46, b"M"),
        ("14 other size in the directory", directory + 24, b"\1"),
        ("26 method 99 in the directory", directory + 10, b"\x63"),
        ("31 symlink attribute", directory + 41, b"\xa1"),
        ("37 other attributes", directory + 38, b"\x10"),
        ("44 UTF-8 flag in the directory", directory + 9, b"\x08"),
        ("43 other date", second + 12, b"\x22"),
        ("43 other time", second + 10, b"\1"),
    ):
        yield name, "PKG_NOT_CANONICAL", lambda at=at, value=value: _patched(at, value)
    for name, at, value in (
        ("23 zip64 version", second + 4, b"\x2d"),
        ("24 encrypted flag", second + 6, b"\1"),
        ("25 data descriptor flag", second + 6, b"\x08"),
        ("26 method 99", second + 8, b"\x63"),
        ("44 UTF-8 flag", second + 7, b"\x08"),
        ("27 extra field", second + 28, b"\4"),
        ("16 other size", second + 22, b"\1"),
    ):
        yield name, "PKG_NOT_CANONICAL", lambda at=at, value=value: _patched(at, value)
    yield "15 wrong checksum", "PKG_DAMAGED", lambda: _patched(second + 14, b"\0\0\0\0")
    yield "15 changed content", "PKG_DAMAGED", lambda: GOOD.replace(b"1250", b"1260")
    yield "45 a gap before the directory", "PKG_NOT_CANONICAL", lambda: GOOD[:directory] + b"\0" + GOOD[directory:]


def _names() -> Iterator[tuple[str, str, Callable[[], bytes]]]:
    for number, name in (
        (28, "../payload.json"),
        (29, "C:\\payload.json"),
        (30, "/payload.json"),
        (31, "CON"),
        (31, "COM1.json"),
        (32, "payload.json."),
        (32, "payload.json "),
        (33, "payload.json::$DATA"),
        (34, "payload.json\0"),
        (35, "Payload.JSON"),
        (36, "pâyload.json"),
        (38, "payload.json/"),
    ):
        yield f"{number} named {name!r}", "PKG_MEMBERS", lambda name=name: _renamed(name)
    for names in (("manifest.json payload.json",), ("manifest.json", "payload.json attachments/001.bin")):
        # written one after the other they read like the right ones
        odd = {name: MEMBERS.get(name, TEXT) for name in ("mimetype", *names, "signatures.json")}
        yield f"two names in one, {names[-1]}", "PKG_MEMBERS", lambda odd=odd: build(odd)


def _texts() -> Iterator[tuple[str, str | None, Callable[[], bytes]]]:
    deep = b"[" * 100_000 + b"]" * 100_000
    for name, code, text in (
        ("46 BOM", "JSON_ENCODING", b"\xef\xbb\xbf" + TEXT),
        ("47 UTF-16", "JSON_ENCODING", TEXT.decode().encode("utf-16")),
        ("48 invalid UTF-8", "JSON_ENCODING", _note(b"\xff")),
        ("49 overlong UTF-8", "JSON_ENCODING", _note(b"\xc0\xaf")),
        ("50 lone surrogate", "JSON_NOT_CANONICAL", _note(b"\\ud800")),
        ("50 lone surrogate in bytes", "JSON_ENCODING", _note(b"\xed\xa0\x80")),
        ("51 NUL", "JSON_TEXT", _note(b"\0")),
        ("51 NUL escaped", "JSON_NOT_CANONICAL", _note(b"\\u0000")),
        ("52 key twice", "JSON_DUPLICATE_KEY", TEXT.replace(b'"as_of"', b'"as_of":null,"as_of"')),
        ("53 NaN", "JSON_NUMBER", _minutes(b"NaN")),
        ("53 Infinity", "JSON_NUMBER", _minutes(b"Infinity")),
        ("53 -Infinity", "JSON_NUMBER", _minutes(b"-Infinity")),
        ("54 1e400", "JSON_NUMBER", _minutes(b"1e400")),
        ("55 1.0 for 1", "JSON_NUMBER", _minutes(b"1.0")),
        ("56 -0", "JSON_NUMBER", _minutes(b"-0")),
        ("57 5,000 digits", "JSON_NUMBER", _minutes(b"9" * 5000)),
        ("58 2**53 + 1", "JSON_NUMBER", _minutes(b"9007199254740993")),
        ("58 more than a broadcast lasts", "JSON_VALUE", _minutes(b"1000001")),
        ("59 100,000 deep", "JSON_DEPTH", deep),
        ("60 eight levels", "JSON_SHAPE", b'{"x":' + b"[" * 7 + b"]" * 7 + b"}"),
        ("60 nine levels", "JSON_DEPTH", b'{"x":' + b"[" * 8 + b"]" * 8 + b"}"),
        ("60 nine levels beside brackets in texts", "JSON_DEPTH", b'{"x":["]",' + b"[" * 8 + b"]" * 8 + b"]}"),
        ("61 garbage after", "JSON_SYNTAX", TEXT + b"x"),
        ("62 white space", "JSON_NOT_CANONICAL", TEXT.replace(b":", b": ", 1)),
        ("62 a newline at the end", "JSON_TEXT", TEXT + b"\n"),
        (
            "63 unsorted keys",
            "JSON_NOT_CANONICAL",
            json.dumps(dict(reversed(PAYLOAD.items())), ensure_ascii=False, separators=(",", ":")).encode(),
        ),
        ("64 an escape for A", "JSON_NOT_CANONICAL", _note(b"\\u0041")),
        ("65 an escaped slash", "JSON_NOT_CANONICAL", _note(b"\\/")),
        ("66 true for 1", "JSON_SHAPE", _minutes(b"true")),
        ("66 1 for true", "JSON_SHAPE", TEXT.replace(b'"counted":true', b'"counted":1')),
        ("66 a number for an amount", "JSON_SHAPE", TEXT.replace(b'"amount":"1250"', b'"amount":1250')),
        ("67 null for a text", "JSON_SHAPE", TEXT.replace(b'"title":"Ph', b'"title":null,"titlf":"Ph')),
        ("68 a 5 MB text", "PKG_MEMBERS", _note(b"a" * 5_000_000)),
        ("69 20,001 rows", "JSON_SHAPE", dumps(PAYLOAD | {"cells": [_row(f"c{n:05}") for n in range(20_001)]})),
        ("70 __proto__", "JSON_SHAPE", b'{"__proto__":{},' + TEXT[1:]),
        ("70 __class__", "JSON_SHAPE", b'{"__class__":{},' + TEXT[1:]),
        ("an unknown key", "JSON_SHAPE", TEXT.replace(b'"estimate"', b'"colour":"red","estimate"')),
        ("not an object", "JSON_SHAPE", b"[]"),
        ("nothing", "JSON_SYNTAX", b""),
        ("a key missing", "JSON_SHAPE", TEXT.replace(b'"estimate":false,', b"")),
    ):
        yield name, code, lambda text=text: with_payload(text)


def _values() -> Iterator[tuple[str, str | None, Callable[[], bytes]]]:
    for amount in (
        "1_000",
        "+5",
        "١٢",
        "１２",
        "²",
        "1.000",
        "1,5",
        "01",
        "-0",
        "1.",
        ".5",
        "1e3",
        "",
        " 1",
        "0.0000001",
        "1234567890123456",
        "8.50",
    ):
        yield f"71 amount {amount!r}", "JSON_VALUE", lambda amount=amount: with_payload(_with_amount(amount))
    yield "74 a negative count is a finding, not damage", None, lambda: package(_with_cell(amount="-5"))
    yield "73 so is 150 per cent", None, lambda: package(_with_cell(amount="150"))
    yield "an amount on a blank cell", "JSON_VALUE", lambda: with_payload(dumps(_with_cell(state="blank")))
    yield "a given cell without amount", "JSON_VALUE", lambda: with_payload(TEXT.replace(b'"amount":"1250",', b""))
    yield "cells out of order", "JSON_VALUE", lambda: with_payload(dumps(PAYLOAD | {"cells": PAYLOAD["cells"][::-1]}))
    yield "a cell twice", "JSON_VALUE", lambda: with_payload(dumps(PAYLOAD | {"cells": PAYLOAD["cells"][:1] * 2}))
    yield "a state nobody knows", "JSON_VALUE", lambda: with_payload(TEXT.replace(b'"none"', b'"nil"'))
    yield "the 30th of February", "JSON_VALUE", lambda: with_payload(TEXT.replace(b"2025-10-20", b"2025-02-30"))
    yield (
        "channels out of order",
        "JSON_VALUE",
        lambda: with_payload(TEXT.replace(b'["loudspeaker","website"]', b'["website","loudspeaker"]')),
    )
    yield "totals that do not add up", "SUMMARY_DIFFERS", lambda: with_payload(TEXT.replace(b'"1250"', b'"1251"'))


def _words() -> Iterator[tuple[str, str | None, Callable[[], bytes]]]:
    for name, code, words in (
        ("75 right-to-left override", "JSON_TEXT", "\u202eabc"),
        ("75 isolate", "JSON_TEXT", "\u2067abc"),
        ("76 zero width", "JSON_TEXT", "a\u200bb"),
        ("78 combining marks", "JSON_TEXT", "a" + "\u0317" * 5),
        ("79 NFD", "JSON_TEXT", "Phu\u0323 nu\u031b\u0303"),
        ("80 tag characters", "JSON_TEXT", "\U000e0041"),
        ("82 a note without end", "JSON_VALUE", "x" * 200_000),
        ("81 markup is text", None, '<b>đậm</b></para> <img src="/etc/passwd"> & [[[1]]]'),
        ("83 a formula is text", None, '=cmd|" /C calc"!A1 @SUM ＝1'),
        ("84 old encodings are text", None, "BiÓn ®éng"),
    ):
        yield name, code, lambda words=words: with_payload(dumps(_with_cell(note=words)))
    yield (
        "76 zero width in a unit code",
        "JSON_TEXT",
        lambda: with_manifest(lambda m: m["unit"].update(code="198\u200b04")),
    )
    yield "77 Cyrillic in an id", "JSON_VALUE", lambda: with_manifest(lambda m: m.update(programme="nq28_huе"))


def _seals() -> Iterator[tuple[str, str | None, Callable[[], bytes]]]:
    manifest, block = MEMBERS["manifest.json"], MEMBERS["signatures.json"]
    marks = json.loads(block)
    other = json.loads(members(package(seq=8))["signatures.json"])

    def signed_with(value: Any) -> Callable[[], bytes]:
        return lambda: sealed(manifest, TEXT, signatures=dumps(value))

    yield "85 no seal", "SEAL_FORM", signed_with([])
    yield "85 one seal missing", "SEAL_SET", signed_with(marks[:1])
    yield "86 seals of another package", "SEAL_WRONG", signed_with(other)
    yield "87 sealed as another kind", "SEAL_WRONG", lambda: sealed(manifest, TEXT, kind=ENROLMENT.type)
    yield "87 another kind inside", "TYPE_OTHER", lambda: with_manifest(lambda m: m.update(type=ENROLMENT.type))
    yield "88 upper-case hex", "SEAL_FORM", signed_with([marks[0] | {"sig": marks[0]["sig"].upper()}, marks[1]])
    yield "89 an extra key", "SEAL_FORM", signed_with([marks[0] | {"alg": "none"}, marks[1]])
    yield "90 S + L", "SEAL_WRONG", signed_with([marks[0] | {"sig": _malleated(marks[0]["sig"])}, marks[1]])
    yield "92 the same key twice", "SEAL_FORM", signed_with([marks[0], marks[0]])
    yield "92 seals out of order", "SEAL_FORM", signed_with(marks[::-1])
    yield "92 a preparer alone", "SEAL_ROLES", lambda: _by(CLERK)
    yield "92 a sole officer alone", None, lambda: package(signers=(ALONE,))
    yield (
        "93 keyid of another key",
        "SEAL_WRONG",
        signed_with([{"keyid": m["keyid"], "sig": n["sig"]} for m, n in zip(marks, marks[::-1], strict=True)]),
    )
    yield "94 a key nobody enrolled", "KEY_UNKNOWN", lambda: package(signers=(CLERK, _UNKNOWN))
    yield (
        "93 a keyid that is not its key's",
        "KEY_ID",
        lambda: with_manifest(lambda m: m["signers"][0].update(public_key="aa" * 32)),
    )
    yield "96 a preparer who calls himself head", "SEAL_ROLES", lambda: _by(FakeSigner("clerk", PersonRole.SOLE))
    yield (
        "96 a head whose package calls her a preparer",
        "SEAL_ROLES",
        lambda: with_manifest(lambda m: [signer.update(role="preparer") for signer in m["signers"]]),
    )
    yield "nine seals", "SEAL_FORM", signed_with([marks[0] | {"keyid": f"{n:032x}"} for n in range(9)])
    yield "signatures that are no list", "SEAL_FORM", signed_with({"keyid": "x"})
    yield "98 a short seal", "SEAL_FORM", signed_with([marks[0] | {"sig": marks[0]["sig"][:-2]}, marks[1]])


def _lineage() -> Iterator[tuple[str, str | None, Callable[[], bytes]]]:
    def said(name: str, code: str | None, **fields: object) -> tuple[str, str | None, Callable[[], bytes]]:
        return name, code, lambda: with_manifest(lambda m: m.update(fields))

    yield said("103 revision 10**9", "JSON_VALUE", revision=10**9)
    yield said("revision 2 of nothing", "JSON_VALUE", revision=2)
    yield said("revision 1 that replaces", "JSON_VALUE", supersedes="ab" * 32)
    yield said("a period that is none", "JSON_VALUE", period="2025-Q5")
    yield said("a basis that is none", "JSON_VALUE", basis="nd10")
    yield said("a period of eleven characters", "JSON_VALUE", period="2011...2020")
    yield said("a span that ends before it begins", "JSON_VALUE", period="2020..2011")
    yield said("a later format", "FORMAT_NEWER", format=2)
    yield said("a kind of the future", "TYPE_OTHER", type="application/vnd.sobinhdang.song.v1+json")
    yield said("no practice, no truth", "JSON_SHAPE", practice=None)
    yield said("a statement with more", "JSON_SHAPE", colour="red")
    for moment in (
        "1970-01-01T00:00:00Z",
        "2038-01-19T03:14:08Z",
        "2099-12-31T23:59:59+07:00",
        "2569-01-05T08:30:00+07:00",
    ):
        yield said(f"104 a clock at {moment}", None, created_claimed=moment)
    yield said("a moment without a zone", "JSON_VALUE", created_claimed="2026-01-05T08:30:00")
    yield (
        "a payload of another size",
        "FILES_DIFFER",
        lambda: with_manifest(lambda m: m["files"]["payload.json"].update(size=1)),
    )


def _zip(entries: list[tuple[str, bytes]], method: int = zipfile.ZIP_STORED) -> bytes:
    """A ZIP as ordinary tools write it, with the fields of a canonical one where they can be set."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in entries:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.external_attr, info.compress_type = (
                0o100644 << 16,
                method if name != "mimetype" else zipfile.ZIP_STORED,
            )
            archive.fp.flush()
            _write_quietly(archive, info, content)
    return file.getvalue()


def _write_quietly(archive: zipfile.ZipFile, info: zipfile.ZipInfo, content: bytes) -> None:
    archive.NameToInfo.pop(info.filename, None)  # zipfile warns of a name given twice: here it is meant
    archive.writestr(info, content)


def _many(count: int) -> bytes:
    return build({"mimetype": MIMETYPE} | {f"{number:04d}": b"" for number in range(count)})


def _overlapping() -> bytes:
    """The directory points twice at one member."""
    at = GOOD.rindex(b"PK\1\2")
    return GOOD[: at + 42] + struct.pack("<I", 0) + GOOD[at + 46 :]


def _patched(at: int, value: bytes) -> bytes:
    return GOOD[:at] + value + GOOD[at + len(value) :]


def _renamed(name: str) -> bytes:
    """A good package whose payload has another name: raw, since no honest writer would write it."""
    stand_in = "p" * len(name.encode())
    renamed = {stand_in if key == "payload.json" else key: value for key, value in MEMBERS.items()}
    return build(renamed).replace(stand_in.encode(), name.encode())


def _inserted(name: str) -> dict[str, bytes]:
    entries = list(MEMBERS.items())
    return dict([*entries[:-1], (name, b"x"), entries[-1]])


def _list_an_attachment(fields: dict[str, Any]) -> None:
    fields["files"]["attachments/001.bin"] = {"name": "Ảnh.jpg", "sha256": sha256(b"").hexdigest(), "size": 0}


def _note(raw: bytes) -> bytes:
    return TEXT.replace("Theo sổ của Hội Phụ nữ".encode(), raw)


def _minutes(raw: bytes) -> bytes:
    return TEXT.replace(b'"minutes":5', b'"minutes":' + raw)


def _row(name: str) -> dict[str, str]:
    return {"cell": name, "state": "none", "note": ""}


def _with_cell(**fields: str) -> dict[str, Any]:
    cell = {"cell": "people_reached.female", "state": "given", "amount": "1250", "note": ""} | fields
    other = {"cell": "people_reached.male", "state": "given", "amount": "1180.5", "note": ""}
    return PAYLOAD | {"cells": [PAYLOAD["cells"][0], cell, other]}


def _with_amount(amount: str) -> bytes:
    return dumps(_with_cell(amount=amount))


def _malleated(signature: str) -> str:
    raw = bytes.fromhex(signature)
    order = 2**252 + 27742317777372353535851937790883648493
    return (raw[:32] + (int.from_bytes(raw[32:], "little") + order).to_bytes(32, "little")).hex()


def _by(signer: FakeSigner) -> bytes:
    """Sealed by one signer only, past the writer's own refusal."""
    fields = manifest_fields()
    person = signer.person
    fields["signers"] = [
        {
            "keyid": person.keyid,
            "public_key": person.public_key.hex(),
            "role": person.role.value,
            "person": person.name,
            "title": person.title,
        }
    ]
    text = dumps(fields)
    marks = dumps(write_marks((mark_of(signer, signed_bytes(fields["type"], text)),)))
    return sealed(text, TEXT, signatures=marks)
