"""Settings of cases: office hours and how soon what is due (facts.md §5; limits that are not the city's are a station's own)."""

from __future__ import annotations

from schedules.core.settings import declare

WORKING_HOURS = declare(
    "cases.working_hours",
    "08:00-12:00, 13:30-17:30",
    "The office hours of working days, in which clocks run.",
)
ACCEPT_HOURS = declare(
    "cases.accept_hours", 8.0, "Within how many working hours feedback is accepted.", minimum=0.5, maximum=400
)
URGENT_HOURS = declare(
    "cases.urgent_hours",
    4.0,
    "Within how many working hours what is urgent is dealt with.",
    minimum=0.5,
    maximum=400,
)
ANSWER_HOURS = declare(
    "cases.answer_hours", 40.0, "Within how many working hours feedback is answered.", minimum=1, maximum=2000
)
