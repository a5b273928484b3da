"""Figures in the words of the screen."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from forms.model.count import Breakdown
from forms.model.expression import Formula, Lack
from forms.model.indicator import Direction, Indicator, IndicatorKind, Operator, Target
from forms.prose.wording import lacking
from forms.summary.totals import Result
from forms.summary.verdict import Verdict
from ui.desktop.number_wording import (
    gap_words,
    in_two_lines,
    operand_words,
    part_gap_words,
    quantity_words,
    value_words,
    verdict_item,
)

TARGET = Target(2025, Operator.AT_LEAST, Decimal(60), "đạt 60%")


def indicator(**more) -> Indicator:
    known = dict(
        id="share",
        number="6.1",
        title="Tỷ lệ",
        measure="%",
        kind=IndicatorKind.FORMULA,
        owner="Sở",
        gap_noun="nữ",
        formula=Formula.parse("100 * reached / population"),
    )
    return Indicator(**(known | more))


def result(quantity, verdict=Verdict.NOT_MET, gap=None, count=None, operands=None, **more) -> Result:
    return Result(indicator(**more), operands or {}, quantity, 40, 38, TARGET, verdict, gap, count)


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Decimal("1234.5"), "1.234,5"),
        (Decimal(0), "0"),
        (Lack.BLANK, ""),
        (Lack.NOT_ARISEN, "-"),
        (Lack.NOT_APPLICABLE, "x"),
        (Lack.NOT_COLLECTED, "…"),
    ],
)
def test_nought_and_every_kind_of_nothing_look_different(quantity, words):
    assert quantity_words(quantity) == words


def test_a_value_carries_its_measure_and_a_lack_does_not():
    assert value_words(result(Decimal("62.5"))) == "62,5 %"
    assert value_words(result(Lack.NOT_ARISEN)) == "-"


def test_a_milestone_is_yes_or_not_yet():
    assert value_words(result(Decimal(1), kind=IndicatorKind.YES_NO)) == "Có"
    assert value_words(result(Decimal(0), kind=IndicatorKind.YES_NO)) == "Chưa"


def test_a_quotient_shows_what_was_divided():
    known = {"reached": Decimal(1250), "population": Decimal(2000)}
    assert operand_words(result(Decimal("62.5"), operands=known)) == "1.250 / 2.000"
    assert operand_words(result(Lack.BLANK, operands={"reached": Decimal(1250)})) == ""
    assert operand_words(result(Decimal(3), formula=Formula.parse("reached"), operands=known)) == ""


def test_a_missed_target_is_told_in_persons_and_in_points():
    missed = result(Decimal(50), gap=Decimal(-10), count=12)
    assert gap_words(missed) == "thiếu 12 nữ, thấp hơn 10,0 điểm %"


def test_a_count_that_is_too_low_is_told_once():
    """“thiếu 1 cơ sở” and not “thấp hơn 1 cơ sở” beside it: the measure is the thing counted."""
    missed = result(Decimal(4), gap=Decimal(-1), count=1, measure="cơ sở", gap_noun="cơ sở")
    assert gap_words(missed) == "thiếu 1 cơ sở"


def test_where_lower_is_better_there_are_too_many():
    missed = result(Decimal(70), gap=Decimal(10), count=1200, direction=Direction.LOWER)
    assert gap_words(missed) == "vượt 1.200 nữ, cao hơn 10,0 điểm %"


def test_without_a_noun_there_are_only_points():
    assert gap_words(result(Decimal(50), gap=Decimal(-10), count=12, gap_noun="")) == "thấp hơn 10,0 điểm %"


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.NOT_MET])
def test_nothing_lacks_where_nothing_was_missed(verdict):
    assert gap_words(result(Decimal(70), verdict, Decimal(10), 3)) == ""


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_said_in_words_whatever_its_colour(verdict):
    assert verdict_item(result(Decimal(70), verdict)).text


def test_thirty_digits_stand_in_two_even_lines():
    assert in_two_lines("11111 22222 33333 44444 55555 66666") == "11111 22222 33333\n44444 55555 66666"


def test_what_each_part_lacks_is_told_beside_what_they_lack_together():
    children = Breakdown("child", "Trẻ", {"boys": "Trai", "girls": "Gái"})
    missed = replace(
        result(Decimal(65), gap=Decimal(-40), count=52, each_part=children),
        judged_parts=(
            ("boys", Verdict.NOT_MET, Decimal(-40), 41),
            ("girls", Verdict.NOT_MET, Decimal(-10), 11),
        ),
    )
    assert gap_words(missed) == "thiếu 52 nữ (trai 41, gái 11), thấp hơn 40,0 điểm %"
    assert part_gap_words(missed, Decimal(-10), 11) == "thiếu 11 nữ, thấp hơn 10,0 điểm %"
    assert part_gap_words(missed, Decimal(3), None) == ""
    assert lacking(missed) == ", thiếu 52 nữ (trai 41, gái 11)"
