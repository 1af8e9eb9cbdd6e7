from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from announcer.deciding import LOOKAHEAD, Action, Settle, Start, Stuck, ZoneState, decide, next_moment
from announcer.models import Announcement

NOW = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ZONE = ZoneState("zone", "sanh", timedelta(seconds=10))


def announcement(name: str, **given: object) -> Announcement:
    """One that is ready to be said now, unless told otherwise."""
    usual: dict[str, object] = {
        "id": name,
        "title": name,
        "zone_id": ZONE.id,
        "category": "conduct",
        "priority": 0,
        "level": 3,
        "state": "ready",
        "not_before": NOW,
        "expires_at": NOW + timedelta(minutes=10),
        "reason_code": "",
        "reason": "",
        "seconds": 20.0,
        "started_at": NOW - timedelta(seconds=1),
    }
    return Announcement(**(usual | given))


def started(actions: list[Action]) -> list[str]:
    return [action.announcement.id for action in actions if isinstance(action, Start)]


def results(actions: list[Action]) -> dict[str, tuple[str, str]]:
    return {a.announcement.id: (a.end.result, a.end.code) for a in actions if isinstance(a, Settle)}


def test_the_more_important_one_goes_first() -> None:
    rows = [announcement("campaign", level=5), announcement("safety", level=2)]
    assert started(decide(ZONE, rows, NOW)) == ["safety"]


def test_the_one_that_was_due_first_goes_first_among_equals() -> None:
    rows = [
        announcement("later", not_before=NOW - timedelta(seconds=1)),
        announcement("earlier", not_before=NOW - timedelta(seconds=9)),
    ]
    assert started(decide(ZONE, rows, NOW)) == ["earlier"]


def test_nothing_begins_before_its_moment_comes_near() -> None:
    early = announcement("early", not_before=NOW + LOOKAHEAD * 2)
    assert decide(ZONE, [early], NOW) == []
    assert next_moment(ZONE, [early], NOW) == early.not_before - LOOKAHEAD


def test_one_that_is_near_is_claimed_ahead_and_begins_on_its_moment() -> None:
    near = announcement("near", not_before=NOW + LOOKAHEAD / 2)
    [start] = decide(ZONE, [near], NOW)
    assert isinstance(start, Start)
    assert start.at == near.not_before


def test_an_equal_one_waits_for_what_is_playing() -> None:
    rows = [announcement("playing", state="playing"), announcement("other", level=2)]
    assert decide(ZONE, rows, NOW) == []


def test_what_is_recalled_while_it_sounds_ends_and_the_next_one_keeps_its_distance() -> None:
    rows = [announcement("recalled", state="playing", reason_code="withdrawn"), announcement("next")]
    actions = decide(ZONE, rows, NOW)
    assert results(actions) == {"recalled": ("gave_way", "withdrawn")}
    assert started(actions) == []
    assert started(decide(replace(ZONE, free_at=NOW), rows[1:], NOW + ZONE.gap)) == ["next"]


def test_an_urgent_one_interrupts_what_is_playing() -> None:
    playing = announcement("playing", state="playing")
    [start] = decide(ZONE, [playing, announcement("fire", priority=2, level=0)], NOW)
    assert isinstance(start, Start)
    assert (start.announcement.id, start.interrupts) == ("fire", playing)


def test_scheduled_ones_keep_their_distance_and_live_calls_do_not() -> None:
    ended = ZoneState("zone", "sanh", timedelta(seconds=10), free_at=NOW - timedelta(seconds=4))
    assert started(decide(ended, [announcement("scheduled")], NOW)) == []
    assert started(decide(ended, [announcement("call", level=1)], NOW)) == ["call"]


def test_what_waited_too_long_expires() -> None:
    stale = announcement("stale", expires_at=NOW - timedelta(seconds=1))
    assert results(decide(ZONE, [stale], NOW)) == {"stale": ("expired", "expired")}


def test_what_had_no_sound_in_time_failed_with_the_voices_reason() -> None:
    mute = announcement("mute", state="waiting", expires_at=NOW - timedelta(seconds=1))
    assert results(decide(ZONE, [mute], NOW)) == {"mute": ("failed", "no-sound")}
    mute.reason_code, mute.reason = "voice", "No voice spoke."
    assert results(decide(ZONE, [mute], NOW)) == {"mute": ("failed", "voice")}


def test_what_nobody_consented_to_in_time_failed_as_unclear() -> None:
    held = announcement("held", state="waiting", reason_code="unclear", expires_at=NOW - timedelta(seconds=1))
    assert results(decide(ZONE, [held], NOW)) == {"held": ("failed", "unclear")}


def test_an_interrupted_one_that_is_too_late_gave_way() -> None:
    cut = announcement(
        "cut", reason_code="preempted", reason="interrupted by “fire”", expires_at=NOW - timedelta(seconds=1)
    )
    assert results(decide(ZONE, [cut], NOW)) == {"cut": ("gave_way", "preempted")}


def test_a_mute_zone_lets_all_but_urgent_messages_give_way() -> None:
    mute = ZoneState("zone", "sanh", timedelta(), muted_until=NOW + timedelta(minutes=5))
    actions = decide(mute, [announcement("rule"), announcement("fire", priority=2, level=0)], NOW)
    assert results(actions) == {"rule": ("gave_way", "muted")}
    assert started(actions) == ["fire"]


def test_a_mute_zone_stays_mute_for_what_is_claimed_ahead() -> None:
    mute = ZoneState("zone", "sanh", timedelta(), muted_until=NOW + timedelta(minutes=5))
    assert results(decide(mute, [announcement("near", not_before=NOW + LOOKAHEAD)], NOW)) == {
        "near": ("gave_way", "muted")
    }


def test_what_begins_after_the_mute_is_said() -> None:
    mute = ZoneState("zone", "sanh", timedelta(), muted_until=NOW + LOOKAHEAD / 2)
    assert started(decide(mute, [announcement("near", not_before=NOW + LOOKAHEAD)], NOW)) == ["near"]


def test_an_urgent_one_that_is_due_later_has_its_moment_although_something_plays() -> None:
    later = announcement("fire", priority=2, level=0, not_before=NOW + timedelta(seconds=5))
    rows = [announcement("playing", state="playing"), later]
    assert next_moment(ZONE, rows, NOW) == later.not_before - LOOKAHEAD
    assert next_moment(ZONE, rows, later.not_before - LOOKAHEAD) == later.not_before


def test_one_that_should_have_ended_long_ago_is_stuck() -> None:
    playing = announcement("playing", state="playing", started_at=NOW - timedelta(minutes=5))
    assert decide(ZONE, [playing, announcement("other")], NOW) == [Stuck(playing)]


def test_a_clock_that_was_set_back_silences_nobody() -> None:
    ahead = ZoneState("zone", "sanh", timedelta(seconds=10), free_at=NOW + timedelta(hours=1))
    assert started(decide(ahead, [announcement("rule")], NOW)) == ["rule"]


def test_a_faulty_loudspeaker_is_left_alone_for_a_while() -> None:
    faulty = ZoneState("zone", "sanh", timedelta(), faults=1, retry_at=NOW + timedelta(seconds=2))
    assert decide(faulty, [announcement("rule")], NOW) == []
    assert next_moment(faulty, [announcement("rule")], NOW) == faulty.retry_at - LOOKAHEAD  # type: ignore[operator]


def test_what_was_withdrawn_gives_way_at_once() -> None:
    assert results(decide(ZONE, [announcement("old", reason_code="withdrawn")], NOW)) == {
        "old": ("gave_way", "withdrawn")
    }


SOME = st.lists(
    st.builds(
        announcement,
        st.uuids().map(str),
        priority=st.integers(0, 2),
        level=st.integers(0, 5),
        state=st.sampled_from(["waiting", "ready"]),
        not_before=st.integers(-600, 600).map(lambda s: NOW + timedelta(seconds=s)),
        expires_at=st.integers(-600, 900).map(lambda s: NOW + timedelta(seconds=s)),
    ),
    max_size=12,
)


@given(SOME)
def test_whatever_waits_at_most_one_begins_and_nothing_is_both_begun_and_ended(
    rows: list[Announcement],
) -> None:
    actions = decide(ZONE, rows, NOW)
    assert len(started(actions)) <= 1
    assert not set(started(actions)) & set(results(actions))


@given(SOME)
def test_what_is_left_always_has_a_next_moment(rows: list[Announcement]) -> None:
    touched = {action.announcement.id for action in decide(ZONE, rows, NOW)}
    left = [row for row in rows if row.id not in touched]
    if left:
        assert next_moment(ZONE, left, NOW) is not None or any(row.not_before <= NOW for row in left)
