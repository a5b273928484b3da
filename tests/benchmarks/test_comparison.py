"""What a bench may claim: the judgement of a line, and that both sides of the merge did the same work."""

from __future__ import annotations

from contextlib import closing

import pytest
from cryptography.exceptions import InvalidSignature

from benchmarks.communes import QUARTER
from benchmarks.comparison import Comparison, percentile, tried
from benchmarks.merge import Stick, bare_loop, empty_file, run
from benchmarks.office import Bench
from benchmarks.table import drawn


@pytest.mark.parametrize(
    ("ours", "other", "wanted", "at_least", "holds"),
    [
        (600, 1000, 0.5, True, True),
        (400, 1000, 0.5, True, False),
        (290, 150, 2, False, True),  # the start: at most twice
        (310, 150, 2, False, False),
        (4.9, None, 5, False, True),  # a limit on our own figure
        (5.1, None, 5, False, False),
        (700, None, None, True, None),
    ],
)
def test_a_line_says_whether_what_was_wanted_is_reached(ours, other, wanted, at_least, holds):
    assert Comparison("việc", "ms", ours, other, "", wanted, at_least=at_least).holds is holds


def test_the_99th_percentile_leaves_one_in_a_hundred_above():
    assert percentile([float(n) for n in range(200)], 99) == 198


def test_the_table_lines_up_and_writes_numbers_the_vietnamese_way():
    shown = drawn(
        [
            Comparison("nhận gói", "gói/s", 1234.5, 2469.0, "vòng lặp trần", 0.5),
            Comparison("lưu một ô, p99", "ms", 6.07, None, "", 5, at_least=False),
        ]
    )
    heading, first, second = shown.splitlines()
    assert heading.split()[:3] == ["phép", "đo", "ta"]
    assert "1.234 gói/s" in first
    assert "0,50" in first
    assert first.endswith("đạt")
    assert "6,07 ms" in second
    assert second.endswith("CHƯA")


def test_the_bare_loop_stores_the_figures_that_the_product_stores(tmp_path):
    """`run` itself refuses to report when the two sides differ."""
    lines = run(Stick(Bench(tmp_path), 2), 1)
    assert [line.what for line in lines] == [
        "nhận 2 gói, biểu quý",
        "nhận 2 gói, biểu năm",
        "xem trước rồi nhận 2 gói, biểu quý",
        "nhận lại 2 gói ấy",
    ]


def test_a_bench_that_breaks_off_is_a_line_that_fails_and_the_others_go_on():
    """… | HỎNG"""

    def breaks():
        yield Comparison("việc trước", "ms", 1, None, "", 5, at_least=False)
        raise ValueError("không có LibreOffice")

    lines = [*tried("documents", breaks), *tried("grid", list)]
    assert [(line.what, line.holds) for line in lines] == [("việc trước", True), ("documents", False)]
    last = drawn(lines).splitlines()[-1]
    assert "không có LibreOffice" in last
    assert last.endswith("HỎNG")


def test_the_bare_loop_verifies(tmp_path):
    """Under the other signer's key neither signature holds."""
    stick = Stick(Bench(tmp_path), 1, (QUARTER,))
    swapped = dict(zip(stick.keys, reversed(stick.keys.values()), strict=True))
    with closing(empty_file(tmp_path / "bare.db")) as connection, pytest.raises(InvalidSignature):
        bare_loop(connection, list(stick.files(QUARTER).iterdir()), swapped)
