"""Formulas and rules: what may be written, what blank and "không phát sinh" do to them."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forms.model.expression import MAX_LENGTH, ExpressionError, Formula, Lack, Quantity, Rule, weakest

AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)
SIGNS = {"=": Lack.BLANK, "-": Lack.NOT_ARISEN, "x": Lack.NOT_APPLICABLE, "…": Lack.NOT_COLLECTED}


def drawn(cells: str) -> Callable[[str], Quantity]:
    """ "n: 45 | d: -" as a lookup; the signs are those of the printed page, and "=" is a blank cell."""
    pairs = (cell.split(": ") for cell in cells.split(" | "))
    values = {name: SIGNS[text] if text in SIGNS else Decimal(text) for name, text in pairs}
    return values.__getitem__


@pytest.mark.parametrize(
    ("formula", "cells", "quantity"),
    [
        ("100 * n / d", "n: 45 | d: 72", Decimal("62.5")),
        ("100 * n / d", "n: 0 | d: 72", Decimal(0)),
        ("n / d", "n: 4.5 | d: 2", Decimal("2.25")),
        ("a.female + a.male", "a.female: 1 | a.male: 2", Decimal(3)),
        ("2 * (n - d)", "n: 5 | d: 3", Decimal(4)),
        ("n - d - 1", "n: 9 | d: 3", Decimal(5)),
        ("0.1 + 0.2", "n: 0", Decimal("0.3")),
        ("n", "n: 7", Decimal(7)),
    ],
)
def test_a_formula_is_the_arithmetic_that_it_shows(formula: str, cells: str, quantity: Decimal) -> None:
    assert Formula.parse(formula).evaluate(drawn(cells)) == quantity


@pytest.mark.parametrize(
    ("cells", "lack"),
    [
        ("n: = | d: 72", Lack.BLANK),  # not yet typed
        ("n: 45 | d: =", Lack.BLANK),
        ("n: = | d: 0", Lack.BLANK),  # blank wins: it can still be typed
        ("n: … | d: 72", Lack.NOT_COLLECTED),
        ("n: x | d: …", Lack.NOT_COLLECTED),
        ("n: x | d: 72", Lack.NOT_APPLICABLE),
        ("n: 0 | d: 0", Lack.NOT_ARISEN),  # nobody was found: neither met nor missed
        ("n: - | d: -", Lack.NOT_ARISEN),
        ("n: 3 | d: -", Lack.NOT_ARISEN),
    ],
)
def test_what_is_missing_passes_through_and_is_never_taken_for_a_number(cells: str, lack: Lack) -> None:
    assert Formula.parse("100 * n / d").evaluate(drawn(cells)) is lack


def test_nothing_arisen_counts_as_nought_beside_real_numbers() -> None:
    """100 found, of whom "không phát sinh" got help: 0 %."""
    assert Formula.parse("100 * n / d").evaluate(drawn("n: - | d: 100")) == 0


@pytest.mark.parametrize(
    ("rule", "cells", "holds"),
    [
        ("n <= d", "n: 45 | d: 72", True),
        ("n <= d", "n: 73 | d: 72", False),
        ("n < d", "n: 72 | d: 72", False),
        ("n > d", "n: 73 | d: 72", True),
        ("n + 1 == d", "n: 71 | d: 72", True),
        ("n != 0", "n: 0", False),
        ("n <= d", "n: = | d: 72", None),  # cannot be told yet
        ("n <= d", "n: - | d: 72", True),
        ("n <= d", "n: 1 | d: -", False),
        ("n / d <= 1", "n: 1 | d: 0", True),  # 1 ÷ 0 is "không phát sinh", which a rule takes as nought
        ("a >= 4 and b >= 4", "a: 4 | b: 5", True),
        ("a >= 4 and b >= 4", "a: 4 | b: =", None),
        ("a >= 4 and b >= 4", "a: 3 | b: =", False),  # already missed, whatever b will be
    ],
)
def test_a_rule_holds_or_not_or_cannot_be_told(rule: str, cells: str, holds: bool | None) -> None:
    assert Rule.parse(rule).holds(drawn(cells)) is holds


def test_names_are_listed_once_in_order_of_appearance() -> None:
    assert Formula.parse("100 * b.girls / (b.girls + a)").names == ("b.girls", "a")
    assert Rule.parse("news_q1 >= 4 and news_q2 >= 4").names == ("news_q1", "news_q2")


@pytest.mark.parametrize(
    ("formula", "cells", "ratio"),
    [
        ("100 * n / d", "n: 45 | d: 72", (Decimal(45), Decimal(72), Decimal(100))),
        ("n / d", "n: 4 | d: 2", (Decimal(4), Decimal(2), Decimal(1))),
        ("100 * n / d", "n: 45 | d: =", None),
        ("n + d", "n: 45 | d: 72", None),
    ],
)
def test_a_ratio_gives_its_numerator_and_denominator(
    formula: str, cells: str, ratio: tuple[Decimal, Decimal, Decimal] | None
) -> None:
    """The gap "thiếu 12 nữ" is reckoned from them."""
    assert Formula.parse(formula).ratio(drawn(cells)) == ratio


@pytest.mark.parametrize(
    ("rule", "cells", "shown"),
    [
        ("100 * n / d < 30", "n: 20 | d: 100", True),
        ("100 * n / d < 30", "n: 30 | d: 100", False),
        ("100 * n / d < 30", "n: - | d: 100", True),
        ("100 * n / d < 30", "n: 0 | d: 0", None),
        ("100 * n / d < 30", "n: - | d: -", None),
        ("100 * n / d < 30", "n: = | d: 100", None),
        ("n <= d", "n: - | d: 1", True),
        ("n / d < 30 and n >= 0", "n: 1 | d: 0", None),
    ],
)
def test_who_has_to_show_that_a_rule_holds_shows_nothing_by_a_quotient_by_nought(
    rule: str, cells: str, shown: bool | None
) -> None:
    assert Rule.parse(rule).is_shown(drawn(cells)) is shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "n +",
        "n d",
        "n; d",
        "n = d",
        "n := 1",
        "f(n)",
        "__import__('os')",
        "n[0]",
        "[n]",
        "{n}",
        "'n'",
        "n ** d",
        "n // d",
        "n % d",
        "-n",
        "not n",
        "n or d",
        "n if d else 1",
        "lambda: n",
        "*n",
        "n & d",
        "n << 2",
        "True",
        "None",
        "...",
        "1j",
        "1e999",
        "n\nd",
        "n \x00",
        "f'{n}'",
        "n.a.b",
        "(n + d).a",
        "yield n",
        "await n",
        "n < d < 3",
        "n and d",
        "n + (n < d)",
        "n in d",
        "n is d",
        "1" + "+1" * MAX_LENGTH,
        "(" * 200 + "n" + ")" * 200,
    ],
)
def test_anything_else_is_no_expression(text: str) -> None:
    for parse in (Formula.parse, Rule.parse):
        with pytest.raises(ExpressionError):
            parse(text)


@pytest.mark.parametrize("text", ["n <= d", "n <= d and d >= 1"])
def test_a_rule_is_no_formula(text: str) -> None:
    with pytest.raises(ExpressionError, match="gives a number"):
        Formula.parse(text)


def test_a_formula_is_no_rule() -> None:
    with pytest.raises(ExpressionError, match="compares two sides"):
        Rule.parse("n + d")


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused_and_nothing_is_run(text: str) -> None:
    try:
        formula = Formula.parse(text)
    except ExpressionError:
        return
    assert isinstance(formula.evaluate(lambda _name: Decimal(1)), Decimal | Lack)


@given(AMOUNTS, AMOUNTS)
def test_a_share_is_the_exact_fraction_to_28_digits(n: Decimal, d: Decimal) -> None:
    assume(d != 0)
    share = Formula.parse("100 * n / d").evaluate({"n": n, "d": d}.__getitem__)
    assert isinstance(share, Decimal)
    exact = Fraction(100) * Fraction(n) / Fraction(d)
    assert abs(Fraction(share) - exact) <= exact / 10**26


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_sums_are_exact(a: Decimal, b: Decimal, c: Decimal) -> None:
    total = Formula.parse("a + b + c").evaluate({"a": a, "b": b, "c": c}.__getitem__)
    assert isinstance(total, Decimal)
    assert Fraction(total) == Fraction(a) + Fraction(b) + Fraction(c)


@given(st.lists(st.sampled_from(Lack), min_size=1))
def test_of_several_lacks_the_one_that_can_still_be_typed_is_shown(lacks: list[Lack]) -> None:
    shown = weakest(lacks)
    assert shown in lacks
    if Lack.TWO_SOURCES in lacks:
        assert shown is Lack.TWO_SOURCES
    elif Lack.BLANK in lacks:
        assert shown is Lack.BLANK
    if shown is Lack.NOT_ARISEN:
        assert set(lacks) == {Lack.NOT_ARISEN}
