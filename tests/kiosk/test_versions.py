from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.versions import Piece, changes

FIELDS = st.dictionaries(st.sampled_from(["Tên", "Loại", "Tiếng Việt"]), st.text("ab ", max_size=12))


def test_only_what_differs_is_shown_word_by_word() -> None:
    old = {"Tên": "Xếp hàng", "Tiếng Việt": "Xin quý khách xếp hàng."}
    [change] = changes(old, old | {"Tiếng Việt": "Mời quý khách xếp hàng."})
    assert change.label == "Tiếng Việt"
    assert change.pieces == (
        Piece("gone", "Xin"), Piece("new", "Mời"), Piece("same", "quý khách xếp hàng."),
    )  # fmt: skip


def test_a_field_that_came_and_one_that_went_are_shown() -> None:
    found = changes({"Tiếng Anh": "Please queue."}, {"Chỗ trống time": "Giờ"})
    assert [(one.label, one.pieces[0].kind) for one in found] == [
        ("Chỗ trống time", "new"),
        ("Tiếng Anh", "gone"),
    ]


@given(FIELDS, FIELDS)
def test_the_new_words_and_the_old_ones_can_be_read_from_the_difference(
    old: dict[str, str], new: dict[str, str]
) -> None:
    for change in changes(old, new):
        for version, other in ((old, "new"), (new, "gone")):
            read = " ".join(piece.text for piece in change.pieces if piece.kind != other)
            assert read.split() == version.get(change.label, "").split()


@given(FIELDS)
def test_nothing_differs_from_itself(fields: dict[str, str]) -> None:
    assert changes(fields, fields) == []
