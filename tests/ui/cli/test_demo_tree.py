"""`demo --tree`: three tiers, packages, workbooks and paper; every sum is made again from the files by other code."""

from __future__ import annotations

import os

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        bool(os.environ.get("CI")), reason="half a minute; the same sums are held by tests/forms/services/test_tree*.py"
    ),
]


def test_a_province_of_three_tiers_adds_up(cli):
    """2 huyện, 12 xã (3 by workbook, 1 on paper), 4 sở, of which one answers for the whole and says otherwise; then the same
    communes under two groups."""
    told = cli("demo", "thu", "--tree", "--json").value
    assert (told["expected"], told["received"], told["on_behalf"]) == (18, 18, 4)
    assert told["compared"] > 50
    assert told["differences"] == 0
    assert told["sources"] == ["4.1", "4.2"]
    rows = {row["number"]: row for row in told["table"]["rows"]}
    assert rows["4.1"]["operands"] == {"live_births.boys": "1160", "live_births.girls": "1054"}
    assert {one["source"] for one in rows["4.1"]["sources"]} == {"health", "below"}
    now = told["two_tiers"]
    assert (now["expected"], now["received"], now["on_behalf"], now["differences"]) == (16, 16, 4, 0)
    assert [one["silent"] for one in told["table"]["tasks"] if one["silent"]] == []
