"""The catalogue's generator, fed with a country of two provinces."""

from __future__ import annotations

import importlib.util
import json
import sqlite3
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from forms.model.org_unit import UnitKey
from forms.org_units.catalogue import OrgUnits

SCRIPT = Path(__file__).parents[2] / "packaging" / "make_org_units.py"
EARLY, SUMMER = date(2025, 1, 1), date(2025, 7, 1)

OLD = """\
46 thanhphohue Thành_phố_Huế 475 quanphuxuan Quận_Phú_Xuân 01 phuong1 Phường_1
46 thanhphohue Thành_phố_Huế 475 quanphuxuan Quận_Phú_Xuân 02 phuonggiahoi Phường_Gia_Hội
44 tinhquangbinh Tỉnh_Quảng_Bình 450 thixabadon Thị_Xã_Ba_Đồn 03 xatan Xã_Tân
45 tinhquangtri Tỉnh_Quảng_Trị 470 huyenhai Huyện_Hải 04 xatan Xã_Tân
45 tinhquangtri Tỉnh_Quảng_Trị 471 huyenconco Huyện_Cồn_Cỏ - - -
"""
NEW = """\
46 thanhphohue Thành_phố_Huế 02 phuongphuxuan Phường_Phú_Xuân
44 tinhquangtri Tỉnh_Quảng_Trị 03 xatan Xã_Tân
44 tinhquangtri Tỉnh_Quảng_Trị 04 xahai Xã_Hải
44 tinhquangtri Tỉnh_Quảng_Trị 05 dackhuconco Đặc_khu_Cồn_Cỏ
"""
BOTH_TANS = [{"newWardKey": "xatan", "isDefaultNewWard": True}, {"newWardKey": "xahai", "isDefaultNewWard": False}]
CONVERTER = {
    "DICT_PROVINCE_WARD_NO_DIVIDED": {
        "thanhphohue": {"phuongphuxuan": ["thanhphohue_quanphuxuan_phuong1", "thanhphohue_quanphuxuan_phuonggiahoi"]},
        "tinhquangtri": {"dackhuconco": ["tinhquangtri_huyenconco_"]},
    },
    "DICT_PROVINCE_WARD_DIVIDED": {
        "tinhquangtri": {"tinhquangbinh_thixabadon_xatan": BOTH_TANS, "tinhquangtri_huyenhai_xatan": BOTH_TANS}
    },
}
DISTRICT = ("districtCode", "districtKey", "district")
PROVINCE, WARD = ("provinceCode", "provinceKey", "province"), ("wardCode", "wardKey", "ward")


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_org_units", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder with the two files that the real package has."""
    (tmp_path / "data").mkdir()
    with sqlite3.connect(tmp_path / "data" / "dataset.db") as database:
        _fill(database, "admin_units_legacy", PROVINCE + DISTRICT + WARD, OLD)
        _fill(database, "admin_units", PROVINCE + WARD, NEW)
    database.close()
    (tmp_path / "data" / "converter_2025.json").write_text(json.dumps(CONVERTER), "utf-8")
    return tmp_path


def _fill(database: sqlite3.Connection, table: str, columns: tuple[str, ...], drawn: str) -> None:
    database.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    for line in drawn.splitlines():
        values = [None if word == "-" else word.replace("_", " ") for word in line.split()]
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", values)


@pytest.fixture
def made(generator: ModuleType, package: Path, tmp_path: Path) -> OrgUnits:
    path = tmp_path / "made.tsv"
    path.write_text(generator.make(package), "utf-8")
    return OrgUnits.load(path)


def test_both_states_are_there(made: OrgUnits):
    assert [unit.full_name for unit in made.below("46", EARLY)] == ["Quận Phú Xuân", "Phường 1", "Phường Gia Hội"]
    assert [unit.full_name for unit in made.below("44", SUMMER)] == ["Xã Tân", "Xã Hải", "Đặc khu Cồn Cỏ"]


def test_an_untouched_province_stays_one_unit_and_a_merged_one_does_not(made: OrgUnits):
    assert made.get("46", SUMMER).valid_from == EARLY
    assert made.get("44", SUMMER).valid_from == SUMMER
    assert [link.old_key.code for link in made.predecessors(UnitKey("44", SUMMER))] == ["44", "45"]


def test_an_island_district_becomes_a_special_zone(made: OrgUnits):
    (link,) = made.successors(UnitKey("471", EARLY))
    assert (link.new_key.code, link.whole) == ("05", True)


def test_a_title_in_odd_capitals_is_written_as_the_others(made: OrgUnits):
    assert made.get("450", EARLY).full_name == "Thị xã Ba Đồn"


def test_units_that_the_source_may_have_mixed_up_are_listed(generator: ModuleType, package: Path):
    """Both communes called Tân are said to be divided among the same two heirs: one of them hardly was."""
    head = generator.make(package).partition("!kinds")[0]
    assert "at least 2 old units" in head
    assert "# 03 04\n" in head


def test_the_same_data_give_the_same_bytes(generator: ModuleType, package: Path):
    assert generator.make(package) == generator.make(package)


def test_an_unknown_title_stops_the_script(generator: ModuleType, package: Path):
    with sqlite3.connect(package / "data" / "dataset.db") as database:
        database.execute("UPDATE admin_units SET ward = 'Bang Hải' WHERE wardCode = '04'")
    database.close()
    with pytest.raises(SystemExit, match="Bang Hải"):
        generator.make(package)
