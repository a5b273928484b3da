"""The loader: what it finds, what it refuses, and that a wrong definition is named by file and key."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest

from forms.errors import CatalogueError, InputRefused
from forms.model.count import Role
from forms.model.period import Period, PeriodKind
from forms.programmes.catalogue import Catalogue, load_all, load_pack, parse_pack
from forms.programmes.programme import Programme

SMALL = {
    "programme.toml": """
        id = "small"
        version = 1
        title = "Chương trình"
        short_title = "CT"
        document = "Văn bản"
        issuer = "Cơ quan"
        issuing_unit = ""
        first_year = 2021
        last_year = 2025
        source = "Văn bản"
        [[objective]]
        number = "1"
        title = "Mục tiêu"
        [[deadline]]
        role = "reporting_unit"
        month = 11
        day = 30
        words = "trước ngày 30/11"
        receiver = "Sở"
        """,
    "form.toml": """
        id = "year_form"
        number = "01"
        version = 1
        title = "Biểu"
        period_kind = "year"
        [breakdown.sex]
        title = "Giới tính"
        female = "Nữ"
        male = "Nam"
        [[section]]
        number = "1"
        title = "Mục tiêu"
            [[section.row]]
            count = "reached"
            number = "1"
            title = "Được tiếp cận"
            measure = "người"
            by = "sex"
            filled_by = ["reporting_unit"]
            [[section.row]]
            count = "population"
            number = "2"
            title = "Dân số"
            measure = "người"
            maximum = "1000"
            [[section.row]]
            indicator = "share"
            number = "1.1"
            title = "Tỷ lệ"
            measure = "%"
            kind = "formula"
            formula = "100 * reached / population"
            owner = "Sở"
                [[section.row.target]]
                year = 2025
                operator = ">="
                amount = "62.5"
                words = "62,5%"
        [[check]]
        id = "reached_within"
        expect = "reached <= population"
        level = "error"
        message = "Lớn hơn dân số. Nhập lại."
        [[narrative]]
        id = "results"
        number = "I"
        title = "Kết quả"
        """,
}


def small(old: str = "", new: str = "", name: str = "small.v1") -> Programme:
    """The small pack with one text replaced wherever it stands."""
    files = {file: text.replace(old, new) if old else text for file, text in SMALL.items()}
    if old:
        assert files != SMALL, f"{old!r} does not stand in the small pack"
    return parse_pack(name, {file: text.encode() for file, text in files.items()})


def test_the_small_pack_is_right_so_that_each_wrong_one_differs_by_one_fault() -> None:
    form = small().form("year_form")
    assert form is not None
    assert form.cells_for(Role.REPORTING) == ("reached.female", "reached.male", "population")
    assert form.indicators["share"].targets[0].amount == Decimal("62.5")
    assert form.period_kind is PeriodKind.YEAR


@pytest.mark.parametrize(
    ("old", "new", "where", "problem"),
    [
        ("year = 2025", 'year = 2025\ncolour = "red"', "form.toml, indicator share", "unknown key 'colour'"),
        ('measure = "%"', "", "form.toml, indicator share", "measure"),
        ('title = "Dân số"', "title = 5", "form.toml, count population", "title should be str, not 5"),
        (
            'filled_by = ["reporting_unit"]',
            'filled_by = "reporting_unit"',
            "form.toml, count reached",
            "filled_by should be tuple",
        ),
        ('filled_by = ["reporting_unit"]', 'filled_by = ["mayor"]', "form.toml, reached filled_by", "'mayor'"),
        ('by = "sex"', 'by = "age"', "form.toml, reached by", "unknown breakdown 'age'"),
        ('by = "sex"', 'from_news = "likes"', "form.toml, count reached", "no news measure"),
        ('maximum = "1000"', "maximum = 1000.1", "form.toml, population maximum", "no number written as text"),
        ('amount = "62.5"', 'amount = "NaN"', "form.toml, amount", "no number written as text"),
        ('amount = "62.5"', 'amount = "1_0"', "form.toml, amount", "no number written as text"),
        ('operator = ">="', 'operator = "=>"', "form.toml, operator", "'=>'"),
        ('kind = "formula"', 'kind = "share_of_units"', "form.toml, indicator share", "needs a rule"),
        ('kind = "formula"', 'kind = "average"', "form.toml, share kind", "'average'"),
        (
            'formula = "100 * reached / population"',
            'formula = "100 * reached / people"',
            "form.toml, share",
            "unknown id 'people'",
        ),
        (
            'formula = "100 * reached / population"',
            'formula = "__import__(1)"',
            "form.toml, share formula",
            "Call is not allowed",
        ),
        (
            'owner = "Sở"',
            'owner = "Sở"\neach_part = "sex"',
            "form.toml, indicator share",
            "'population' is not by 'sex'",
        ),
        (
            'expect = "reached <= population"',
            'expect = "reached + population"',
            "form.toml, reached_within expect",
            "compares two sides",
        ),
        (
            'expect = "reached <= population"',
            'expect = "reached.other <= 1"',
            "form.toml, reached_within",
            "unknown id 'reached.other'",
        ),
        ('level = "error"', 'level = "fatal"', "form.toml, check reached_within", "level 'fatal'"),
        ('id = "results"', 'id = "reached"', "form.toml, reached", "the id stands twice"),
        ('id = "results"', 'id = "KếtQuả"', "form.toml, KếtQuả", "snake_case"),
        ('count = "population"', 'total = "population"', "form.toml, row", "neither count nor indicator"),
        ('period_kind = "year"', 'period_kind = "decade"', "form.toml, year_form period_kind", "'decade'"),
        ('number = "01"', "number = ", "form.toml, TOML", "line"),
        ("Kết quả", unicodedata.normalize("NFD", "Kết quả"), "form.toml, text", "not NFC"),
        ("version = 1", 'version = "1"', "programme.toml, id, version", "small.v1"),
        ('role = "reporting_unit"', 'role = "mayor"', "programme.toml, role", "'mayor'"),
        ("month = 11", "", "programme.toml, deadline", "month"),
        (
            '                words = "62,5%"',
            """                words = "62,5%"
                [[section.row.target]]
                year = 2025
                operator = ">="
                amount = "70"
                words = "70%"
                """,
            "form.toml, indicator share",
            "a target year stands twice",
        ),
    ],
)
def test_a_wrong_definition_is_named_by_file_and_key(old: str, new: str, where: str, problem: str) -> None:
    with pytest.raises(CatalogueError) as wrong:
        small(old, new)
    assert where in wrong.value.message
    assert problem in wrong.value.message


def test_the_folder_is_named_after_id_and_version() -> None:
    with pytest.raises(CatalogueError, match=r"small\.v1"):
        small(name="small.v2")


def test_a_folder_without_programme_is_no_pack() -> None:
    with pytest.raises(CatalogueError, match=r"programme\.toml"):
        parse_pack("small.v1", {"form.toml": SMALL["form.toml"].encode()})


def test_a_file_that_is_not_utf8_is_named() -> None:
    with pytest.raises(CatalogueError, match=r"form\.toml"):
        parse_pack("small.v1", {"programme.toml": SMALL["programme.toml"].encode(), "form.toml": b'id = "\xff"'})


def test_the_fingerprint_changes_with_any_byte_and_travels_with_each_form(tmp_path: Path) -> None:
    """A report remembers the SHA-256 it was filled under; the same bytes always give the same one."""
    folder = tmp_path / "small.v1"
    folder.mkdir()
    for file, text in SMALL.items():
        (folder / file).write_bytes(text.encode())
    assert load_pack(folder).sha256 == small().sha256 == small().forms[0].programme_sha256
    assert small("Dân số", "Dân  số").sha256 != small().sha256


def test_a_pack_is_read_when_it_is_asked_for_and_once() -> None:
    """Ten packs are shipped; an office works with one or two."""
    read: list[int] = []

    def reading(version: int) -> Programme:
        read.append(version)
        return replace(small(), version=version)

    shipped = Catalogue(unread={("small", version): partial(reading, version) for version in (1, 2, 3)})
    assert (shipped.keys, read) == ((("small", 1), ("small", 2), ("small", 3)), [])
    assert (shipped.programme("small").version, read) == (3, [3])
    known = shipped.with_packs([replace(small(), version=2)])
    assert (known.programme("small", 2).version, known.programme("small").version, read) == (2, 3, [3])
    assert [one.version for one in known.programmes] == [1, 3, 2]
    assert [one.version for one in shipped.programmes] == [1, 2, 3]
    assert read == [3, 1, 2]


def test_a_folder_with_a_programme_that_is_not_named_as_a_pack_is_told(tmp_path) -> None:
    (tmp_path / "small").mkdir()
    (tmp_path / "small" / "programme.toml").write_text("", "utf-8")
    with pytest.raises(CatalogueError, match=r"small/programme\.toml"):
        load_all(tmp_path)


def test_a_programme_or_period_that_is_not_there_is_refused() -> None:
    catalogue = load_all()
    with pytest.raises(InputRefused) as unknown:
        catalogue.programme("nq29")
    assert unknown.value.code == "PROGRAMME_UNKNOWN"
    assert "nq28_hue" in unknown.value.message
    with pytest.raises(InputRefused) as no_form:
        catalogue.form_for("nq28", Period("2025-11"))
    assert no_form.value.code == "PERIOD_UNKNOWN"
    assert catalogue.form_for("nq28", Period("2025-Q4")).id == "quarter_news"
    assert catalogue.find_form("nq28", 1, "year_indicators") is not None
    assert catalogue.find_form("nq28", 99, "year_indicators") is None
