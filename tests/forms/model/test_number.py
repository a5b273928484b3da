"""Numbers as typed in Vietnam and as held in files: never silently another number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.errors import InputRefused
from forms.model.number import (
    TypedNumber,
    canonical,
    decimals_of,
    decimals_written,
    format_number,
    is_whole,
    read_canonical,
    read_typed,
)

LIMIT = 10**15 - 1
AMOUNTS = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-LIMIT, LIMIT), st.integers(0, 6)
)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("0", "0"),
        ("7", "7"),
        ("007", "7"),
        ("1250", "1250"),
        ("1.250", "1250"),
        ("12.345.678", "12345678"),
        ("-3", "-3"),
        ("8,5", "8.5"),
        ("0,125", "0.125"),
        ("1.234,5", "1234.5"),
        ("1234,567", "1234.567"),
        ("1,2340", "1.234"),
        (" 42 ", "42"),
        ("42\u00a0", "42"),
        ("999999999999999", "999999999999999"),
        ("999.999.999.999.999,123456", "999999999999999.123456"),
    ],
)
def test_numbers_are_read_as_they_are_written_in_vietnam(typed: str, amount: str) -> None:
    found = read_typed(typed)
    assert found is not None
    assert (found.amount, found.echo) == (Decimal(amount), "")


@pytest.mark.parametrize(
    ("typed", "amount", "echo"),
    [
        ("8.5", "8.5", "8,5"),
        ("1234.567", "1234.567", "1.234,567"),
        ("0.500", "0.5", "0,5"),
        ("1.2345", "1.2345", "1,2345"),
    ],
)
def test_a_point_that_cannot_group_thousands_is_taken_as_a_comma_and_said_so(
    typed: str, amount: str, echo: str
) -> None:
    found = read_typed(typed)
    assert found is not None
    assert found.amount == Decimal(amount)
    assert f"“{typed}” là {echo}" in found.echo


@pytest.mark.parametrize("typed", ["", " ", "\t", "\u00a0"])
def test_nothing_typed_is_blank_and_not_nought(typed: str) -> None:
    assert read_typed(typed) is None


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("1,234", ["1234", "1,2340"]),
        ("12,500", ["12500", "12,5000"]),
        ("1,234,567", ["1234567"]),
        ("1,234.5", ["1234,5"]),
    ],
)
def test_what_can_be_read_two_ways_is_asked_about_and_each_answer_can_be_typed(typed: str, offered: list[str]) -> None:
    with pytest.raises(InputRefused) as asked:
        read_typed(typed)
    assert asked.value.code == "NUMBER_AMBIGUOUS"
    for answer in offered:
        assert answer in asked.value.message
        found = read_typed(answer)
        assert found is not None
        assert not found.echo


@pytest.mark.parametrize(
    ("typed", "amount"), [("0", 0), ("007", 7), ("1250", 1250), ("1.000", 1000), ("12.000", 12000), ("-3", -3)]
)
def test_where_a_whole_number_is_asked_digits_and_groups_of_thousands_are_read(typed: str, amount: int) -> None:
    assert read_typed(typed, whole=True) == TypedNumber(Decimal(amount))


@pytest.mark.parametrize("typed", ["1,0", "1.0", "1.00", "1.0000", "1,0000", "0.000", "0,0", "8,5", "8.5", "1.234,0"])
def test_where_a_whole_number_is_asked_nothing_behind_a_mark_is_dropped(typed: str) -> None:
    """1,0000 is 1 in a cell of decimals; in a cell of persons it may as well be a slip for 10000."""
    with pytest.raises(InputRefused) as refused:
        read_typed(typed, whole=True)
    assert refused.value.code == "NUMBER_NOT_WHOLE"
    assert f"“{typed}”" in refused.value.message


def test_where_a_whole_number_is_asked_no_answer_with_a_fraction_is_offered() -> None:
    with pytest.raises(InputRefused) as asked:
        read_typed("1,000", whole=True)
    assert asked.value.code == "NUMBER_AMBIGUOUS"
    assert "gõ 1000;" in asked.value.message
    assert "1,0000" not in asked.value.message


@pytest.mark.parametrize(
    "typed",
    [
        "1_000",
        "١٢",
        "１２",
        "1 234",
        "NaN",
        "Infinity",
        "inf",
        "1e5",
        "0x10",
        "½",
        "²",
        "12%",
        "+5",
        "--5",
        "5-",
        "−5",
        "1.23.456",
        "1..000",
        "1,2,3",
        "1.234.5",
        ",5",
        "5,",
        "5.",
        ".5",
        "1,2345678",
        "1234567890123456",
        "mười hai",
        "=1+1",
        "1\n2",
        "12đ",
    ],
)
def test_anything_else_is_no_number_and_the_message_says_what_to_type(typed: str) -> None:
    with pytest.raises(InputRefused) as refused:
        read_typed(typed)
    assert refused.value.code == "NUMBER_UNREADABLE"
    assert "8,5" in refused.value.message


def test_a_long_wrong_text_is_not_repeated_whole() -> None:
    with pytest.raises(InputRefused) as refused:
        read_typed("x" * 5000)
    assert len(refused.value.message) < 250


@pytest.mark.parametrize("text", ["0", "12", "-12", "8.5", "0.000001", "999999999999999"])
def test_a_number_in_a_file_has_one_writing(text: str) -> None:
    assert canonical(read_canonical(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "01",
        "-0",
        "+1",
        "1.",
        ".5",
        "1,5",
        "1.1234567",
        "1234567890123456",
        "1e5",
        "NaN",
        "Infinity",
        "١٢",
        "1_0",
        "1\n",
        "0x1",
        "--1",
        None,
        1,
        1.5,
        True,
        Decimal(1),
        ["1"],
    ],
)
def test_a_file_holds_no_other_writing(text: object) -> None:
    with pytest.raises(InputRefused) as refused:
        read_canonical(text)  # type: ignore[arg-type]
    assert refused.value.code == "NUMBER_UNREADABLE"


@pytest.mark.parametrize(
    ("amount", "decimals", "printed"),
    [
        ("1234567.5", None, "1.234.567,5"),
        ("1234.50", None, "1.234,5"),
        ("0", None, "0"),
        ("62.5", 1, "62,5"),
        ("62.45", 1, "62,5"),
        ("62.44", 1, "62,4"),
        ("100", 1, "100,0"),
        ("999.95", 1, "1.000,0"),
        ("-0.04", 1, "0,0"),
        ("0.5", 0, "1"),
        ("1E+3", None, "1.000"),
    ],
)
def test_numbers_are_printed_with_points_and_a_comma(amount: str, decimals: int | None, printed: str) -> None:
    assert format_number(Decimal(amount), decimals) == printed


def test_no_number_is_printed_as_nothing() -> None:
    assert format_number(None) == ""


def outcome(text: str) -> TypedNumber | str | None:
    """What was typed as read, or the code of the refusal."""
    try:
        return read_typed(text)
    except InputRefused as refused:
        return refused.code


@given(AMOUNTS)
def test_a_file_gives_back_the_number_it_was_given(amount: Decimal) -> None:
    text = canonical(amount)
    assert read_canonical(text) == amount
    assert canonical(read_canonical(text)) == text


@given(AMOUNTS)
def test_what_is_printed_can_be_typed_again_or_is_asked_about(amount: Decimal) -> None:
    """1,234 printed for 1.234 is the one case that a reader could take for thousands."""
    found = outcome(format_number(amount))
    if decimals_of(amount) == 3 and 1 <= abs(amount) < 1000:
        assert found == "NUMBER_AMBIGUOUS"
    else:
        assert found == TypedNumber(amount)


@given(st.text(alphabet="0123456789.,-", min_size=1, max_size=20))
def test_a_whole_number_has_all_the_digits_that_were_typed(text: str) -> None:
    try:
        found = read_typed(text, whole=True)
    except InputRefused:
        return
    assert found is not None
    assert canonical(abs(found.amount)) == (text.strip("-").replace(".", "").lstrip("0") or "0")
    assert not found.echo


@pytest.mark.parametrize(
    ("text", "decimals"), [("12", 0), ("1.000", 3), ("12.0", 1), ("8.50", 2), ("0.000001", 6), ("-1.00", 2)]
)
def test_a_number_in_a_file_remembers_how_many_decimals_were_written(text: str, decimals: int) -> None:
    assert decimals_written(read_canonical(text)) == decimals


@given(AMOUNTS)
def test_the_number_of_decimals_is_what_is_really_needed(amount: Decimal) -> None:
    places = decimals_of(amount)
    assert is_whole(amount.scaleb(places))
    assert places == 0 or not is_whole(amount.scaleb(places - 1))


@given(st.text(max_size=24))
def test_any_text_is_blank_a_number_or_refused(text: str) -> None:
    found = outcome(text)
    assert (found is None) == (not text.strip())
    if isinstance(found, TypedNumber):
        assert read_canonical(canonical(found.amount)) == found.amount
    elif found is not None:
        assert found in ("NUMBER_AMBIGUOUS", "NUMBER_UNREADABLE")


@given(st.text(alphabet="0123456789.,-", min_size=1, max_size=20))
def test_digits_points_and_commas_never_change_the_digits(text: str) -> None:
    """However the marks stand, the number read has the digits typed, in their order."""
    found = outcome(text)
    if not isinstance(found, TypedNumber):
        return
    typed = text.strip("-").replace(".", "").replace(",", "")
    kept = canonical(abs(found.amount)).replace(".", "")
    assert typed.strip("0") == kept.strip("0")
