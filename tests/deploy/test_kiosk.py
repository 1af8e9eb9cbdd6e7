"""The session of a kiosk's computer: its scripts under a compositor and a browser of ours, its unit, and what the browser may."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from configparser import RawConfigParser
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from needed import needed

KIOSK = Path(__file__).parents[2] / "deploy" / "kiosk"
SCRIPTS = ("loaga-kiosk-browser", "loaga-kiosk-watchdog")
SCREEN = "0b8c1f2e-0000-4000-8000-000000000001"
PATIENCE = 30.0

# Programs of ours in the place of the real ones: each writes down how it was called.
FAKES = {
    "cage": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    "chromium": "exec sleep 60",
    "systemd-notify": "exit 0",
    "sleep": '[ "$1" = 60 ] && exec /bin/sleep 60; exec /bin/sleep 0.05',
    "wlr-randr": '[ $# = 0 ] && printf \'HDMI-A-1 "a screen"\\n  Enabled: yes\\nDP-1 "another"\\n  Modes:\\n\'; exit 0',
}


class Server:
    """A station's server: answers as it is told, and remembers what it was asked."""

    def __init__(self) -> None:
        self.status, self.word, self.asked = 200, "silent", [""]
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(self.path)
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(outer.word.encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/kiosk/ga-thu/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


class Session:
    """A kiosk's session as the unit starts it, in a process group that is killed as systemd kills the unit."""

    def __init__(self, folder: Path) -> None:
        self.calls = folder / "calls"
        self.calls.touch()
        self._path = folder / "bin"
        self._path.mkdir()
        self._running: list[subprocess.Popen[bytes]] = []
        for name, body in FAKES.items():
            made = self._path / name
            made.write_text(f'#!/bin/sh\necho "{name} $*" >> "{self.calls}"\n{body}\n')
            made.chmod(0o755)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        known = {"PATH": f"{self._path}:{os.environ['PATH']}", "RUNTIME_DIRECTORY": str(self.calls.parent)}
        started = subprocess.Popen(command, env=known | environment, start_new_session=True)
        self._running.append(started)
        return started

    def called(self, program: str) -> list[str]:
        return [line for line in self.calls.read_text().splitlines() if line.startswith(f"{program} ")]

    def close(self) -> None:
        for process in self._running:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    needed("curl")
    made = Session(tmp_path)
    yield made
    made.close()


def until(true: Callable[[], Any]) -> Any:
    end = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)
    return found


def browser(session: Session, server: Server, **environment: str) -> None:
    session.start("cage", "-d", "--", str(KIOSK / "loaga-kiosk-browser"), KIOSK_URL=server.url, **environment)


def watchdog(session: Session, server: Server) -> None:
    session.start(str(KIOSK / "loaga-kiosk-watchdog"), SCREEN, KIOSK_URL=server.url)


def turns(server: Server, count: int = 5) -> None:
    """Wait until the watchdog has asked that often more."""
    before = len(server.asked)
    until(lambda: len(server.asked) >= before + count)


# The scripts


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_one_that_any_shell_reads(name: str) -> None:
    script = KIOSK / name
    assert script.read_text().startswith("#!/bin/sh\n")
    assert os.access(script, os.X_OK)
    subprocess.run(["sh", "-n", script], check=True)


def test_the_browser_opens_the_stations_screen_and_keeps_nothing(session: Session, server: Server) -> None:
    browser(session, server)
    called = until(lambda: session.called("chromium"))[0]
    assert called.endswith(server.url)
    assert {"--kiosk", "--incognito", f"--user-data-dir={session.calls.parent}/browser"} <= set(
        called.split()
    )
    assert "--remote-debugging" not in called
    assert "--no-sandbox" not in called


def test_the_browser_and_the_watchdog_speak_of_the_same_screen(session: Session, server: Server) -> None:
    browser(session, server)
    called = until(lambda: session.called("chromium"))[0]
    name = re.search(r"--user-agent=loaga-kiosk/([0-9a-f-]{36}) ", called)
    assert name
    until(lambda: f"/screens/{name[1]}" in server.asked)


def test_nothing_is_shown_before_the_server_answers(session: Session, server: Server) -> None:
    server.status = 503
    browser(session, server)
    until(lambda: server.asked.count("/kiosk/ga-thu/") > 3)
    assert session.called("chromium") == []
    server.status = 200
    until(lambda: session.called("chromium"))


@pytest.mark.parametrize("transform, turned", [("", []), ("90", ["HDMI-A-1", "DP-1"])])
def test_the_screen_is_turned_before_the_browser_starts(
    session: Session, server: Server, transform: str, turned: list[str]
) -> None:
    browser(session, server, KIOSK_TRANSFORM=transform)
    until(lambda: session.called("chromium"))
    calls = session.called("wlr-randr")
    assert [call for call in calls if "--output" in call] == [
        f"wlr-randr --output {output} --transform {transform}" for output in turned
    ]


# The watchdog


def test_while_the_screen_lives_systemd_is_told(session: Session, server: Server) -> None:
    server.word = "alive"
    watchdog(session, server)
    until(lambda: len(session.called("systemd-notify")) > 3)
    assert set(session.called("systemd-notify")) == {"systemd-notify WATCHDOG=1"}
    assert server.asked[-1] == f"/screens/{SCREEN}"


def test_of_a_silent_screen_systemd_hears_nothing_and_starts_it_anew(
    session: Session, server: Server
) -> None:
    watchdog(session, server)
    turns(server)
    assert session.called("systemd-notify") == []


@pytest.mark.parametrize("status", [404, 500, 503])
def test_a_server_that_does_not_know_is_no_reason_to_start_the_screen_anew(
    session: Session, server: Server, status: int
) -> None:
    server.status = status
    watchdog(session, server)
    until(lambda: len(session.called("systemd-notify")) > 3)


def test_a_server_that_is_away_is_no_reason_either(session: Session, server: Server) -> None:
    server.close()
    watchdog(session, server)
    until(lambda: len(session.called("systemd-notify")) > 3)


def test_a_screen_that_comes_back_is_told_of_again(session: Session, server: Server) -> None:
    watchdog(session, server)
    turns(server)
    server.word = "alive"
    until(lambda: session.called("systemd-notify"))


def test_the_watchdog_ends_with_its_browser(session: Session, server: Server) -> None:
    browser(session, server)
    until(lambda: session.called("chromium"))
    session._running[0].kill()  # cage has become the script, and the script the browser
    session._running[0].wait()

    def quiet() -> bool:
        before = len(server.asked)
        time.sleep(0.5)
        return len(server.asked) == before

    until(quiet)


# The unit


class Unit(RawConfigParser):
    """A unit names some keys more than once: all values count."""

    def __init__(self, path: Path) -> None:
        super().__init__(strict=False, delimiters=("=",), comment_prefixes=("#",), interpolation=None)
        self.optionxform = str  # type: ignore[assignment,method-assign]
        self.read(path)
        lines = [line.split("=", 1) for line in path.read_text().splitlines() if re.match(r"\w+=", line)]
        self.all = [(key, value) for key, value in lines]

    def values(self, key: str) -> list[str]:
        return " ".join(value for name, value in self.all if name == key).split()


@pytest.fixture(scope="module")
def unit() -> Unit:
    return Unit(KIOSK / "loaga-kiosk.service")


WANTED = {
    "User": "loaga-kiosk",
    "Restart": "always",
    "NotifyAccess": "all",
    "KillMode": "control-group",
    "NoNewPrivileges": "true",
    "CapabilityBoundingSet": "",
    "AmbientCapabilities": "",
    "ProtectSystem": "strict",
    "ProtectHome": "true",
    "PrivateTmp": "true",
    "DevicePolicy": "closed",
    "IPAddressDeny": "any",
    "IPAddressAllow": "localhost",
    "RuntimeDirectory": "loaga-kiosk",
    "TTYPath": "/dev/tty1",
}


@pytest.mark.parametrize("key, value", WANTED.items())
def test_the_session_runs_shut_in_and_is_started_again(unit: Unit, key: str, value: str) -> None:
    assert unit["Service"][key] == value


def test_the_session_keeps_no_file_on_the_disk(unit: Unit) -> None:
    assert {"HOME=/run/loaga-kiosk", "XDG_RUNTIME_DIR=/run/loaga-kiosk"} <= set(unit.values("Environment"))
    assert unit.values("ReadWritePaths") == unit.values("StateDirectory") == []


def test_the_console_is_the_screens_alone_and_it_is_never_given_up(unit: Unit) -> None:
    assert unit["Unit"]["Conflicts"] == "getty@tty1.service"
    assert unit["Unit"]["StartLimitIntervalSec"] == "0"


def test_the_watchdog_speaks_several_times_before_systemd_loses_patience(unit: Unit) -> None:
    asks_every = int(re.findall(r"^  sleep (\d+)$", (KIOSK / "loaga-kiosk-watchdog").read_text(), re.M)[0])
    from kiosk.travellers.screens import SILENT_SECONDS

    assert int(unit["Service"]["WatchdogSec"]) >= SILENT_SECONDS + 3 * asks_every


def test_no_session_of_logind_takes_the_browser_out_of_the_unit(unit: Unit) -> None:
    assert "PAMName" not in unit["Service"]


def test_the_unit_starts_the_script_that_is_there(unit: Unit) -> None:
    program = unit["Service"]["ExecStart"].split()[-1]
    assert program.startswith("/opt/loaga/deploy/kiosk/")
    assert (KIOSK / Path(program).name).exists()


def test_the_configuration_names_what_the_unit_and_the_scripts_use(unit: Unit) -> None:
    named = set(re.findall(r"^#?([A-Z_]+)=", (KIOSK / "kiosk.conf").read_text(), re.M))
    texts = "".join((KIOSK / name).read_text() for name in (*SCRIPTS, "loaga-kiosk.service"))
    assert set(re.findall(r"\$\{?((?:KIOSK|CAGE)_[A-Z]+)", texts)) == named - {"ALSA_CARD"}


# What the browser may


@pytest.fixture(scope="module")
def policies() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((KIOSK / "loaga-policies.json").read_text())
    return found


def test_a_traveller_reaches_the_stations_screens_and_nothing_else(policies: dict[str, Any]) -> None:
    address = re.findall(r"^KIOSK_URL=(\w+://[^/]+)/kiosk/", (KIOSK / "kiosk.conf").read_text(), re.M)[0]
    assert policies["URLBlocklist"] == ["*"]
    assert policies["URLAllowlist"] == [f"{address}/kiosk/", f"{address}/language/"]
    assert policies["AudioCaptureAllowedUrls"] == [address]


FORBIDDEN = {
    "DeveloperToolsAvailability": 2, "RemoteDebuggingAllowed": False, "DownloadRestrictions": 3, "PrintingEnabled": False,
    "AllowFileSelectionDialogs": False, "PasswordManagerEnabled": False, "TranslateEnabled": False, "IncognitoModeAvailability": 2,
    "AudioCaptureAllowed": False, "VideoCaptureAllowed": False, "DefaultGeolocationSetting": 2, "DefaultNotificationsSetting": 2,
}  # fmt: skip


@pytest.mark.parametrize("name, value", FORBIDDEN.items())
def test_what_a_kiosk_does_not_need_is_forbidden(policies: dict[str, Any], name: str, value: Any) -> None:
    assert policies[name] == value
