"""Hostile and broken packages of what came with entry for every programme: years, agencies, tasks, proposals, evidence.
A part of corpus.py."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any

from exports.package.container import MAX_ATTACHMENTS, MIMETYPE, build
from exports.package.manifest import REPORT
from exports.package.payload import summary_of
from exports.package.reader import mark_of
from exports.package.seal import signed_bytes, write_marks
from exports.package.strict_json import dumps
from tests.exports.package.parts import CLERK, HEAD, PAYLOAD, manifest_fields, package, with_payload

Row = tuple[str, str | None, Callable[[], bytes]]
TASK = {
    "id": "t-1",
    "state": "running",
    "percent": 40,
    "started": "2019-01-02",
    "finished": None,
    "product": "Kế hoạch",
    "result": "",
    "evidence": "",
    "due": "2019-06-01",
}
NOMINATION = {"kind": "person", "name": "Lê Thị A", "form": "Bằng khen", "ground": "10 năm"}
PICTURE, PAGE = b"\xff\xd8\xff picture", b"%PDF-1.7 page"


def digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def with_files(named: object, *contents: bytes, change: Callable[[dict[str, Any]], object] = lambda _: None) -> bytes:
    """A sealed package whose one news item names these digests, with these attachments, whatever they are."""
    payload = PAYLOAD | {"news": [{**PAYLOAD["news"][0], "files": named}]}
    text = dumps(payload)
    files = {f"attachments/{n:03d}.bin": data for n, data in enumerate(contents, 1)}
    listed = {name: {"name": "Ảnh.jpg", "sha256": digest(data), "size": len(data)} for name, data in files.items()}
    fields = manifest_fields()
    fields["files"] = {"payload.json": {"sha256": digest(text), "size": len(text)}} | listed
    fields["summary"] = summary_of(payload | {"news": PAYLOAD["news"]})
    change(fields)
    manifest = dumps(fields)
    marks = tuple(mark_of(signer, signed_bytes(REPORT.type, manifest)) for signer in (CLERK, HEAD))
    return build(
        {"mimetype": MIMETYPE, "manifest.json": manifest, "payload.json": text}
        | files
        | {"signatures.json": dumps(write_marks(marks))}
    )


def _told(**parts: object) -> Callable[[], bytes]:
    """A package with these parts, past the writer's own refusals."""
    return lambda: with_payload(dumps(PAYLOAD | parts))


def _good(**parts: object) -> Callable[[], bytes]:
    return lambda: package(PAYLOAD | parts)


def _cells(*names: str) -> list[dict[str, str]]:
    return [{"cell": name, "state": "none", "note": ""} for name in names]


def _years() -> Iterator[Row]:
    yield "a year of a span", None, _good(cells=_cells("jobs@2015", "reached.female@2015", "reached.male@2020"))
    for name in (
        "jobs@",
        "jobs@15",
        "jobs@0999",
        "jobs@3015",
        "jobs@20155",
        "jobs@2015@2016",
        "@2015",
        "jobs@2015.female",
        "jobs.@2015",
        "jobs @2015",
        "jobs@２０１５",
    ):
        yield f"a cell named {name}", "JSON_VALUE", _told(cells=_cells(name))
    yield "years out of order", "JSON_VALUE", _told(cells=_cells("jobs@2020", "jobs@2015"))
    yield "a year twice", "JSON_VALUE", _told(cells=_cells("jobs@2015", "jobs@2015"))
    change = {"cell": "jobs@2015", "old": "1", "new": "none", "reason": ""}
    yield "a correction of one year", None, _good(changes=[change])
    yield "a reason for one year", None, _good(explanations=[{"check": "few:jobs@2015", "reason": "bão"}])


def _roles() -> Iterator[Row]:
    yield "an agency", None, _good(role="agency")
    for role in ("Agency", "mayor", ""):
        yield f"role {role!r}", "JSON_VALUE", _told(role=role)


def _tasks() -> Iterator[Row]:
    yield "a task with a day of its own", None, _good(tasks=[TASK])
    yield "a task without one", None, _good(tasks=[{k: v for k, v in TASK.items() if k != "due"}])
    for due, code in (
        ("soon", "JSON_VALUE"),
        ("", "JSON_VALUE"),
        ("2019-02-30", "JSON_VALUE"),
        ("2019-6-1", "JSON_VALUE"),
        ("2019-06-01T00:00:00Z", "JSON_VALUE"),
        ("01/06/2019", "JSON_VALUE"),
        (None, "JSON_SHAPE"),
        (20190601, "JSON_SHAPE"),
    ):
        yield f"due {due!r}", code, _told(tasks=[TASK | {"due": due}])
    for percent, code in ((101, "JSON_VALUE"), (-1, "JSON_VALUE"), ("40", "JSON_SHAPE"), (True, "JSON_SHAPE")):
        yield f"percent {percent!r}", code, _told(tasks=[TASK | {"percent": percent}])
    yield "a task twice", "JSON_VALUE", _told(tasks=[TASK, TASK])
    yield "tasks out of order", "JSON_VALUE", _told(tasks=[TASK | {"id": "t-2"}, TASK])
    yield "a task of no state", "JSON_VALUE", _told(tasks=[TASK | {"state": "half done"}])
    yield "a task with a colour", "JSON_SHAPE", _told(tasks=[TASK | {"colour": "red"}])
    yield "a thousand and one tasks", "JSON_SHAPE", _told(tasks=[TASK | {"id": f"t{n:04}"} for n in range(1001)])


def _nominations() -> Iterator[Row]:
    yield "a proposal", None, _good(nominations=[NOMINATION, NOMINATION | {"kind": "collective"}])
    yield "a proposal that was not counted", "SUMMARY_DIFFERS", _told(nominations=[NOMINATION])
    yield "a proposal of nobody", "JSON_VALUE", _told(nominations=[NOMINATION | {"name": ""}])
    yield "a name of two lines", "JSON_VALUE", _told(nominations=[NOMINATION | {"name": "Lê\nThị A"}])
    yield "a name without end", "JSON_VALUE", _told(nominations=[NOMINATION | {"name": "A" * 201}])
    yield "a family proposed", "JSON_VALUE", _told(nominations=[NOMINATION | {"kind": "family"}])
    yield "a proposal without ground", "JSON_SHAPE", _told(nominations=[{**NOMINATION, "ground": None}])


def _evidence() -> Iterator[Row]:
    picture, page = digest(PICTURE), digest(PAGE)
    yield "evidence that is attached", None, lambda: with_files([picture, page], PICTURE, PAGE)
    yield "evidence named in another order than attached", None, lambda: with_files([page, picture], PICTURE, PAGE)
    yield "evidence that no item names", None, lambda: with_files([picture], PICTURE, PAGE)
    yield "evidence that is not attached", "FILES_DIFFER", lambda: with_files([picture, page], PICTURE)
    yield "the report as its own evidence", "FILES_DIFFER", lambda: with_files([_own_digest()], PICTURE)
    yield "evidence named twice", "JSON_VALUE", lambda: with_files([picture, picture], PICTURE)
    six = [bytes([n]) for n in range(6)]
    yield "six files to an item", "JSON_SHAPE", lambda: with_files([digest(data) for data in six], *six)
    yield "a list of no files", "JSON_VALUE", lambda: with_files([], PICTURE)
    yield "no list of files", "JSON_SHAPE", lambda: with_files(None, PICTURE)
    yield "a digest in capitals", "JSON_VALUE", lambda: with_files([picture.upper()], PICTURE)
    yield "half a digest", "JSON_VALUE", lambda: with_files([picture[:32]], PICTURE)
    yield "a path for a digest", "JSON_VALUE", lambda: with_files(["../" * 21 + "x"], PICTURE)
    yield (
        "evidence without a name",
        "JSON_SHAPE",
        lambda: with_files([picture], PICTURE, change=lambda m: m["files"]["attachments/001.bin"].pop("name")),
    )
    yield (
        "a report with a name",
        "JSON_SHAPE",
        lambda: with_files([picture], PICTURE, change=lambda m: m["files"]["payload.json"].update(name="x")),
    )
    yield (
        "evidence of another size",
        "FILES_DIFFER",
        lambda: with_files([picture], PICTURE, change=lambda m: m["files"]["attachments/001.bin"].update(size=1)),
    )
    yield (
        "evidence that was changed",
        "PKG_DAMAGED",
        lambda: with_files([picture], PICTURE).replace(b"picture", b"pikture"),
    )
    yield "more evidence than a package holds", "PKG_TOO_BIG", _too_much
    yield "one file larger than all may be", "PKG_MEMBERS", lambda: with_files([picture], bytes(MAX_ATTACHMENTS + 1))
    many = [bytes([n]) for n in range(37)]
    yield "thirty-seven files", "PKG_MEMBERS", lambda: with_files([digest(many[0])], *many)


def _own_digest() -> str:
    """Of a payload that names it there is none; that of the payload without the name will do."""
    return digest(dumps(PAYLOAD))


def _too_much() -> bytes:
    half = bytes(MAX_ATTACHMENTS // 2)
    return with_files([digest(half)], half, half + b"1")


ENTRY = (_years, _roles, _tasks, _nominations, _evidence)
