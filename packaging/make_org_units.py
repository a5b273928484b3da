"""Makes resources/org_units/org_units.tsv from the data inside the package vietnamadminunits 1.0.4 (MIT).

    python packaging/make_org_units.py FOLDER_OF_THE_PACKAGE resources/org_units/org_units.tsv

Only data are read (data/dataset.db, data/converter_2025.json); nothing of the package runs. The same data give
the same bytes. The package describes two states, early 2025 (three tiers) and from 1/7/2025 (two tiers), and the
map between them. Titles are taken from the full name: five rows name another type beside it.

The file is rows under `!word` headings:

    !kinds                            letter, kind, title
    !units FROM TO                    code, letter, name without title, parent's code
    !successions OLD_FROM NEW_FROM    new code, old codes: bare = the whole old unit, * = a part of it and the
                                      default heir, / = another part
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

OLD_FROM, OLD_TO, NEW_FROM = "2025-01-01", "2025-06-30", "2025-07-01"
FORMAT = "# so-binh-dang org-units 1"
NO_PARENT = "-"
HEADER = f"""{FORMAT}
# Source: data of the Python package vietnamadminunits 1.0.4, (c) 2025 Tran Ngoc Minh Hieu.
# Licence: MIT, see LICENSE beside this file.
# Made by packaging/make_org_units.py; taken over on 2026-11-22. Do not edit by hand.
# {OLD_FROM} is a convention: the source gives the state of early 2025, not when each unit was founded.
# A province that 1/7/2025 did not touch has one row with an open end.
"""
KINDS = {
    "T": ("province", "Tỉnh"),
    "C": ("city", "Thành phố"),
    "h": ("district", "Huyện"),
    "q": ("district", "Quận"),
    "i": ("district", "Thị xã"),
    "p": ("district", "Thành phố"),
    "x": ("commune", "Xã"),
    "w": ("ward", "Phường"),
    "t": ("township", "Thị trấn"),
    "d": ("special_zone", "Đặc khu"),
}
TIERS = {"province": "TC", "district": "hqip", "commune": "xwtd"}
Rows = list[sqlite3.Row]


class Row(NamedTuple):
    """One unit as a line of the file."""

    code: str
    letter: str
    name: str
    parent: str


class Link(NamedTuple):
    """One old → new pair; mark "" whole, "*" part and default, "/" part."""

    new: str
    old: str
    mark: str


def make(package: Path) -> str:
    """The text of the catalogue, from the package's folder."""
    database = sqlite3.connect(f"file:{package / 'data' / 'dataset.db'}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    try:
        old = database.execute("SELECT * FROM admin_units_legacy").fetchall()
        new = database.execute("SELECT * FROM admin_units").fetchall()
    finally:
        database.close()
    converter = json.loads((package / "data" / "converter_2025.json").read_text("utf-8"))
    old_provinces, new_provinces = _provinces(old), _provinces(new)
    links, doubtful = _links(old, new, converter)
    mergers = _mergers(old, new, links)
    kept = {row for row in old_provinces & new_provinces if mergers[row.code] == {row.code}}
    unbroken = {row.code for row in kept}
    links += [Link(heir, o, "") for heir, olds in mergers.items() if heir not in unbroken for o in olds]
    ended = (old_provinces - kept) | _districts(old) | _communes(old, "districtCode")
    begun = (new_provinces - kept) | _communes(new, "provinceCode")
    parts = [HEADER, _doubts(doubtful), _kinds()]
    parts += [f"!units\t{OLD_FROM}\t-\n", _unit_lines(kept)]
    parts += [f"!units\t{OLD_FROM}\t{OLD_TO}\n", _unit_lines(ended)]
    parts += [f"!units\t{NEW_FROM}\t-\n", _unit_lines(begun)]
    parts += [f"!successions\t{OLD_FROM}\t{NEW_FROM}\n", _succession_lines(links)]
    return "".join(parts)


def _row(code: str, full_name: str, tier: str, parent: str) -> Row:
    for letter in TIERS[tier]:
        title = KINDS[letter][1]
        # the source writes "Thị Xã" and "Thành Phố" in a few rows
        if full_name.lower().startswith(title.lower() + " "):
            return Row(code, letter, full_name[len(title) + 1 :], parent)
    raise SystemExit(f"unknown title: {code} {full_name}")


def _provinces(rows: Rows) -> set[Row]:
    return {_row(r["provinceCode"], r["province"], "province", NO_PARENT) for r in rows}


def _districts(rows: Rows) -> set[Row]:
    return {_row(r["districtCode"], r["district"], "district", r["provinceCode"]) for r in rows}


def _communes(rows: Rows, parent: str) -> set[Row]:
    # five island districts have no communes: their row has no ward
    return {_row(r["wardCode"], r["ward"], "commune", r[parent]) for r in rows if r["wardCode"]}


def _links(old: Rows, new: Rows, converter: dict[str, Any]) -> tuple[list[Link], list[str]]:
    """Every pair of the converter by codes, and the old codes whose division is doubtful."""
    old_codes = {_name_key(r): _own_code(r) for r in old}
    new_codes = {(r["provinceKey"], r["wardKey"]): r["wardCode"] for r in new}
    links, alike = [], defaultdict(list)
    for province, heirs in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for heir, olds in heirs.items():
            links += [Link(new_codes[province, heir], old_codes[o], "") for o in olds]
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for o, heirs in divided.items():
            marks = {new_codes[province, h["newWardKey"]]: h["isDefaultNewWard"] for h in heirs}
            links += [Link(heir, old_codes[o], "*" if default else "/") for heir, default in marks.items()]
            ward = o.rsplit("_", 1)[1]
            alike[province, ward, tuple(sorted(marks))].append(old_codes[o])
    return links, sorted(code for codes in alike.values() if len(codes) > 1 for code in codes)


def _name_key(row: sqlite3.Row) -> str:
    return f"{row['provinceKey']}_{row['districtKey']}_{row['wardKey'] or ''}"


def _own_code(row: sqlite3.Row) -> str:
    code: str = row["wardCode"] or row["districtCode"]
    return code


def _mergers(old: Rows, new: Rows, links: list[Link]) -> dict[str, set[str]]:
    """New province → old provinces, through their communes."""
    old_parent = {_own_code(r): r["provinceCode"] for r in old}
    new_parent = {r["wardCode"]: r["provinceCode"] for r in new}
    found: dict[str, set[str]] = defaultdict(set)
    for link in links:
        found[new_parent[link.new]].add(old_parent[link.old])
    return found


def _doubts(codes: list[str]) -> str:
    return (
        f"# Doubtful: at least {len(codes)} old units share name and heirs with another in the same\n"
        "# new province. The source matched by name, so their division may be a mix-up of the two:\n"
        f"# {' '.join(codes)}\n"
    )


def _kinds() -> str:
    return "!kinds\n" + "".join(f"{letter}\t{kind}\t{title}\n" for letter, (kind, title) in KINDS.items())


def _unit_lines(rows: set[Row]) -> str:
    """Provinces, districts, communes (by the length of their codes), each in order of code."""
    order = sorted(rows, key=lambda row: (len(row.code), row.code))
    return "".join("\t".join(row) + "\n" for row in order)


def _succession_lines(links: list[Link]) -> str:
    by_new = defaultdict(list)
    for link in links:
        by_new[link.new].append(link.old + link.mark)
    rows = sorted(by_new.items(), key=lambda item: (len(item[0]), item[0]))
    return "".join(f"{new}\t{' '.join(sorted(olds))}\n" for new, olds in rows)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    Path(sys.argv[2]).write_text(make(Path(sys.argv[1])), "utf-8", newline="\n")
