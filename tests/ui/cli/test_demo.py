"""The demo plays everything for real, as the process that a person starts, so its figures can be counted again from the
packages alone. Only its hundred passwords cost less: what they cost in earnest is asked in tests/storage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from docs.verify_package import check
from tests import processes

from .documented import PAGE, usages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> tuple[Path, dict]:
    """The demo's folder and its answer; it takes a dozen seconds, so the examples share one."""
    folder = tmp_path_factory.mktemp("demo") / "thu"
    done = processes.ran(["demo", folder, "--json"])
    assert (done.returncode, done.stderr) == (0, b"")
    return folder, json.loads(done.stdout)


def payloads(folder) -> dict[str, dict]:
    """The last good quarterly report of every commune, read by the stand-alone verifier alone."""
    found = {}
    for file in sorted(folder.glob("goi-dot-*/*2025-Q4*.bdg"), key=lambda file: file.name[-7:]):
        try:
            manifest = check(file.read_bytes())
        except ValueError:
            continue
        found[manifest["unit"]["code"]] = manifest, file
    return found


def test_forty_communes_thirty_eight_received_two_missing(played):
    _, demo = played
    assert (demo["expected"], demo["received"], len(demo["missing"])) == (40, 38, 2)
    assert all(Path(file).stat().st_size > 5000 for file in demo["files"])
    (usage,) = (usage for usage in usages(PAGE.read_text("utf-8")) if usage.said == {("demo",)})
    assert usage.keys <= demo.keys()


def told(cells, name):
    """The figure of a cell; of a count told by its parts, what they add up to."""
    return cells[name] if name in cells else sum(amount for one, amount in cells.items() if one.startswith(f"{name}."))


def test_the_table_is_what_an_independent_sum_says(played):
    """Members are stored plainly, so payload.json can be cut out of each file without our reader."""
    folder, demo = played
    counted = {}
    for code, (_, file) in payloads(folder).items():
        data = file.read_bytes()
        start = data.index(b'{"as_of"')
        payload, _ = json.JSONDecoder().raw_decode(data[start:].decode("utf-8", "ignore"))
        counted[code] = {row["cell"]: int(row.get("amount", 0)) for row in payload["cells"]}
    assert len(counted) == 38
    table = demo["table"]
    for cell in table["cells"]:
        assert int(cell["amount"]) == sum(told(cells, cell["cell"]) for cells in counted.values())
    (share,) = table["rows"]
    enough = sum(cells["news_counted"] >= 4 for cells in counted.values())
    assert share["operands"] == {"units_meeting": str(enough), "units_expected": "40"}


def test_an_earlier_demo_is_replaced_and_nothing_else_ever(cli, tmp_path):
    (tmp_path / "that" / "so").mkdir(parents=True)
    assert cli("demo", "that", "--json").refusal == "DEMO_FOLDER"
    assert (tmp_path / "that" / "so").is_dir()
