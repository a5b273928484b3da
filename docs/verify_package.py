"""Checks packages (.bdg, format 1, also inside a PDF) by docs/package-format.md alone: python verify_package.py FILE…

Shares no code with the program. Needs Python 3.11 and the `cryptography` package. It shows that nothing was changed
since the seals were set and that the seals fit the keys inside the file. Whose keys those are it cannot know: compare
the printed 30 digits with the stamped paper. A supply file carries no key: name the issuer's enrolment file beside it.
"""

import hashlib
import json
import re
import struct
import sys
import unicodedata
import zlib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

REPORT = "application/vnd.sobinhdang.report.v1+json"
ENROLMENT = "application/vnd.sobinhdang.enrolment.v1+json"
SUPPLY = "application/vnd.sobinhdang.supply.v1+json"
BUNDLE = "application/vnd.sobinhdang.bundle.v1+json"
ORDER = {
    REPORT: r"mimetype\nmanifest\.json\npayload\.json(\nattachments/[0-9]{3}\.bin)*\nsignatures\.json",
    ENROLMENT: r"mimetype\nmanifest\.json\nsignatures\.json",
    SUPPLY: r"mimetype\nmanifest\.json\npayload\.json\nsignatures\.json",
    BUNDLE: r"mimetype\nmanifest\.json\npayload\.json(\noriginals/[0-9]{4}\.bdg)*\nsignatures\.json",
}
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
Y8 = 55188659117513257062467267217118295137698188065244968500265048394206261417927


Shape = Callable[[Any], object]  # whether a value is as the page has it


def need(true: object, words: str) -> None:
    if not true:
        raise ValueError(words)


def word(pattern: str) -> Shape:
    return lambda value: type(value) is str and re.fullmatch(pattern, value)


def text(most: int = 1000, *, lines: bool = False, empty: bool = True) -> Shape:
    """One that may not be empty neither begins nor ends with white space."""
    return lambda value: (
        type(value) is str
        and len(value) <= most
        and (lines or "\n" not in value)
        and (empty or (value and not value[0].isspace() and not value[-1].isspace()))
    )


def whole(low: int, high: int) -> Shape:
    return lambda value: type(value) is int and low <= value <= high


def one_of(*values: object) -> Shape:
    return lambda value: any(type(value) is type(known) and value == known for known in values)


def maybe(shape: Shape) -> Shape:
    return lambda value: value is None or shape(value)


def rows(shape: Shape, most: int, key: Callable[[Any], Any] | None = None) -> Shape:
    """With a key in ascending order of it, each once."""

    def holds(value: Any) -> bool:
        return type(value) is list and len(value) <= most and all(map(shape, value)) and ascending(value)

    def ascending(value: list[Any]) -> bool:
        keys = [key(row) for row in value] if key else []
        return keys == sorted(set(keys))

    return holds


def table(key: Shape, shape: Shape, most: int) -> Shape:
    return lambda value: (
        type(value) is dict and len(value) <= most and all(map(key, value)) and all(map(shape, value.values()))
    )


def record(optional: str = "", **fields: Shape) -> Shape:
    """Exactly these keys; the optional ones may be missing."""

    def holds(value: Any) -> bool:
        need(type(value) is dict and fields.keys() - {*optional.split()} <= value.keys() <= fields.keys(), "other keys")
        for name, inner in value.items():
            need(fields[name](inner), f"{name} is not as it should be")
        return True

    return holds


def day(value: Any) -> bool:
    return type(value) is str and bool(re.fullmatch(r"[12][0-9]{3}(-[0-9]{2}){2}", value) and date.fromisoformat(value))


def period(value: Any) -> bool:
    """2025 · 2025-H1 · 2025-Q4 · 2025-11 · 2011..2020"""
    single = type(value) is str and re.fullmatch(r"20[0-9]{2}(-(Q[1-4]|H[12]|0[1-9]|1[0-2]))?", value)
    span = type(value) is str and re.fullmatch(r"(20[0-9]{2})\.\.(20[0-9]{2})", value)
    return bool(single or (span and span[1] < span[2]))


AMOUNT = r"0|-?[1-9][0-9]{0,14}|-?(0|[1-9][0-9]{0,14})\.[0-9]{0,5}[1-9]"
STATES = ("given", "blank", "none", "not_applicable", "not_collected")
CELL = r"[a-z][a-z0-9_]{0,63}(\.[a-z0-9_]{1,63})?(@[12][0-9]{3})?"
IDENTIFIER, COUNTER, FLAG = word("[a-z][a-z0-9_]{0,63}"), whole(0, 2**53 - 1), one_of(True, False)
DIGEST, KEYID, NOTE = word("[0-9a-f]{64}"), word("[0-9a-f]{32}"), text(lines=True)
AMOUNT_OR_STATE = word("|".join((AMOUNT, *STATES)))
ROW_ID = word("[a-z0-9][a-z0-9_.-]{0,63}")
COMMON: dict[str, Any] = {
    "type": one_of(REPORT, ENROLMENT, SUPPLY, BUNDLE),
    "format": one_of(1),
    "unit": record(code=word("[0-9A-Za-z][0-9A-Za-z._-]{0,31}"), name=text(200, empty=False), valid_from=day),
    "created_claimed": word(
        "[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3])(:[0-5][0-9]){2}"
        "(Z|[+-](0[0-9]|1[0-4]):[0-5][0-9])"
    ),
    "app_version": word("[0-9A-Za-z][0-9A-Za-z.+-]{0,31}"),
}
PERSON: dict[str, Any] = {
    "person": text(200, empty=False),
    "title": text(200),
    "role": one_of("preparer", "head_of_unit", "sole_officer"),
    "public_key": DIGEST,
}
PACK: dict[str, Any] = {"id": IDENTIFIER, "version": whole(1, 9999)}
SEALS = rows(record(keyid=KEYID, sig=word("[0-9a-f]{128}")), 8, key=lambda seal: seal["keyid"])
STATED: dict[str, Any] = COMMON | {
    "package_id": KEYID,
    "programme": IDENTIFIER,
    "programme_version": whole(1, 9999),
    "programme_sha256": DIGEST,
    "form": IDENTIFIER,
    "form_version": whole(1, 9999),
    "period": period,
    "basis": one_of("calendar", "nd09"),
    "revision": whole(1, 9999),
    "supersedes": maybe(DIGEST),
    "seq": COUNTER,
    "signers": rows(record(keyid=KEYID, **PERSON), 8, key=lambda signer: signer["keyid"]),
    "audit_head": DIGEST,
    "audit_count": COUNTER,
    "practice": FLAG,
}
MANIFESTS = {
    BUNDLE: record(
        **STATED,
        files=table(word(r"payload\.json"), record(sha256=DIGEST, size=whole(0, 2**24)), 1),
        summary=record(rows=whole(0, 4000), control_totals=record()),
    ),
    REPORT: record(
        **STATED,
        files=table(
            word(r"payload\.json|attachments/[0-9]{3}\.bin"),
            record("name", name=text(200, empty=False), sha256=DIGEST, size=whole(0, 2**24)),
            40,
        ),
        summary=record(
            rows=whole(0, 20_000), control_totals=record(amounts=lambda _: True, news_counted=lambda _: True)
        ),
    ),
    ENROLMENT: record(**COMMON, **PERSON),
    SUPPLY: record(
        **COMMON,
        practice=FLAG,
        packs=rows(record(**PACK, sha256=DIGEST), 20, key=lambda pack: (pack["id"], pack["version"])),
        payload=record(sha256=DIGEST, size=whole(2, 2**22)),
    ),
}
TASK = record(
    "due",
    id=ROW_ID,
    state=one_of("not_started", "running", "done"),
    percent=whole(0, 100),
    started=maybe(day),
    finished=maybe(day),
    due=day,
    product=NOTE,
    result=NOTE,
    evidence=NOTE,
)
NEWS = record(
    "files",
    id=KEYID,
    date=day,
    title=text(300, empty=False),
    kind=one_of("brief", "feature", "slot", "other"),
    channels=rows(word("[a-z][a-z0-9_]{0,39}"), 40, key=str),
    origin=one_of("own", "relayed"),
    language=text(),
    minutes=maybe(whole(0, 10**6)),
    words=maybe(whole(0, 10**6)),
    airings=whole(0, 10**6),
    topic=text(),
    author=text(),
    evidence=NOTE,
    counted=FLAG,
    reason=NOTE,
    files=lambda value: rows(DIGEST, 5)(value) and len({*value}) == len(value) > 0,
)
REASON = text(lines=True, empty=False)
UNIT_KEY = lambda unit: (unit["code"], unit["valid_from"])  # noqa: E731 - the order of units
REPORTED = record(
    role=one_of("reporting_unit", "summing_unit", "agency"),
    as_of=maybe(day),
    estimate=FLAG,
    cells=rows(
        record("amount", amount=word(AMOUNT), cell=word(CELL), note=NOTE, state=one_of(*STATES)),
        20_000,
        key=lambda row: row["cell"],
    ),
    news=rows(NEWS, 20_000, key=lambda row: (row["date"], row["id"])),
    narratives=table(ROW_ID, text(20_000, lines=True, empty=False), 200),
    tasks=rows(TASK, 1000, key=lambda row: row["id"]),
    nominations=rows(
        record(kind=one_of("collective", "person"), name=text(200, empty=False), form=text(), ground=NOTE), 5000
    ),
    explanations=rows(
        record(check=word("[A-Za-z0-9_][A-Za-z0-9_.:@-]{0,159}"), reason=REASON), 5000, key=lambda row: row["check"]
    ),
    changes=rows(
        record(cell=word(CELL), old=AMOUNT_OR_STATE, new=AMOUNT_OR_STATE, reason=NOTE),
        20_000,
        key=lambda row: row["cell"],
    ),
)
ENTRY = record(
    at=COMMON["created_claimed"],
    by=text(200, empty=False),
    file=record(name=text(200, empty=False), sha256=DIGEST, size=whole(0, 2**24)),
    form_version=whole(1, 9999),
    office=COMMON["unit"],
    programme_sha256=DIGEST,
    programme_version=whole(1, 9999),
    report=lambda value: REPORTED(value) and not any("files" in item for item in value["news"]),
    source=one_of("workbook", "paper"),
    unit=COMMON["unit"],
)
ADJUSTMENT = record(
    amount=word(AMOUNT.replace("-?", "")),
    at=COMMON["created_claimed"],
    by=text(200, empty=False),
    cell=word(CELL),
    office=COMMON["unit"],
    reason=text(500, empty=False),
    unit=COMMON["unit"],
    was=word("|".join((AMOUNT, *STATES[1:]))),
)
PAYLOADS = {
    BUNDLE: record(
        "adjustments on_behalf",
        adjustments=lambda value: (
            value
            and rows(ADJUSTMENT, 20_000, key=lambda one: (one["unit"]["code"], one["unit"]["valid_from"], one["cell"]))(
                value
            )
        ),
        on_behalf=lambda value: (
            value and rows(ENTRY, 4000, key=lambda one: (one["unit"]["code"], one["unit"]["valid_from"]))(value)
        ),
        keys=rows(record(keyid=KEYID, unit=COMMON["unit"], **PERSON), 8000, key=lambda key: key["keyid"]),
        missing=rows(COMMON["unit"], 4000, key=UNIT_KEY),
        originals=rows(record(sha256=DIGEST, size=whole(1, 2**28)), 4000, key=lambda one: one["sha256"]),
    ),
    REPORT: REPORTED,
    SUPPLY: record(
        packs=rows(
            record(**PACK, files=table(word(r"[a-z][a-z0-9_]{0,63}\.toml"), text(2**19, lines=True), 20)),
            20,
            key=lambda pack: (pack["id"], pack["version"]),
        )
    ),
}


def container(members: dict[str, bytes]) -> bytes:
    """§2: the only file that holds these members."""
    body = directory = b""
    for name, content in members.items():
        common = struct.pack("<4H3I2H", 0, 0, 0, 33, zlib.crc32(content), len(content), len(content), len(name), 0)
        directory += (
            struct.pack("<IHH", 0x02014B50, 788, 20)
            + common
            + struct.pack("<3H2I", 0, 0, 0, 0o100644 << 16, len(body))
            + name.encode()
        )
        body += struct.pack("<IH", 0x04034B50, 20) + common + name.encode() + content
    count = len(members)
    return body + directory + struct.pack("<I4H2IH", 0x06054B50, 0, 0, count, count, len(directory), len(body), 0)


def members_of(data: bytes) -> dict[str, bytes]:
    """The members, found from the directory at the end."""
    need(22 < len(data) <= 2**28 and data[-22:-18] == b"PK\5\6", "not a package, or cut")
    count, at = struct.unpack("<H", data[-12:-10])[0], struct.unpack("<I", data[-6:-2])[0]
    members: dict[str, bytes] = {}
    for _ in range(min(count, 4040)):
        need(len(data) - at > 46, "directory cut")
        size, length, start = *struct.unpack_from("<IH", data, at + 24), struct.unpack_from("<I", data, at + 42)[0]
        name = data[at + 46 : at + 46 + length].decode("ascii")
        members[name] = data[start + 30 + length : start + 30 + length + size]
        at += 46 + length
    need(container(members) == data, "not the canonical container, or damaged")
    return members


def is_pdf(data: bytes) -> bool:
    return not data.startswith(b"PK\3\4") and b"%PDF-" in data[:1024]


def inside(data: bytes) -> bytes:
    """§11: the one package in a PDF, from its opening bytes to the end of its directory."""
    if not is_pdf(data):
        return data
    need(len(data) <= 2**25, "too long")
    opening = container({"mimetype": b"application/vnd.sobinhdang.package+zip"})[:76]
    start = at = data.find(opening)
    need(start >= 0, "a PDF without a package")
    while data.startswith(b"PK\3\4", at):
        size, length = struct.unpack_from("<IH", data, at + 22)
        at += 30 + length + size
    while data.startswith(b"PK\1\2", at):
        at += 46 + struct.unpack_from("<H", data, at + 28)[0]
    need(opening not in data[at:], "a PDF with two packages")
    return data[start : at + 22]


def number(text: str) -> int:
    need(text != "-0" and len(text) < 18 and abs(int(text)) < 2**53, "a number outside the subset")
    return int(text)


def strict(data: bytes) -> Any:
    """§3: JSON with one text for one value."""
    need(len(data) <= 4 * 2**20, "too long")
    text = data.decode("utf-8")
    need(
        not {*map(unicodedata.category, {*text})} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"},
        "a forbidden character",
    )
    need(
        unicodedata.is_normalized("NFC", text) and not re.search("[\u0300-\u036f]{3}", text),
        "not NFC, or too many marks",
    )
    need(not re.sub(r'\\[\\"n]', "", text).count("\\"), "an escape outside the subset")
    value = json.loads(text, parse_int=number, parse_float=lambda t: need(0, t), parse_constant=lambda t: need(0, t))
    again = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    need(again == text, "not the canonical text")
    need(levels(value) <= 8, "nested too deep")
    return value


def levels(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    return 0 if inner is None else 1 + max(map(levels, inner), default=0)


def keyid_of(key: bytes) -> str:
    """§4; refuses keys under which anybody can sign."""
    y = int.from_bytes(key, "little") % 2**255
    need(len(key) == 32 and y < P and y not in (0, 1, P - 1, Y8, P - Y8), "a weak key")
    return hashlib.sha256(b"sbd-key-v1" + key).hexdigest()[:32]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digits(digest: bytes) -> str:
    return re.sub(r"(\d{5})(?=\d)", r"\1 ", f"{int.from_bytes(digest) % 10**30:030d}")


def check_seals(manifest: dict[str, Any], seals: list[Any], signed: bytes, known: dict[str, str]) -> list[str]:
    """The keyids whose seals could not be checked: only a supply file is without its keys."""
    if manifest["type"] == SUPPLY:
        keys = {seal["keyid"]: known.get(seal["keyid"]) for seal in seals}
    elif manifest["type"] == ENROLMENT:
        keys = {keyid_of(bytes.fromhex(manifest["public_key"])): manifest["public_key"]}
    else:
        keys = {signer["keyid"]: signer["public_key"] for signer in manifest["signers"]}
        roles = {signer["role"] for signer in manifest["signers"]}
        need(manifest["type"] == REPORT or roles & {"sole_officer", "head_of_unit"}, "no head's seal")
        need(
            manifest["type"] == BUNDLE or "sole_officer" in roles or {"preparer", "head_of_unit"} <= roles,
            "seals missing",
        )
    need(seals and [seal["keyid"] for seal in seals] == [*keys], "the seals are not those of the listed signers")
    for seal in seals:
        mark, key = bytes.fromhex(seal["sig"]), keys[seal["keyid"]]
        need(int.from_bytes(mark[32:], "little") < L, "a seal with two spellings")
        if key is not None:
            need(keyid_of(bytes.fromhex(key)) == seal["keyid"], "a key under another's name")
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(mark, signed)
    return [keyid for keyid, key in keys.items() if key is None]


def check_report(manifest: dict[str, Any], payload: dict[str, Any], members: dict[str, bytes]) -> None:
    """§5 and §6: digests of every member, evidence, and the control totals."""
    need(
        (manifest["revision"] == 1) == (manifest["supersedes"] is None), "a first report that replaces, or the reverse"
    )
    names = [name for name in members if name == "payload.json" or name.startswith("attachments/")]
    numbered = [f"attachments/{number:03d}.bin" for number in range(1, len(names))]
    need(names == ["payload.json", *numbered] and {*names} == {*manifest["files"]}, "the listed files differ")
    need(sum(len(members[name]) for name in numbered) <= 2**24, "too much evidence")
    for name in names:
        file, content = manifest["files"][name], members[name]
        need(file["size"] == len(content) and file["sha256"] == sha256(content), f"{name} was changed")
        need(("name" in file) == (name in numbered), f"{name} without a name, or with one")
    named = {digest for item in payload["news"] for digest in item.get("files", ())}
    need(named <= {manifest["files"][name]["sha256"] for name in numbered}, "evidence that is not attached")
    need(all(("amount" in cell) == (cell["state"] == "given") for cell in payload["cells"]), "an amount out of place")
    total = f"{sum((Decimal(cell['amount']) for cell in payload['cells'] if 'amount' in cell), Decimal(0)):f}"
    total = total.rstrip("0").rstrip(".") if "." in total else total
    counted = str(sum(item["counted"] for item in payload["news"]))
    length = sum(len(payload[part]) for part in ("cells", "news", "tasks", "nominations"))
    need(
        manifest["summary"] == {"control_totals": {"amounts": total, "news_counted": counted}, "rows": length},
        "the control totals differ",
    )


def check_supply(manifest: dict[str, Any], payload: dict[str, Any], content: bytes) -> None:
    """§8: the payload, and the digest of each pack over its definition files."""
    need(manifest["payload"] == {"sha256": sha256(content), "size": len(content)}, "payload.json was changed")
    need(manifest["packs"] == [named(pack) for pack in payload["packs"]], "the listed packs differ")


def check_bundle(manifest: dict[str, Any], payload: dict[str, Any], members: dict[str, bytes]) -> list[bytes]:
    """§12: the list of originals and the keys that the office vouches for. The originals are checked one by one."""
    need(
        (manifest["revision"] == 1) == (manifest["supersedes"] is None), "a first bundle that replaces, or the reverse"
    )
    content, file = members["payload.json"], manifest["files"]["payload.json"]
    need(file == {"sha256": sha256(content), "size": len(content)}, "payload.json was changed")
    originals = [data for name, data in members.items() if name.startswith("originals/")]
    numbered = [f"originals/{number:04d}.bdg" for number in range(1, len(originals) + 1)]
    need([name for name in members if name.startswith("originals/")] == numbered, "originals out of number")
    need(
        payload["originals"] == [{"sha256": sha256(one), "size": len(one)} for one in originals], "the originals differ"
    )
    need(manifest["summary"]["rows"] == len(originals), "another number of originals")
    for entry in payload.get("on_behalf", ()):
        cells = entry["report"]["cells"]
        need(all(("amount" in cell) == (cell["state"] == "given") for cell in cells), "an amount out of place")
    for key in payload["keys"]:
        need(keyid_of(bytes.fromhex(key["public_key"])) == key["keyid"], "a key under another's name")
    return originals


def named(pack: dict[str, Any]) -> dict[str, Any]:
    files = sorted((name, text.encode()) for name, text in pack["files"].items())
    content = b"".join(b"%s\n%d\n%s" % (name.encode(), len(data), data) for name, data in files)
    return {"id": pack["id"], "version": pack["version"], "sha256": sha256(content)}


def check(data: bytes, known: dict[str, str] | None = None) -> dict[str, Any]:
    """What a good package says: type, unit, digest, digits, signers and (a report) period and revision. Else ValueError.

    `known`: keyid → public key in hex, for the seals of a supply file; `unchecked` names those it lacks. `pages` is true
    where the package lies in a PDF, of which nothing else was looked at; `originals` are the files in a bundle."""
    originals: list[bytes] = []
    try:
        members = members_of(inside(data))
        manifest, seals = strict(members["manifest.json"]), strict(members["signatures.json"])
        kind, statement = manifest["type"], members["manifest.json"]
        need(re.fullmatch(ORDER[kind], "\n".join(members)), "another kind, or other members")
        need(len(statement) <= 2**16 >= len(members["signatures.json"]), "too long")
        need(members["mimetype"] == b"application/vnd.sobinhdang.package+zip", "another mimetype")
        need(
            kind == BUNDLE
            or (len(data) <= 2**25 and len(members) <= 40 and sum(map(len, members.values())) < 21_168_128),
            "too long",
        )
        need(kind == REPORT or not is_pdf(data), "a PDF carries reports alone")
        need(MANIFESTS[kind](manifest) and SEALS(seals), "not as the page has it")
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(statement), statement)
        unchecked = check_seals(manifest, seals, signed, known or {})
        if kind != ENROLMENT:
            payload = strict(members["payload.json"])
            need(PAYLOADS[kind](payload), "payload.json is not as the page has it")
        if kind == REPORT:
            check_report(manifest, payload, members)
        if kind == BUNDLE:
            originals = check_bundle(manifest, payload, members)
        if kind == SUPPLY:
            check_supply(manifest, payload, members["payload.json"])
    except (
        InvalidSignature,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        struct.error,
        RecursionError,
    ) as error:
        raise ValueError(f"{type(error).__name__}: {error}") from error
    digest = hashlib.sha256(signed).digest()
    keep = {key: manifest.get(key) for key in ("type", "unit", "programme", "period", "revision", "public_key")}
    found = {"digest": digest.hex(), "digits": digits(digest), "keyids": [seal["keyid"] for seal in seals]}
    return {**keep, **found, "unchecked": unchecked, "pages": is_pdf(data), "originals": originals}


def say(line: str) -> None:
    """One line, whatever a file is called."""
    print("".join(letter if letter.isprintable() else "?" for letter in line))


def main(paths: list[str]) -> int:
    refused = 0
    known: dict[str, str] = {}
    waiting: list[tuple[str, bytes | None]] = [
        (path, None) for path in sorted(paths, key=lambda p: not p.endswith(".bdk"))
    ]
    while waiting:  # keys first; the files of a bundle after it
        path, data = waiting.pop(0)
        try:
            if data is None:
                with Path(path).open("rb") as file:
                    data = file.read(2**28 + 1)
            found = check(data, known)
            waiting[:0] = [(f"{path} > {number:04d}.bdg", one) for number, one in enumerate(found["originals"], 1)]
            if found["type"] == ENROLMENT:
                known[found["keyids"][0]] = found["public_key"]
            about = f"{found['period']} R{found['revision']}" if found["period"] else found["type"].split(".")[2]
            about += ", SEAL NOT CHECKED: name the issuer's .bdk file too" if found["unchecked"] else ""
            about += ", THE PACKAGE ONLY: the pages of this PDF were NOT checked" if found["pages"] else ""
            say(f"ok       {path}  {found['unit']['code']} {about}  {found['digits']}")
        except (OSError, ValueError) as error:
            refused += 1
            say(f"refused  {path}  {error}")
    return 1 if refused or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
