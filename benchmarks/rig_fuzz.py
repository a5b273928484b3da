"""Mutated packages: `python -m benchmarks.rig_fuzz [N]` makes N (20,000) twice and counts what goes wrong.

Alone: each mutant of the golden packages goes through the program's reader, with a register and without, and through the
stand-alone verifier. What a stranger changed must be refused by all. What was sealed again by its own keys may be
anything: there the reader and the verifier have to agree, and a register never lets in what both refuse.

In batches: mutants of two communes' reports, one of whose keys were revoked, lie between the good reports of others. An
office above with a real encrypted ledger looks at each batch, receives it and takes it back. Wanted: no batch ended, one
line for each file, every good file received with its figures, nothing accepted that a stranger changed, the preview true.

Negative controls, without which the rig proves nothing: with the seal check taken out mutants get through; with the old
way of reading a revoked key's file batches end; with a verifier that knows no shapes the two readers differ.
"""

from __future__ import annotations

import hashlib
import importlib.util
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from unittest.mock import patch

from benchmarks.communes import QUARTER, YEAR, Commune, communes, filled, form_of, national, sealed
from benchmarks.mutants import Keys, forged, known_keys, sealed_again
from benchmarks.office import Bench
from exports.package.bundle import read_bundle
from exports.package.codec import PackageCodec
from exports.package.enrolment import read_enrolment
from exports.package.manifest import BUNDLE, ENROLMENT, kind_of, members_for, read_manifest
from exports.package.reader import read
from forms.errors import PackageRefused
from forms.exchange.brought_files import Incoming
from forms.exchange.statements import MERGED
from forms.model.office import EnrolledKey
from forms.org_units.catalogue import OrgUnits
from forms.ports import Ledger, Register
from forms.services.receiving import Receiving

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden" / "packages"
GOLDEN_KEYS = ("clerk", "head", "alone", "chief")
SIZES = (1, 2, 20, 60)  # mutants in a batch
NEIGHBOURS = 4  # communes whose good reports lie between them

Check = Callable[[bytes], object]


def own_keys(good: bytes) -> dict[str, EnrolledKey]:
    """A register that holds exactly the keys which a golden package carries."""
    said = read_manifest(members_for(good, kind_of(good))["manifest.json"], kind_of(good))
    unit, day = said.unit, datetime(2025, 10, 1, tzinfo=UTC)
    return {
        s.keyid: EnrolledKey(s.keyid, s.public_key, unit.key, unit.name, s.person, s.title, s.role, enrolled_at=day)
        for s in said.signers
    }


@dataclass
class Readers:
    """Every way in which a file of one kind is read, and what they said of each mutant."""

    good: bytes
    verifier: ModuleType
    told: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._codec = PackageCodec()
        self._kind = kind_of(self.good)
        self._own = None if self._kind is ENROLMENT else own_keys(self.good)
        for check in (self._ours, self._trusting, self.verifier.check):
            check(self.good)

    def ask(self, kind: str, data: bytes, *, is_forged: bool) -> None:
        ours, trusting = self._outcome(self._ours, data), self._outcome(self._trusting, data)
        theirs = self._outcome(self.verifier.check, data)
        for outcome in (ours, trusting, theirs):
            self.told[f"forged {outcome}" if is_forged else outcome] += 1
        if ours != theirs or (trusting == "accepted") > (ours == "accepted"):
            self.told["differ"] += 1
            _say(f"DIFFER {kind}: {ours}, {trusting} with a register, {theirs} by the verifier", data)

    def _ours(self, data: bytes) -> object:
        return self._read(data, None)

    def _trusting(self, data: bytes) -> object:
        return self._read(data, self._own)

    def _read(self, data: bytes, register: Register | None) -> object:
        if self._kind is ENROLMENT:
            return read_enrolment(data)
        return read_bundle(data, register) if self._kind is BUNDLE else self._codec.read(data, register)

    def _outcome(self, check: Check, data: bytes) -> str:
        try:
            check(data)
        except (PackageRefused, ValueError):
            return "refused"
        except Exception as error:  # noqa: BLE001 - whatever else comes out is what the rig looks for
            _say(f"CRASH {check}: {error!r}", data)
            return "crashed"
        return "accepted"


def alone(count: int, seed: int = 1) -> Counter[str]:
    """`count` mutants, spread over the golden packages, half of them sealed again."""
    told: Counter[str] = Counter()
    files = sorted(GOLDEN.glob("*-v1*.bdg"))
    for number, file in enumerate(files):
        readers = Readers(file.read_bytes(), verifier())
        endless = _mixed(readers.good, known_keys(*GOLDEN_KEYS), random.Random(f"{seed}-{number}"))
        for _ in range(count // len(files) + (number < count % len(files))):
            kind, data, is_forged = next(endless)
            readers.ask(f"{file.name} {kind}", data, is_forged=is_forged)
            told[kind] += 1
        told += readers.told
    return told


def _mixed(good: bytes, keys: Keys, dice: random.Random) -> Iterator[tuple[str, bytes, bool]]:
    """Mutants of both kinds without end: (how, bytes, whether a stranger made it)."""
    strangers, owners = forged(good, dice), sealed_again(good, keys, dice)
    while True:
        is_forged = dice.random() < 0.5
        kind, data = next(strangers if is_forged else owners)
        if data != good:
            yield kind, data, is_forged


@dataclass(frozen=True)
class Post:
    """An office above, the communes that send to it, and what each of them sends when all is well."""

    receiving: Receiving
    spoiled: tuple[Commune, Commune]  # the keys of the second were revoked
    neighbours: tuple[Commune, ...]
    packages: dict[str, bytes]  # by "code/period"

    def good(self) -> list[Incoming]:
        return [Incoming(f"{c.unit.code}/{p.label}", self.packages[f"{c.unit.code}/{p.label}"])
                for c in self.neighbours for p in (QUARTER, YEAR)]  # fmt: skip


@contextmanager
def post() -> Iterator[tuple[Post, Ledger]]:
    with TemporaryDirectory(prefix="sbd-fuzz-") as folder:
        bench = Bench(Path(folder))
        units: OrgUnits = national(bench.program.units)
        everybody = communes(units, NEIGHBOURS + 2)
        packages = {
            f"{commune.unit.code}/{period.label}": sealed(
                commune, filled(commune, form_of(bench.program.catalogue, period), period), bench.program.codec, "0"
            )
            for commune in everybody
            for period in (QUARTER, YEAR)
        }
        with bench.copy_of(bench.found("office", communes=everybody)) as ledger:
            with ledger.begin() as work:
                for key in everybody[1].enrolled():
                    work.register.revoke(key.keyid, bench.program.clock())
            receiving = bench.receiving(ledger, units)
            yield Post(receiving, (everybody[0], everybody[1]), everybody[2:], packages), ledger


def in_batches(count: int, seed: int = 1, *, most_batches: int | None = None) -> Counter[str]:
    """`count` mutants between good files, a batch after the other into one ledger."""
    told: Counter[str] = Counter()
    dice = random.Random(f"batches {seed}")
    with post() as (office, ledger):
        makers = [
            _mixed(office.packages[f"{commune.unit.code}/{period.label}"], _keys_of(commune), dice)
            for commune in office.spoiled
            for period in (QUARTER, YEAR)
        ]
        while told["mutants"] < count and told["batches"] != most_batches:
            size = min(dice.choice(SIZES), count - told["mutants"])
            mutants = [next(dice.choice(makers)) for _ in range(size)]
            told += _one_batch(office, ledger, mutants, dice)
    return told


def _one_batch(
    office: Post, ledger: Ledger, mutants: Sequence[tuple[str, bytes, bool]], dice: random.Random
) -> Counter[str]:
    told = Counter({"batches": 1, "mutants": len(mutants)})
    bad = [Incoming(f"mutant {number}", data) for number, (_, data, _) in enumerate(mutants)]
    files = dice.sample([*office.good(), *bad], NEIGHBOURS * 2 + len(bad))
    try:
        looked, received = office.receiving.preview(files), office.receiving.receive(files, "Người đo")
    except Exception as error:  # noqa: BLE001 - a batch must not end, however
        told["ended"] += 1
        _say(f"ENDED {error!r}: {[kind for kind, _, _ in mutants]}", b"".join(data for _, data, _ in mutants))
        return told
    lines = {line.path: line for line in received.lines}
    told["lines missing"] += len(files) != len(received.lines)
    told["preview wrong"] += looked.lines != received.lines
    told["good not received"] += sum(lines[one.path].arrival not in MERGED for one in office.good())
    told["good figures wrong"] += _figures(ledger, office) != {
        (commune.unit.code, period.label) for commune in office.neighbours for period in (QUARTER, YEAR)
    }
    for file, (kind, data, is_forged) in zip(bad, mutants, strict=True):
        line = lines[file.path]
        told[f"  {line.arrival}"] += 1
        told["crashed"] += line.code == "UNEXPECTED"
        if is_forged and line.arrival in MERGED:
            told["accepted"] += 1
            _say(f"ACCEPTED {kind}", data)
    if received.id:
        office.receiving.undo(received.id)
    return told


def _figures(ledger: Ledger, office: Post) -> set[tuple[str, str]]:
    """(unit, period) of the neighbours whose received figures are those that they sealed."""
    good = set()
    with ledger.begin() as work:
        for period in (QUARTER, YEAR):
            for key in (key for key in work.received.keys() if key.period == period.label):  # noqa: SIM118 - a store
                heads = {head.unit.code: head for head in work.received.heads(key)}
                for commune in office.neighbours:
                    head = heads.get(commune.unit.code)
                    if (
                        head
                        and work.received.raw(head.digest) == office.packages[f"{commune.unit.code}/{period.label}"]
                    ):
                        good.add((commune.unit.code, period.label))
    return good


def _keys_of(commune: Commune) -> Keys:
    return {signer.person.keyid: signer for signer in commune.signers}


def control_seals(count: int) -> int:
    """How many forged mutants pass a reader whose seal check was taken out. Must not be 0."""
    good = (GOLDEN / "report-v1.bdg").read_bytes()
    endless, accepted = forged(good, random.Random(0)), 0
    with patch("exports.package.reader.check_seal"):
        for _ in range(count):
            try:
                read(next(endless)[1], None)
                accepted += 1
            except PackageRefused:
                continue
    return accepted


def control_batches(count: int) -> int:
    """How many batches end when a revoked key's file is read a second time without guard, as it once was. Must not be 0."""

    def once(_self: Receiving, data: bytes, *_: object) -> object:
        return PackageCodec().read(data, None)

    with (
        patch.object(Receiving, "_once_trusted", once),
        patch.object(Receiving, "_verified", Receiving._judged),
        _quiet(),
    ):
        return in_batches(100_000, most_batches=count)["ended"]


def control_agreement(count: int) -> int:
    """How often a verifier that knows no shapes differs from the reader. Must not be 0."""
    careless = verifier()
    for shapes in ("MANIFESTS", "PAYLOADS"):
        setattr(careless, shapes, dict.fromkeys(getattr(careless, shapes), lambda _: True))
    readers = Readers((GOLDEN / "report-v1.bdg").read_bytes(), careless)
    endless = sealed_again(readers.good, known_keys(*GOLDEN_KEYS), random.Random(0))
    with _quiet():
        for _ in range(count):
            kind, data = next(endless)
            readers.ask(kind, data, is_forged=False)
    return readers.told["differ"]


def verifier() -> ModuleType:
    """docs/verify_package.py, as a stranger would run it: from its file."""
    spec = importlib.util.spec_from_file_location("verify_package", ROOT / "docs" / "verify_package.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_SILENT = [False]


@contextmanager
def _quiet() -> Iterator[None]:
    """What a control provokes is not worth a line each."""
    _SILENT[0] = True
    try:
        yield
    finally:
        _SILENT[0] = False


def _say(about: str, data: bytes) -> None:
    if not _SILENT[0]:
        print(f"{about} {hashlib.sha256(data).hexdigest()}", file=sys.stderr)


_WRONG_ALONE = ("forged accepted", "forged crashed", "crashed", "differ")
_WRONG_IN_BATCHES = (
    "ended", "accepted", "crashed", "lines missing", "preview wrong", "good not received", "good figures wrong",
)  # fmt: skip


def main(words: list[str]) -> int:
    count, seed = int(words[0]) if words else 20_000, int(words[1]) if len(words) > 1 else 1
    controls = {
        "seal check taken out: accepted of 2000": control_seals(2_000),
        "revoked keys read without guard: ended of 40 batches": control_batches(40),
        "a verifier without shapes: differences in 500": control_agreement(500),
    }
    start = time.perf_counter()
    single = alone(count, seed)
    middle = time.perf_counter()
    batched = in_batches(count, seed)
    end = time.perf_counter()
    print(f"alone: {count} mutants in {middle - start:.0f} s, seed {seed}")
    print(f"  forged: refused {single['forged refused']}, " + _counts(single, _WRONG_ALONE[:2]))
    print(
        f"  sealed again: refused {single['refused']}, accepted {single['accepted']}, "
        + _counts(single, _WRONG_ALONE[2:])
    )
    print(f"in batches: {batched['mutants']} mutants in {batched['batches']} batches in {end - middle:.0f} s")
    print("  " + _counts(batched, _WRONG_IN_BATCHES))
    print(
        "  "
        + ", ".join(f"{name.strip()} {number}" for name, number in sorted(batched.items()) if name.startswith("  "))
    )
    for what, number in controls.items():
        print(f"control, {what}: {number} (must not be 0)")
    wrong = sum(single[name] for name in _WRONG_ALONE) + sum(batched[name] for name in _WRONG_IN_BATCHES)
    return 0 if not wrong and all(controls.values()) else 1


def _counts(told: Counter[str], names: Sequence[str]) -> str:
    return ", ".join(f"{name} {told[name]}" for name in names)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
