"""Whom to tell of faults, and how. Passwords and keys stand in files of their own."""

from __future__ import annotations

from schedules.core.settings import declare

MAIL_HOST = declare(
    "alerts.mail_host", "", "The mail server that takes messages about faults; empty: no mail."
)
MAIL_PORT = declare("alerts.mail_port", 587, "Its port.", minimum=1, maximum=65535)
MAIL_SECURITY = declare(
    "alerts.mail_security",
    "starttls",
    "How the way there is sealed: starttls, tls from the first byte, or none (then without a password).",
    choices=("starttls", "tls", "none"),
)
MAIL_USER = declare("alerts.mail_user", "", "Name at the mail server; empty: it asks for none.")
MAIL_PASSWORD_FILE = declare("alerts.mail_password_file", "", "The file with the password for it.")
MAIL_FROM = declare("alerts.mail_from", "", "The sender's address.")
MAIL_TO = declare("alerts.mail_to", "", "Who is told: addresses, with commas between.")
WEBHOOK_URL = declare(
    "alerts.webhook_url",
    "",
    "Where faults are sent as JSON, by https (http on this machine only); empty: nowhere.",
)
WEBHOOK_SECRET_FILE = declare("alerts.webhook_secret_file", "", "The file with the key that signs them.")
CA_FILE = declare(
    "alerts.ca_file",
    "",
    "Certificates (PEM) to trust besides the usual ones, for a mail server or webhook of one's own.",
)
