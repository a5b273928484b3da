"""A pack as it is read and changed in the window: nothing that stands in its files is left out."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import pytest

from forms.programmes.catalogue import DEFINITIONS, HEAD, read_pack
from forms.programmes.pack_outline import FieldKind, Outline, changes, outline

FOLDERS = sorted(place.name for place in DEFINITIONS.iterdir() if (place / HEAD).is_file())


@cache
def of(folder: str) -> Outline:
    return outline(read_pack(DEFINITIONS / folder))


def leaves(table: dict[str, Any]) -> int:
    """Values of a file, lists of plain values counted once."""
    found = 0
    for value in table.values():
        below = value if isinstance(value, list) and value and isinstance(value[0], dict) else None
        below = [value] if isinstance(value, dict) else below
        found += sum(map(leaves, below)) if below is not None else 1
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_value_of_every_file_is_a_field(folder: str) -> None:
    """A day of every year is one field for the two keys day and month; a key that is not there may be one too."""
    raw = {file: tomllib.loads(data.decode()) for file, data in read_pack(DEFINITIONS / folder).items()}

    def stands(file: str, path: tuple[str | int, ...]) -> bool:
        found: Any = raw[file]
        for step in path:
            if isinstance(found, dict) and step not in found:
                return False
            found = found[step]
        return True

    fields = of(folder).fields.values()
    days = sum(field.spec.kind is FieldKind.EVERY_YEAR for field in fields)
    assert sum(stands(f.file, f.path) for f in fields) + days == sum(map(leaves, raw.values()))


@pytest.mark.parametrize("folder", FOLDERS)
def test_ids_are_found_again_and_stand_once(folder: str) -> None:
    shown = of(folder)
    assert len({part.id for part in shown.parts}) == len(shown.parts)
    assert sum(len(block.fields) for part in shown.parts for block in part.blocks) == len(shown.fields)


@pytest.mark.parametrize("folder", FOLDERS)
def test_ids_and_formulas_are_shown_and_stay(folder: str) -> None:
    """The same id means the same figure in every copy."""
    fields = of(folder).fields.values()
    for key in ("id", "formula", "rule", "expect", "kind", "from_news", "filled_by", "by", "measure"):
        kinds = {field.spec.kind for field in fields if field.spec.key == key}
        assert kinds <= {FieldKind.FIXED}, key


def test_a_pack_differs_from_itself_in_nothing() -> None:
    assert changes(of("nq28_hue.v1"), of("nq28_hue.v1")) == ()


def test_the_plan_of_a_province_held_against_the_national_strategy() -> None:
    """
    1.1 › Mốc năm 2025 › Mốc theo lời văn bản   Đến năm 2025 đạt 60%   Phấn đấu đạt 60%
    1.1 › Mốc năm 2030                          75 · …                 (gone)
    """
    found = {change.field: change for change in changes(of("nq28.v1"), of("nq28_hue.v1"))}
    share = "year_indicators/women_led_agencies_share"
    assert found[f"{share}/2025.words"].new == "Phấn đấu đạt 60%"
    gone = found[f"{share}/2030"]
    assert (gone.new, gone.where.endswith("› Mốc năm 2030")) == ("", True)
    assert "75" in gone.old
    assert found["programme/summing_unit/year"].old == ""
    assert not {"programme/programme.id", "programme/programme.version"} & found.keys()


def test_what_was_not_held_against_the_original_is_told() -> None:
    unsure = [
        part.id for part in of("nq28_hue.v1").parts if any(block.value("verified") is False for block in part.blocks)
    ]
    assert "programme/news" in unsure
    assert "year_indicators/women_wage_share" in unsure
    assert "programme/programme" not in unsure
