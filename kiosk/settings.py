"""The web server's settings."""

from __future__ import annotations

from schedules.core.settings import declare

HOST = declare("web.host", "127.0.0.1", "Address to listen on; 0.0.0.0 to be seen from other machines.")
PORT = declare("web.port", 8080, "Port of the pages.", minimum=1, maximum=65535)
THREADS = declare("web.threads", 4, "How many requests are answered at once.", minimum=1, maximum=64)
