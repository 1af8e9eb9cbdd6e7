"""Closed, open, half-open: by a clock the test holds."""

from __future__ import annotations

from announcer.voices.breaker import Breaker, State


class Clock:
    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def failing(times: int) -> tuple[Breaker, Clock]:
    clock = Clock()
    breaker = Breaker(clock, most_failures=3, cool_down_seconds=60)
    for _ in range(times):
        breaker.failed()
    return breaker, clock


def test_it_stays_closed_below_the_limit() -> None:
    breaker, _ = failing(2)
    assert breaker.state is State.CLOSED
    assert breaker.seconds_left == 0


def test_a_success_forgets_failures() -> None:
    breaker, _ = failing(2)
    breaker.succeeded()
    breaker.failed()
    assert breaker.state is State.CLOSED


def test_it_opens_at_the_limit_and_says_for_how_long() -> None:
    breaker, clock = failing(3)
    clock.seconds = 20
    assert breaker.state is State.OPEN
    assert breaker.seconds_left == 40


def test_after_the_cool_down_one_trial_decides() -> None:
    breaker, clock = failing(3)
    clock.seconds = 60
    assert breaker.state is State.HALF_OPEN
    breaker.failed()
    assert breaker.state is State.OPEN
    clock.seconds = 120
    breaker.succeeded()
    assert breaker.state is State.CLOSED
