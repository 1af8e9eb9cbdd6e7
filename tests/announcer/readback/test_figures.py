"""A number that was heard as another one is found; one that was only misheard is let pass."""

from __future__ import annotations

import pytest

from announcer.readback.align import align
from announcer.readback.figures import contradictions
from announcer.readback.likeness import unlikeness


def found(meant: str, heard: str) -> list[tuple[str, str]]:
    return contradictions(align(meant.split(), heard.split(), unlikeness))


@pytest.mark.parametrize(
    ("meant", "heard"),
    [
        ("lúc mười chín giờ ba mươi phút", "lúc mười chín giờ mười ba phút"),
        ("đường số ba", "đường số năm"),
        ("xe số hai mươi bốn", "xe số hai mươi"),
        ("xe số hai mươi", "xe số hai mươi bốn"),
        ("bê một hai ba bốn năm", "bê một hai ba năm bốn"),
        ("ke sáu", "ke bảy"),
        ("ke ba", "ke bảy"),
        ("ke ba", "ke nóc"),
    ],
)
def test_another_number_is_found(meant: str, heard: str) -> None:
    assert found(meant, heard)


@pytest.mark.parametrize(
    ("meant", "heard"),
    [
        ("ba mươi phút", "ba mười phút"),
        ("số năm", "số lăm"),
        ("hai mươi tư", "hai mươi bốn"),
        ("ke một", "ke mộc"),
        ("tàu ba", "tàu bà"),
        ("ke năm", "ke ạ"),
        ("xin đừng chen", "xin không chen"),
        ("mời đi", "mời ạ không đi"),
    ],
)
def test_a_number_that_was_only_misheard_is_let_pass(meant: str, heard: str) -> None:
    assert found(meant, heard) == []
