"""Two versions of a text, word by word."""

from __future__ import annotations

from hypothesis import given, strategies

from forms.model.text_diff import DiffOp, DiffPiece, near_changes, pieces

TEXTS = strategies.text(alphabet="aăâ ẹ.\n\t-*", max_size=60)


def drawn(made) -> str:
    """[-gone-] {+new+} …"""
    marks = {DiffOp.SAME: "{}", DiffOp.GONE: "[-{}-]", DiffOp.NEW: "{{+{}+}}", DiffOp.LEFT_OUT: "…"}
    return "".join(marks[piece.fate].format(piece.text) for piece in made)


def test_a_word_that_is_put_in_the_place_of_another_is_all_that_is_marked():
    assert drawn(pieces("Đã mở ba lớp học.", "Đã mở bốn lớp học.")) == "Đã mở [-ba -]{+bốn +}lớp học."


def test_of_a_long_text_only_the_words_beside_the_change_are_shown():
    words = [f"từ{number}" for number in range(100)]
    changed = [*words[:50], "mới", *words[50:]]
    shown = drawn(near_changes(pieces(" ".join(words), " ".join(changed))))
    assert shown.startswith("…từ38 ")
    assert "{+mới +}" in shown
    assert shown.endswith("từ61 …")


def test_what_is_new_or_gone_as_a_whole_is_shown_whole():
    assert near_changes(pieces("", "một hai")) == (DiffPiece(DiffOp.NEW, "một hai"),)
    assert near_changes(pieces("một hai", "")) == (DiffPiece(DiffOp.GONE, "một hai"),)


@given(TEXTS, TEXTS)
def test_nothing_is_lost_and_nothing_is_made_up(old, new):
    made = pieces(old, new)
    assert "".join(piece.text for piece in made if piece.fate is not DiffOp.NEW) == old
    assert "".join(piece.text for piece in made if piece.fate is not DiffOp.GONE) == new


@given(TEXTS, TEXTS)
def test_shortening_leaves_every_change(old, new):
    made = pieces(old, new)
    assert [p for p in near_changes(made) if p.fate in (DiffOp.GONE, DiffOp.NEW)] == [
        p for p in made if p.fate in (DiffOp.GONE, DiffOp.NEW)
    ]
