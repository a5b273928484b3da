"""Hostile packages without end, from good ones. `forged`: without the keys, so that only a fault of a reader accepts them.
`sealed_again`: by whoever holds the keys and writes whatever he likes; two readers have to agree on each.

Everything is drawn from a `random.Random`, so that a run can be repeated and hypothesis can drive the same makers.
"""

from __future__ import annotations

import copy
import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exports.package.container import build, members_of
from exports.package.seal import signed_bytes
from forms.model.fingerprint import key_id

Mutant = tuple[str, bytes]
Keys = Mapping[str, "Key"]  # by keyid
Members = dict[str, bytes]

SPICE = (b'"', b"\\", b"{", b"]", b",", b"0", b"-", b"null", b"true", b"\xc4\x91", b"\xcc\x81", b"\x00", b"\n", b" ",
         b"PK\x03\x04")  # fmt: skip
# The order of the base point: a seal's number plus this one verifies in careless libraries.
ORDER = 2**252 + 27742317777372353535851937790883648493


class Key(Protocol):
    def sign(self, data: bytes, /) -> bytes: ...


_ODD_LETTERS = (
    "a", "Đ", "ế", " ", "\u00a0", "\u3000", "\u2003", "\u1680", "\n", "\t", "\r", "\u0085", "\x7f", "\u2028", "\u2029",
    "\u200b", "\u00ad", "\ufeff", "\u180e", "\u061c", "\ue000", "\u0378", "\U000e0041", "\U0001f600", "\U0010ffff",
    "e\u0301", "a\u0300\u0323", "x\u0317\u0318", "x\u0317\u0318\u0319", "\u0344", "\u0958", "\u1100\u1161", "\u212b",
    "\u0660", "\uff11", "\u00b2", "\u2160", "\u0130", "\u1e9e", "\ufb01", "<b>", "=1+1", "\\", '"', "\\n", "/", "0", "-",
)  # fmt: skip
_ODD_TEXTS = (
    "", " ", "a ", " a", "\u00a0a", "a\u3000", "a\nb", "\na", "0", "-0", "00", "1.0", "1.50", "-1", "+1", "1e3", "1_000", "٣", "１",
    "NaN", "given", "blank", "2025-02-29", "2024-02-29", "0999-01-01", "2999-12-31", "3000-01-01", "2025-13-01",
    "2025-1-1", "2025", "2025-Q4", "2025-Q5", "2025-H3", "2025-00", "1999", "2100", "2020..2011", "2011..2020", "2011..2011",
    "1999..2001", "2025-11\n", "nd09", "calendar", "people_reached.female@2015", "a.b.c", "@2015", "payload.json",
    "2026-01-05T08:30:00Z", "2026-02-31T08:30:00Z", "2026-01-05T24:00:00Z", "2026-01-05T08:30:00+15:00",
    "preparer", "head_of_unit", "sole_officer", "sole_officer\n", "999999999999999", "1234567890123456", "0.000001",
    "0.0000001", "-0.5", "999999999999999.999999",
)  # fmt: skip
_LONG = (40, 41, 64, 65, 160, 161, 200, 201, 300, 301, 1000, 1001)
_ODD_VALUES: tuple[Any, ...] = (None, True, False, 0, 1, -1, 100, 101, 9999, 10_000, 1_000_000, 1_000_001, 2**53 - 1, [], {}, [1],
                                {"a": 1}, [[[[[[[[]]]]]]]])  # fmt: skip
# How a number or text may be written otherwise: what the strict subset of JSON must refuse.
_REWRITTEN = (
    (b":1,", b":1.0,"), (b":1,", b":1e0,"), (b":0,", b":-0,"), (b":1,", b":01,"), (b":1,", b":+1,"), (b":true", b":1"),
    (b":null", b":NaN"), (b":1,", b":9007199254740992,"), (b":1,", b":" + b"9" * 400 + b","), (b'":"', b'": "'), (b"{", b"{ "),
    (b"}", b"}\n"), (b"/", b"\\/"), (b'"a', b'"\\u0061'), (b'"type"', b'"type":"x","type"'), (b"{", b"\xef\xbb\xbf{"),
    (b'"', b"'"), (b"\xc4\x90", b"D\xcc\xb5"), (b":[]", b":[],"), (b":false", b":False"), (b'":"', b'":"\xed\xa0\x80'),
    (b'":"', b'":"\xff'), (b'":"', b'":"\xc0\xaf'),
)  # fmt: skip


def forged(good: bytes, dice: random.Random) -> Iterator[Mutant]:
    """Changed files; none equals the good one. Half are one random byte, half know the structure: a member is changed and
    the container, and often the digests inside, are made right again, so that the fault lies deeper."""
    members = members_of(good)
    deep = (_member, _vouched, _statement, _swapped_seals, _seal_text, _reordered)
    while True:
        make = dice.choice(deep) if dice.random() < 0.5 else None
        data = make(members, dice) if make else _bytes(good, dice, most=1)
        if data != good:
            yield (make.__name__.strip("_") if make else "one byte"), data


def sealed_again(good: bytes, keys: Keys, dice: random.Random) -> Iterator[Mutant]:
    """Changed files whose seals, and mostly whose digests and sums, are right: the content alone may be wrong, or not."""
    members = members_of(good)
    ways: tuple[Callable[[Members, random.Random], Members], ...] = (
        *[_values] * 3,
        *[_plausible] * 2,
        _written_otherwise,
        _raw,
    )
    while True:
        make = dice.choice(ways)
        changed = make(dict(members), dice)
        if dice.random() < 0.9:
            changed = _listed_again(members, changed, recount=dice.random() < 0.9)
        sealed = _with_seals(changed, keys, dice)
        if dice.random() < 0.15:
            yield "container", _odd_container(sealed, dice)
        elif dice.random() < 0.1:
            yield "in a PDF", _in_pdf(build(sealed), dice)
        else:
            yield make.__name__.strip("_"), build(sealed)


def _bytes(text: bytes, dice: random.Random, most: int = 4) -> bytes:
    """The text with a few bytes changed, put in, taken out or doubled; with `most` 1 one byte changed."""
    changed = bytearray(text)
    for _ in range(dice.randint(1, most)):
        at = dice.randrange(len(changed) + (most > 1))
        match dice.randrange(4) if most > 1 and changed else 0:
            case 0 if at < len(changed):
                changed[at] = dice.randrange(256)
            case 1:
                changed[at:at] = dice.choice(SPICE)
            case 2:
                del changed[at : at + dice.randint(1, 8)]
            case _:
                changed[at:at] = changed[at : at + dice.randint(1, 40)]
    return bytes(changed)


def _member(members: Members, dice: random.Random) -> bytes:
    """One member changed, the container right again."""
    name = dice.choice(list(members))
    return build(members | {name: _bytes(members[name], dice)})


def _vouched(members: Members, dice: random.Random) -> bytes:
    """The payload changed, its digest in the statement right again: only the seals can tell."""
    name = "payload.json" if "payload.json" in members else "manifest.json"
    return build(_listed_again(members, members | {name: _bytes(members[name], dice)}, recount=False))


def _statement(members: Members, dice: random.Random) -> bytes:
    """One field of the statement changed in a well-formed way."""
    fields: dict[str, Any] = json.loads(members["manifest.json"])
    name = dice.choice(list(fields))
    value = fields[name]
    match value:
        case bool():
            fields[name] = not value
        case int():
            fields[name] = value + dice.choice([1, -1, 10**9])
        case str():
            fields[name] = value[:-1] + dice.choice("0aZ9")
        case _:
            fields[name] = value[:-1] if isinstance(value, list) else None
    return build(members | {"manifest.json": canonical(fields)})


def _swapped_seals(members: Members, dice: random.Random) -> bytes:
    """Seals exchanged, doubled, dropped, with a foreign key or a stretched number."""
    seals: list[dict[str, str]] = json.loads(members["signatures.json"])
    one = dice.choice(seals)
    match dice.randrange(5):
        case 0:
            seals = [a | {"sig": b["sig"]} for a, b in zip(seals, seals[::-1], strict=True)]
        case 1:
            seals += [one]
        case 2:
            seals.remove(one)
        case 3:
            one["keyid"] = f"{dice.getrandbits(128):032x}"
        case _:
            stretched = int.from_bytes(bytes.fromhex(one["sig"][64:]), "little") + ORDER
            one["sig"] = one["sig"][:64] + stretched.to_bytes(33, "little")[:32].hex()
    return build(members | {"signatures.json": canonical(seals)})


def _seal_text(members: Members, dice: random.Random) -> bytes:
    """The same seals written another way."""
    text = members["signatures.json"]
    written = dice.choice(
        (
            text.upper(),
            text.replace(b":", b": ", 1),
            text + b"\n",
            b" " + text,
            text.replace(b"keyid", b"keyId"),
            text.replace(b'"sig"', b'"alg":"none","sig"', 1),
            b"[" + text + b"]",
        )
    )
    return build(members | {"signatures.json": written})


def _reordered(members: Members, dice: random.Random) -> bytes:
    """Members in another order, one missing, or one more."""
    names = list(members)
    match dice.randrange(3):
        case 0:
            dice.shuffle(names)
        case 1:
            names.remove(dice.choice(names))
        case _:
            members = members | {dice.choice(["attachments/001.bin", "more.json", "manifest.jsn"]): b"{}"}
            names = list(members)
            dice.shuffle(names)
    return build({name: members[name] for name in names})


def _values(members: Members, dice: random.Random) -> Members:
    """A few values of the statement, the report or the seals are others, written as they should be."""
    name = _json_member(members, dice)
    value = json.loads(members[name])
    for _ in range(dice.randint(1, 3)):
        value = _with_odd_value(value, dice)
    return members | {name: canonical(value)}


def _plausible(members: Members, dice: random.Random) -> Members:
    """Something that an honest program might have written, but did not: other figures, another revision, period or unit."""
    fields = json.loads(members["manifest.json"])
    payload = json.loads(members["payload.json"]) if "payload.json" in members else {}
    match dice.randrange(8):
        case 0 if "revision" in fields:
            fields["revision"] = dice.choice([2, 3, 7, 98, 99, 100, 9999])
            digest = hashlib.sha256(signed_bytes(fields["type"], members["manifest.json"])).hexdigest()
            fields["supersedes"] = dice.choice([digest, f"{dice.getrandbits(256):064x}"])
        case 1 if "period" in fields:
            fields["period"] = dice.choice(["2025", "2025-Q1", "2025-Q4", "2025-11", "2011..2020", "2099", "2000-H1"])
        case 2:
            fields["unit"] |= {"code": dice.choice(["46", "00004", "19804", "x"]), "valid_from": "2025-07-01"}
        case 3 if "programme_version" in fields:
            fields |= {
                "programme_version": dice.choice([1, 2, 9999]),
                "form": dice.choice([fields["form"], "year_tasks"]),
            }
        case 4 if "practice" in fields:
            fields |= {"practice": not fields["practice"], "basis": "nd09"} if "basis" in fields else {}
        case 5 if payload.get("news"):
            payload["news"].pop(dice.randrange(len(payload["news"])))
        case 6 if payload.get("narratives") is not None:
            payload |= {"role": dice.choice(["agency", "summing_unit"]), "estimate": True, "as_of": None}
        case _ if payload.get("cells"):
            for cell in dice.sample(payload["cells"], min(3, len(payload["cells"]))):
                cell.update(
                    dice.choice([{"note": "a\nb"}, {"state": "given", "amount": str(dice.randrange(-9, 10**9))}])
                )
                if dice.random() < 0.3:
                    cell.pop("amount", None)
                    cell["state"] = dice.choice(["none", "blank", "not_collected"])
        case _:
            fields["app_version"] = "9.9.9"
    changed = members | {"manifest.json": canonical(fields)}
    return changed | ({"payload.json": canonical(payload)} if payload else {})


def _written_otherwise(members: Members, dice: random.Random) -> Members:
    """The same values in another writing."""
    name = _json_member(members, dice)
    text = members[name]
    old, new = dice.choice(_REWRITTEN)
    places = [found.start() for found in re.finditer(re.escape(old), text)]
    if not places:
        return members | {name: _shuffled_keys(text, dice)}
    at = dice.choice(places)
    return members | {name: text[:at] + new + text[at + len(old) :]}


def _raw(members: Members, dice: random.Random) -> Members:
    name = _json_member(members, dice)
    return members | {name: _bytes(members[name], dice)}


def _json_member(members: Members, dice: random.Random) -> str:
    names = ["manifest.json", "manifest.json", "signatures.json", *["payload.json"] * (3 * ("payload.json" in members))]
    return dice.choice(names)


def _with_odd_value(value: Any, dice: random.Random) -> Any:
    """The same tree with one place changed: another value, a key or row more, less, twice or elsewhere."""
    whole = copy.deepcopy([value])
    places = list(_places(whole))
    holder, key = dice.choice(places)
    old = holder[key]
    match dice.randrange(8):
        case 0:
            holder[key] = dice.choice(_ODD_VALUES)
        case 1 if isinstance(old, dict) and old:
            del old[dice.choice(list(old))]
        case 2 if isinstance(old, dict):
            old[dice.choice(["a", "zz", "name", "files", "due", "amount", "A", "á", ""])] = dice.choice(_ODD_VALUES)
        case 3 if isinstance(old, list) and old:
            old.insert(dice.randrange(len(old) + 1), copy.deepcopy(dice.choice(old)))
        case 4 if isinstance(old, list) and len(old) > 1:
            dice.shuffle(old)
        case 5 if isinstance(old, list) and old:
            old.pop(dice.randrange(len(old)))
        case 6 if isinstance(old, int):
            holder[key] = old + dice.choice([1, -1, 10**6, 2**53])
        case _ if isinstance(old, str):
            holder[key] = _odd_text(old, dice)
        case _:
            holder[key] = dice.choice(_ODD_VALUES)
    return whole[0]


def _odd_text(old: str, dice: random.Random) -> str:
    match dice.randrange(4):
        case 0:
            return dice.choice(_ODD_TEXTS)
        case 1:
            return dice.choice(["a", "đ", "\U0001f600", "0"]) * dice.choice(_LONG)
        case 2:
            at = dice.randrange(len(old) + 1)
            return old[:at] + dice.choice(_ODD_LETTERS) + old[at + dice.randrange(2) :]
        case _:
            return dice.choice(_ODD_LETTERS) + old if dice.random() < 0.5 else old + dice.choice(_ODD_LETTERS)


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """(holder, key) of every value in the tree."""
    keys = list(tree) if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    for key in keys:
        yield tree, key
        yield from _places(tree[key])


def _shuffled_keys(text: bytes, dice: random.Random) -> bytes:
    value = json.loads(text)
    if not isinstance(value, dict):
        return text
    names = list(value)
    dice.shuffle(names)
    return json.dumps({name: value[name] for name in names}, ensure_ascii=False, separators=(",", ":")).encode()


def _listed_again(members: Members, changed: Members, *, recount: bool) -> Members:
    """The digests, sizes and (`recount`) the sums in the statement made those of what it lists."""
    manifest = changed["manifest.json"]
    for name in changed.keys() & members.keys() - {"mimetype", "manifest.json", "signatures.json"}:
        old, new = members[name], changed[name]
        manifest = manifest.replace(_digest(old), _digest(new))
        manifest = manifest.replace(b'"size":%d' % len(old), b'"size":%d' % len(new))
    if recount:
        try:
            fields, payload = json.loads(manifest), json.loads(changed["payload.json"])
            fields["summary"] = _summary(payload)
            manifest = canonical(fields)
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError):
            return changed | {"manifest.json": manifest}
    return changed | {"manifest.json": manifest}


def _summary(payload: Any) -> dict[str, Any]:
    total = f"{sum((Decimal(row['amount']) for row in payload['cells'] if 'amount' in row), Decimal(0)):f}"
    total = total.rstrip("0").rstrip(".") if "." in total else total
    counted = str(sum(item["counted"] for item in payload["news"]))
    rows = sum(len(payload[part]) for part in ("cells", "news", "tasks", "nominations"))
    return {"control_totals": {"amounts": total, "news_counted": counted}, "rows": rows}


def _with_seals(members: Members, keys: Keys, dice: random.Random) -> Members:
    """Sealed by the keys that the statement lists, as far as they are ours; seals that were changed stay as they are."""
    manifest = members["manifest.json"]
    try:
        fields = json.loads(manifest)
        listed = fields.get("signers", [fields] if "public_key" in fields else [])
        names = [key_id(bytes.fromhex(one["public_key"])) for one in listed]
        kind = fields["type"]
        kind.encode("ascii")
        old = [mark["keyid"] for mark in json.loads(members["signatures.json"]) if isinstance(mark["keyid"], str)]
    except (ValueError, TypeError, LookupError, AttributeError):
        return members
    mine = sorted(name for name in names or old if name in keys)
    if not mine or dice.random() < 0.05:
        return members
    signed = signed_bytes(kind, manifest)
    return members | {"signatures.json": canonical([{"keyid": k, "sig": keys[k].sign(signed).hex()} for k in mine])}


def _odd_container(members: Members, dice: random.Random) -> bytes:
    data = build(members)
    match dice.randrange(7):
        case 0:
            return _reordered(members, dice)
        case 1:
            name = dice.choice(list(members))
            odd = dice.choice(
                [
                    "Payload.json",
                    "payload.json ",
                    "manifest.json payload.json",
                    "attachments/1.bin",
                    "a/../b",
                    "x" * 300,
                ]
            )
            return build({odd if key == name else key: value for key, value in members.items()})
        case 2:
            return build(members | {dice.choice(list(members)): b""})
        case 3:
            at = dice.choice([found.start() for found in re.finditer(b"PK", data)]) + dice.randrange(22)
            return data[:at] + bytes([dice.randrange(256)]) + data[at + 1 :]
        case 4:
            return data + dice.choice([b"\0", b"PK\5\6" + bytes(18), data[-22:], data])
        case 5:
            return data[: dice.randrange(len(data))]
        case _:
            more = {f"attachments/{n:03d}.bin": b"" for n in range(1, dice.choice([2, 37, 38]))}
            last = members.pop("signatures.json", b"[]")
            return build(members | more | {"signatures.json": last})


def _in_pdf(data: bytes, dice: random.Random) -> bytes:
    """The package between pages, in ways that a careless search would read otherwise."""
    before = dice.choice(
        [b"%PDF-1.7\n", b"\0" * 1000 + b"%PDF-1.7\n", b"\0" * 1020 + b"%PDF-1.7", b"x%PDF-", b"PK\3\4%PDF-1.7", b""]
    )
    middle = dice.choice([b"", b"stream\n", data[:76], data[:30], b"PK\3\4", data])
    after = dice.choice(
        [b"", b"\nendstream\n%%EOF", data[:76], data, b"PK\1\2" + bytes(60), b"PK\5\6" + bytes(18), data[:40]]
    )
    return before + middle + data + after


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()


def canonical(value: object) -> bytes:
    """The one text of a value; a lone surrogate as it is, for the readers to refuse."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def known_keys(*words: str) -> dict[str, Ed25519PrivateKey]:
    """The toy keys of the golden packages (docs/package-format.md §10), by keyid."""
    made = [Ed25519PrivateKey.from_private_bytes(hashlib.sha256(word.encode()).digest()) for word in words]
    return {key_id(key.public_key().public_bytes_raw()): key for key in made}
