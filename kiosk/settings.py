"""The settings of the pages, of feedback and of cases (how soon and how long: facts.md §5; what is not the city's is a station's own)."""

from __future__ import annotations

from schedules.core.settings import declare

HOST = declare("web.host", "127.0.0.1", "Address to listen on; 0.0.0.0 to be seen from other machines.")
PORT = declare("web.port", 8080, "Port of the pages.", minimum=1, maximum=65535)
THREADS = declare("web.threads", 4, "How many requests are answered at once.", minimum=1, maximum=64)
METRICS_TOKEN_FILE = declare(
    "metrics.token_file",
    "",
    "A file with the token that lets Prometheus read /metrics; empty: only people who are signed in may.",
)
STREAMS = declare(
    "web.streams",
    32,
    "How many open pages are told at once of what changes, each by a thread of its own; further ones ask every two seconds.",
    minimum=0,
    maximum=400,
)
SECURE_COOKIES = declare(
    "web.secure_cookies", True, "Send the sign-in cookie over HTTPS only; this machine itself counts as safe."
)
IDLE_MINUTES = declare(
    "accounts.idle_minutes",
    30,
    "After how many minutes without a request one is signed out.",
    minimum=1,
    maximum=720,
)
LONGEST_HOURS = declare(
    "accounts.longest_hours",
    12,
    "After how many hours one must sign in again in any case.",
    minimum=1,
    maximum=72,
)
IDLE = declare(
    "kiosk.idle_seconds",
    60,
    "After how many seconds without a touch a kiosk's screen asks whether somebody is still there; 15 seconds later it begins anew.",
    minimum=15,
    maximum=600,
)
PUBLIC_URL = declare(
    "web.public_url",
    "",
    "Under which address travellers' telephones reach these pages, such as https://gopy.example.vn; QR codes lead there. Empty: the address at which the page was opened, unless that is this machine itself.",
)
HOTLINES = declare(
    "kiosk.hotlines",
    "113, 114, 115",
    "The numbers of police, fire brigade and ambulance, in this order, as the page for emergencies shows them.",
)
RECEPTION = declare(
    "feedback.reception",
    "",
    "Where complaints and denunciations are taken in person: the office, its address and hours, as travellers read it.",
)
KEEP_DAYS = declare(
    "feedback.keep_days",
    365,
    "How many days after its last sign of life ordinary feedback is kept; then its words, photos and history are erased.",
    minimum=30,
    maximum=3650,
)
RESTRICTED_DAYS = declare(
    "feedback.restricted_days",
    1825,
    "How many days complaints and denunciations are kept.",
    minimum=30,
    maximum=7300,
)
CONTACT_DAYS = declare(
    "feedback.contact_days",
    30,
    "How many days after the answer it is kept how to reach whoever wrote.",
    minimum=1,
    maximum=365,
)
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
