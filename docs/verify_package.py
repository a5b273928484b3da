"""Checks packages (.bdg, format 1) by docs/package-format.md alone: python verify_package.py FILE…

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
from decimal import Decimal
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

REPORT = "application/vnd.sobinhdang.report.v1+json"
ENROLMENT = "application/vnd.sobinhdang.enrolment.v1+json"
SUPPLY = "application/vnd.sobinhdang.supply.v1+json"
ORDER = {
    REPORT: r"mimetype manifest\.json payload\.json( attachments/\d{3}\.bin)* signatures\.json",
    ENROLMENT: r"mimetype manifest\.json signatures\.json",
    SUPPLY: r"mimetype manifest\.json payload\.json signatures\.json",
}
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
Y8 = 55188659117513257062467267217118295137698188065244968500265048394206261417927
AMOUNT = r"0|-?[1-9]\d{0,14}|-?(0|[1-9]\d{0,14})\.\d{0,5}[1-9]"


def need(true: object, words: str) -> None:
    if not true:
        raise ValueError(words)


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
    need(22 < len(data) <= 21168128 and data[-22:-18] == b"PK\5\6", "not a package, or cut")
    count, at = struct.unpack("<H", data[-12:-10])[0], struct.unpack("<I", data[-6:-2])[0]
    members: dict[str, bytes] = {}
    for _ in range(min(count, 40)):
        need(len(data) - at > 46, "directory cut")
        size, length, start = *struct.unpack_from("<IH", data, at + 24), struct.unpack_from("<I", data, at + 42)[0]
        name = data[at + 46 : at + 46 + length].decode("ascii")
        members[name] = data[start + 30 + length : start + 30 + length + size]
        at += 46 + length
    need(container(members) == data, "not the canonical container, or damaged")
    return members


def number(text: str) -> int:
    need(text != "-0" and len(text) < 18 and abs(int(text)) < 2**53, "a number outside the subset")
    return int(text)


def strict(data: bytes) -> Any:
    """§3: JSON with one text for one value."""
    need(len(data) <= 4 * 2**20, "too long")
    text = data.decode("utf-8")
    need(
        not {unicodedata.category(c) for c in text} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"},
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


def digits(digest: bytes) -> str:
    return re.sub(r"(\d{5})(?=\d)", r"\1 ", f"{int.from_bytes(digest) % 10**30:030d}")


def check_seals(manifest: dict[str, Any], marks: list[Any], signed: bytes, known: dict[str, str]) -> list[str]:
    """The keyids whose seals could not be checked: only a supply file is without its keys."""
    signers = manifest["signers"] if manifest["type"] == REPORT else [manifest]
    if manifest["type"] == SUPPLY:
        keys = {mark["keyid"]: known.get(mark["keyid"]) for mark in marks}
        need(all(re.fullmatch("[0-9a-f]{32}", keyid) for keyid in keys), "a keyid out of form")
    else:
        keys = {keyid_of(bytes.fromhex(signer["public_key"])): signer["public_key"] for signer in signers}
        need(len(keys) == len(signers), "a signer twice")
    need(
        1 <= len(marks) == len(keys) <= 8
        and marks == [{"keyid": k, "sig": m["sig"]} for k, m in zip(sorted(keys), marks, strict=True)],
        "the seals are not those of the listed signers",
    )
    for mark in marks:
        need(re.fullmatch("[0-9a-f]{128}", mark["sig"]), "a seal out of form")
        need(int.from_bytes(bytes.fromhex(mark["sig"])[32:], "little") < L, "a seal with two spellings")
        if (key := keys[mark["keyid"]]) is not None:
            need(keyid_of(bytes.fromhex(key)) == mark["keyid"], "a key under another's name")
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(key)).verify(bytes.fromhex(mark["sig"]), signed)
    roles = {signer.get("role") for signer in signers}
    need(
        manifest["type"] != REPORT or "sole_officer" in roles or {"preparer", "head_of_unit"} <= roles,
        "seals missing",
    )
    return [keyid for keyid, key in keys.items() if key is None]


def check_report(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    """§5 and §6: digests of every member, and the control totals."""
    names = [name for name in members if name == "payload.json" or name.startswith("attachments/")]
    numbered = [f"attachments/{number:03d}.bin" for number in range(1, len(names))]
    need(names == ["payload.json", *numbered] and {*names} == {*manifest["files"]}, "the listed files differ")
    need(sum(len(members[name]) for name in names[1:]) <= 2**24, "too much evidence")
    for name in names:
        file, content = manifest["files"][name], members[name]
        need(
            (file["size"], file["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), f"{name} was changed"
        )
    payload = strict(members["payload.json"])
    named = [item["files"] for item in payload["news"] if "files" in item]
    attached = {manifest["files"][name]["sha256"] for name in names[1:]}
    need(all(0 < len({*files}) == len(files) <= 5 for files in named), "files named twice, or too many")
    need({digest for files in named for digest in files} <= attached, "evidence that is not attached")
    amounts = [cell["amount"] for cell in payload["cells"] if cell["state"] == "given"]
    need(all(re.fullmatch(AMOUNT, amount, re.ASCII) for amount in amounts), "an amount out of form")
    total = f"{sum(map(Decimal, amounts), Decimal(0)):f}"
    total = total.rstrip("0").rstrip(".") if "." in total else total
    counted = str(sum(item["counted"] for item in payload["news"]))
    rows = sum(len(payload[part]) for part in ("cells", "news", "tasks", "nominations"))
    need(
        manifest["summary"] == {"control_totals": {"amounts": total, "news_counted": counted}, "rows": rows},
        "the control totals differ",
    )


def check_supply(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    """§8: the payload, and the digest of each pack over its definition files."""
    content = members["payload.json"]
    need(
        manifest["payload"] == {"sha256": hashlib.sha256(content).hexdigest(), "size": len(content)},
        "payload.json was changed",
    )
    packs = strict(content)["packs"]
    listed = [(pack["id"], pack["version"]) for pack in packs]
    need(listed == sorted(set(listed)) and len(listed) <= 20, "packs out of order, or one twice")
    need(manifest["packs"] == [named(pack) for pack in packs], "the listed packs differ")


def named(pack: dict[str, Any]) -> dict[str, Any]:
    digest = hashlib.sha256()
    for name, text in sorted(pack["files"].items()):
        data = text.encode()
        digest.update(f"{name}\n{len(data)}\n".encode() + data)
    return {"id": pack["id"], "version": pack["version"], "sha256": digest.hexdigest()}


def check(data: bytes, known: dict[str, str] | None = None) -> dict[str, Any]:
    """What a good package says: type, unit, digest, digits, signers and (a report) period and revision. Else ValueError.

    `known`: keyid → public key in hex, for the seals of a supply file; `unchecked` names those it lacks."""
    try:
        members = members_of(data)
        manifest, marks = strict(members["manifest.json"]), strict(members["signatures.json"])
        kind, signed = manifest["type"], members["manifest.json"]
        need(
            manifest["format"] == 1 and re.fullmatch(ORDER[kind], " ".join(members), re.ASCII), "another format or kind"
        )
        need(len(members["manifest.json"]) <= 2**16 >= len(members["signatures.json"]), "too long")
        need(members["mimetype"] == b"application/vnd.sobinhdang.package+zip", "another mimetype")
        signed = b"DSSEv1 %d %s %d %s" % (len(kind), kind.encode(), len(signed), signed)
        unchecked = check_seals(manifest, marks, signed, known or {})
        if kind == REPORT:
            check_report(manifest, members)
        if kind == SUPPLY:
            check_supply(manifest, members)
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
    keyids = [mark["keyid"] for mark in marks]
    return {**keep, "digest": digest.hex(), "digits": digits(digest), "keyids": keyids, "unchecked": unchecked}


def main(paths: list[str]) -> int:
    refused = 0
    known: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: not path.endswith(".bdk")):  # keys first
        try:
            with Path(path).open("rb") as file:
                found = check(file.read(22 * 2**20), known)
            if found["type"] == ENROLMENT:
                known[found["keyids"][0]] = found["public_key"]
            about = f"{found['period']} R{found['revision']}" if found["period"] else found["type"].split(".")[2]
            about += ", SEAL NOT CHECKED: name the issuer's .bdk file too" if found["unchecked"] else ""
            print(f"ok       {path}  {found['unit']['code']} {about}  {found['digits']}")
        except (OSError, ValueError) as error:
            refused += 1
            print(f"refused  {path}  {error}")
    return 1 if refused or not paths else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
