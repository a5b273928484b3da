"""How the golden packages of format 1 were made: `python -m tests.golden.packages.make` writes them beside this file.

They are written once for a format and kept for ever; the test compares today's writer with them byte for byte.
"""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from exports.package.enrolment import write_enrolment
from exports.package.reader import Attachment, write
from tests.exports.package.parts import ALONE, CLERK, HEAD, PAYLOAD, STATEMENT, UNIT
from tests.exports.package.test_bundle import CONTENT, adjustment, bundle, entry

FOLDER = Path(__file__).parent


def packages() -> dict[str, bytes]:
    """File name → bytes: a first report, its correction by a sole officer with evidence, an agency's span of years with
    tasks, proposals and a picture of a news item, a district's bundle with an entry on behalf and an adjustment, and a
    key's enrolment."""
    first = write(STATEMENT, PAYLOAD, (CLERK, HEAD))
    changed = {
        **PAYLOAD,
        "cells": [*PAYLOAD["cells"][:1], {**PAYLOAD["cells"][1], "amount": "1251"}, PAYLOAD["cells"][2]],
        "changes": [{"cell": "people_reached.female", "old": "1250", "new": "1251", "reason": "Cộng sót một người"}],
    }
    second = replace(STATEMENT, package_id="1e" * 16, revision=2, supersedes="77" * 32, seq=8, practice=True)
    evidence = (Attachment("Ảnh buổi nói chuyện.jpg", b"\xff\xd8\xff not a real picture"), Attachment("Sổ.txt", b""))
    picture = Attachment("Ảnh buổi phát động.png", b"\x89PNG\r\n\x1a\n not a real picture")
    span = replace(STATEMENT, package_id="2d" * 16, programme="qd2351", form="summing_up", period="2011..2020", seq=9)
    return {
        "report-v1.bdg": first,
        "report-v1-correction.bdg": write(second, changed, (ALONE,), evidence),
        "report-v1-agency.bdg": write(span, agency(picture), (CLERK, HEAD), (picture,)),
        "bundle-v1.bdg": bundle(replace(CONTENT, on_behalf=(entry(),), adjustments=(adjustment(),))),
        "enrolment-v1.bdg": write_enrolment(UNIT, CLERK, "2025-10-01T08:00:00+07:00", "0.1.0"),
    }


def agency(picture: Attachment) -> dict[str, object]:
    """What came with entry for every programme: years, an agency, tasks with a due day, proposals, evidence."""
    task = {
        "id": "t-1",
        "state": "running",
        "percent": 40,
        "started": "2019-01-02",
        "finished": None,
        "product": "Kế hoạch",
        "result": "Đã mở **2** lớp:\n- xã A\n- xã B",
        "evidence": "QĐ 5",
    }
    cells = ("jobs@2015", "12"), ("jobs@2020", "15"), ("reached.female@2020", "0")
    return {
        **PAYLOAD,
        "role": "agency",
        "cells": [{"cell": cell, "state": "given", "amount": amount, "note": ""} for cell, amount in cells],
        "news": [{**PAYLOAD["news"][0], "date": "2020-10-20", "files": [sha256(picture.content).hexdigest()]}],
        "narratives": {"results_1": "Kết quả: *đạt*."},
        "tasks": [task | {"due": "2019-06-01"}, task | {"id": "t-2", "state": "done", "percent": 100}],
        "nominations": [{"kind": "collective", "name": "Phường Phú Xuân", "form": "Bằng khen", "ground": "10 năm"}],
        "explanations": [{"check": "unusual:jobs@2020", "reason": "Khu công nghiệp mới."}],
    }


if __name__ == "__main__":
    for name, data in packages().items():
        if not (FOLDER / name).exists():
            (FOLDER / name).write_bytes(data)
