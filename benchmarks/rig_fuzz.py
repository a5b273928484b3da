"""Mutated packages: `python -m benchmarks.rig_fuzz [N]` makes N (20,000) and counts what is accepted or crashes.

Half are one random byte anywhere in the file; half know the structure: a member is changed and the container, and
often the digests inside, are made right again, so that the fault lies deeper. Every mutant goes through the program's
reader with a register, without one, and through the stand-alone verifier. Wanted: none accepted, none crashing.

Negative control: with the seal check taken out, the same mutants must get through; otherwise the rig proves nothing.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from exports.package import ENROLMENT, kind_of, read, read_enrolment
from exports.package.container import build, members_of
from forms.errors import PackageRefused
from forms.office import EnrolledKey

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "packages"
SPICE = (
    b'"',
    b"\\",
    b"{",
    b"]",
    b",",
    b"0",
    b"-",
    b"null",
    b"true",
    b"\xc4\x91",
    b"\xcc\x81",
    b"\x00",
    b"\n",
    b" ",
    b"PK\x03\x04",
)
# The order of the base point: a seal's number plus this one verifies in careless libraries.
ORDER = 2**252 + 27742317777372353535851937790883648493

Mutant = tuple[str, bytes]
Check = Callable[[bytes], object]


def mutants(good: bytes, dice: random.Random) -> Iterator[Mutant]:
    """Changed files without end; none equals the good one."""
    members = members_of(good)
    deep = (_member, _vouched, _statement, _swapped_seals, _seal_text, _reordered)
    while True:
        make = dice.choice(deep) if dice.random() < 0.5 else None
        data = make(members, dice) if make else _bytes(good, dice, most=1)
        if data != good:
            yield (make.__name__.strip("_") if make else "one byte"), data


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


def _member(members: dict[str, bytes], dice: random.Random) -> bytes:
    """One member changed, the container right again."""
    name = dice.choice(list(members))
    return build(members | {name: _bytes(members[name], dice)})


def _vouched(members: dict[str, bytes], dice: random.Random) -> bytes:
    """The payload changed, its digest in the statement right again: only the seals can tell."""
    name = "payload.json" if "payload.json" in members else "manifest.json"
    content = _bytes(members[name], dice)
    digest, size = hashlib.sha256(members[name]).hexdigest(), len(members[name])
    manifest = members["manifest.json"].replace(digest.encode(), hashlib.sha256(content).hexdigest().encode())
    manifest = manifest.replace(b'"size":%d' % size, b'"size":%d' % len(content))
    return build(members | {"manifest.json": manifest} | {name: content})


def _statement(members: dict[str, bytes], dice: random.Random) -> bytes:
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
    return build(members | {"manifest.json": _canonical(fields)})


def _swapped_seals(members: dict[str, bytes], dice: random.Random) -> bytes:
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
            one["sig"] = (
                one["sig"][:64]
                + (int.from_bytes(bytes.fromhex(one["sig"][64:]), "little") + ORDER).to_bytes(33, "little")[:32].hex()
            )
    return build(members | {"signatures.json": _canonical(seals)})


def _seal_text(members: dict[str, bytes], dice: random.Random) -> bytes:
    """The same seals written another way."""
    text = members["signatures.json"]
    return build(
        members
        | {
            "signatures.json": dice.choice(
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
        }
    )


def _reordered(members: dict[str, bytes], dice: random.Random) -> bytes:
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


def _canonical(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class OwnKeys:
    """A register that holds exactly the keys which a golden package carries."""

    def __init__(self, good: bytes) -> None:
        said = read(good, None).manifest
        unit, day = said.unit, datetime(2025, 10, 1, tzinfo=UTC)
        self._keys = {
            s.keyid: EnrolledKey(s.keyid, s.public_key, unit.key, unit.name, s.person, s.title, s.role, enrolled_at=day)
            for s in said.signers
        }

    def find(self, keyid: str) -> EnrolledKey | None:
        return self._keys.get(keyid)


def checks_for(good: bytes) -> dict[str, Check]:
    """Every way in which a file of this kind is read."""
    stranger: Check = _verifier().check
    if kind_of(good) is ENROLMENT:
        return {"reader": read_enrolment, "verifier": stranger}
    register = OwnKeys(good)
    return {
        "reader": lambda data: read(data, register),
        "no register": lambda data: read(data, None),
        "verifier": stranger,
    }


def run(count: int, seed: int = 1) -> Counter[str]:
    """Outcomes of `count` mutants, spread over the golden packages: refused, accepted, crashed."""
    outcome: Counter[str] = Counter()
    files = sorted(GOLDEN.glob("*-v1*.bdg"))
    for number, file in enumerate(files):
        good = file.read_bytes()
        checks = checks_for(good)
        for check in checks.values():
            check(good)
        endless = mutants(good, random.Random(f"{seed}-{number}"))
        for _ in range(count // len(files) + (number < count % len(files))):
            kind, data = next(endless)
            outcome[kind] += 1
            for name, check in checks.items():
                outcome[_outcome(check, data, f"{file.name} {kind} {name}")] += 1
    return outcome


def _outcome(check: Check, data: bytes, about: str) -> str:
    try:
        check(data)
    except (PackageRefused, ValueError):
        return "refused"
    except Exception as error:  # noqa: BLE001 - whatever else comes out is what the rig looks for
        print(f"CRASH {about}: {error!r} {hashlib.sha256(data).hexdigest()}", file=sys.stderr)
        return "crashed"
    return "accepted"


def control(count: int) -> int:
    """How many mutants pass a reader whose seal check was taken out. Must not be 0."""
    good = (GOLDEN / "report-v1.bdg").read_bytes()
    endless = mutants(good, random.Random(0))
    with patch("exports.package.reader.check_seal"):
        outcomes = [_outcome(lambda data: read(data, None), next(endless)[1], "control") for _ in range(count)]
    return outcomes.count("accepted")


def _verifier() -> ModuleType:
    spec = importlib.util.spec_from_file_location("verify_package", ROOT / "docs" / "verify_package.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main(words: list[str]) -> int:
    count = int(words[0]) if words else 20_000
    passed = control(2_000)
    start = time.perf_counter()
    outcome = run(count)
    seconds = time.perf_counter() - start
    kinds = ", ".join(
        f"{kind} {number}" for kind, number in sorted(outcome.items()) if kind not in ("refused", "accepted", "crashed")
    )
    print(f"{count} mutants in {seconds:.1f} s ({kinds})")
    print(f"refused {outcome['refused']}   accepted {outcome['accepted']}   crashed {outcome['crashed']}")
    print(f"control, seal check taken out: {passed} of 2000 accepted (must not be 0)")
    return 0 if passed and not outcome["accepted"] and not outcome["crashed"] else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
