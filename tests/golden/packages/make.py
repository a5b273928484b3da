"""How the golden packages of format 1 were made: `python -m tests.golden.packages.make` writes them beside this file.

They are written once for a format and kept for ever; the test compares today's writer with them byte for byte.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from exports.package import Attachment, write, write_enrolment
from tests.exports.package.parts import ALONE, CLERK, HEAD, PAYLOAD, STATEMENT, UNIT

FOLDER = Path(__file__).parent


def packages() -> dict[str, bytes]:
    """File name → bytes: a first report, its correction by a sole officer with evidence, and a key's enrolment."""
    first = write(STATEMENT, PAYLOAD, (CLERK, HEAD))
    changed = {
        **PAYLOAD,
        "cells": [*PAYLOAD["cells"][:1], {**PAYLOAD["cells"][1], "amount": "1251"}, PAYLOAD["cells"][2]],
        "changes": [{"cell": "people_reached.female", "old": "1250", "new": "1251", "reason": "Cộng sót một người"}],
    }
    second = replace(STATEMENT, package_id="1e" * 16, revision=2, supersedes="77" * 32, seq=8, practice=True)
    evidence = (Attachment("Ảnh buổi nói chuyện.jpg", b"\xff\xd8\xff not a real picture"), Attachment("Sổ.txt", b""))
    return {
        "report-v1.bdg": first,
        "report-v1-correction.bdg": write(second, changed, (ALONE,), evidence),
        "enrolment-v1.bdg": write_enrolment(UNIT, CLERK, "2025-10-01T08:00:00+07:00", "0.1.0"),
    }


if __name__ == "__main__":
    for name, data in packages().items():
        (FOLDER / name).write_bytes(data)
