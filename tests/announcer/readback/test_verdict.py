"""What is thought of a sound, from what was heard and measured."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcer.readback.verdict import CHECKS, GRADES, Evidence, Verdict, better, judge, worst

MEANT = tuple("kính thưa quý khách tàu đi huế khởi hành lúc tám giờ ba mươi tại ke số hai xin cảm ơn".split())
CLEAR = Evidence(MEANT, MEANT, pace=1.0, silence=0.4, crest=2.3)


def heard(words: str) -> Evidence:
    return replace(CLEAR, heard=tuple(words.split()))


def test_what_is_heard_as_it_was_meant_is_good() -> None:
    assert judge(CLEAR) == Verdict("good", 1.0)


def test_some_misheard_words_do_not_matter_but_are_told() -> None:
    verdict = judge(
        heard("kín thưa quý khách tàu đi huế khởi hành lúc tám giờ ba mươi tại kê số hai xin cám ơn")
    )
    assert verdict.grade == "good"
    assert ("ke", "kê") in verdict.misheard


@pytest.mark.parametrize(
    ("evidence", "reason"),
    [
        (heard(""), "silent"),
        (replace(CLEAR, silence=0.95), "silent"),
        (replace(CLEAR, crest=1.2), "distorted"),
        (replace(CLEAR, pace=0.5), "pace"),
        (replace(CLEAR, pace=2.0), "pace"),
        (heard("mời quý vị lên xe buýt ở cổng phía đông rồi về nhà nghỉ ngơi nhé các bạn ơi"), "words"),
        (heard("đi huế khởi hành lúc tám giờ ba mươi tại ke số hai xin cảm ơn"), "beginning"),
        (heard("kính thưa quý khách tàu đi huế khởi hành lúc tám giờ ba mươi tại"), "end"),
    ],
)
def test_what_nobody_could_use_is_bad_and_says_why(evidence: Evidence, reason: str) -> None:
    verdict = judge(evidence)
    assert verdict.grade == "bad"
    assert reason in verdict.reasons


def test_another_number_makes_it_doubtful() -> None:
    verdict = judge(heard(" ".join(MEANT).replace("ba mươi", "mười ba")))
    assert (verdict.grade, verdict.reasons) == ("doubtful", ("figures",))


def test_the_better_one_has_the_better_grade_before_the_better_score() -> None:
    bad, doubtful, clearer = Verdict("bad", 0.9), Verdict("doubtful", 0.5), Verdict("doubtful", 0.6)
    assert better(bad, doubtful) is doubtful
    assert better(doubtful, clearer) is clearer
    assert better(clearer, replace(clearer, reasons=("words",))) is clearer


def test_a_sound_is_as_good_as_its_worst_part() -> None:
    assert worst(["good", "bad", "doubtful"]) == "bad"
    assert worst([]) == "good"


EVIDENCE = st.builds(
    Evidence,
    meant=st.just(MEANT),
    heard=st.lists(st.sampled_from([*MEANT, "ạ"]), max_size=25).map(tuple),
    pace=st.floats(0, 4),
    silence=st.floats(0, 1),
    crest=st.floats(0, 5),
)


@given(EVIDENCE)
def test_only_what_has_no_reason_against_it_is_good(evidence: Evidence) -> None:
    verdict = judge(evidence)
    assert (verdict.grade == "good") == (verdict.reasons == ())
    assert verdict.grade in GRADES
    assert set(verdict.reasons) <= {name for name, _ in CHECKS}
    assert 0 <= verdict.score <= 1
