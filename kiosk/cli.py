"""``loaga``: every command of the house. One clear line for every wrong use, and no traceback."""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

import kiosk.cases.settings  # noqa: F401  (a station's file may name them)
from announcer import cli as speaking
from announcer import listening_cli as listening
from announcer import queue, room_cli
from announcer.locking import alone
from announcer.settings import SINK
from announcer.studio import Studio
from announcer.voice_settings import ABROAD_TOLD, GOOGLE
from announcer.voices_cli import voices
from audio.errors import AudioError
from audio.sinks.registry import SINKS, default_sink_name
from kiosk.accounts import cli as people
from kiosk.accounts import token_cli as programs
from kiosk.health import cli as health
from kiosk.health.channels import channels
from kiosk.rules.cli import rules
from kiosk.settings import HOST, PORT
from schedules import cli as scheduling
from schedules.core.clock import utcnow
from schedules.core.errors import LoagaError, StationError, UserError
from schedules.core.settings import Settings
from schedules.home import Home, default_home
from schedules.operations import all_zones, get_message


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--home", type=click.Path(path_type=Path), help="Where the station lives (or LOAGA_HOME).")
@click.version_option(package_name="loaga")
@click.pass_context
def loaga(context: click.Context, home: Path | None) -> None:
    """The station's loudspeaker: plans, speaks and records what is said."""
    context.obj = context.with_resource(Home(home or default_home()).closing())


@click.command()
@click.pass_obj
def up(home: Home) -> None:
    """Run the station: announcer, web server and watch, until Ctrl-C."""
    settings = home.settings
    channels(settings)  # half-made settings are told now, not when there is a fault
    if home.database and home.seeded:
        _test_loudspeakers(home)
    home.database.close()
    with alone(home.path, "announcer"):
        _port_is_free(settings.get(HOST), settings.get(PORT))
    click.echo(f"Pages:  http://{settings.get(HOST)}:{settings.get(PORT)}/")
    click.echo(f"Sound:  {_where_sound_goes(settings)}")
    click.echo(f"Home:   {home.path}")
    if settings.get(GOOGLE):
        click.echo(ABROAD_TOLD)
    sys.stdout.flush()
    # The supervisor lives for months and needs none of what this command has loaded: it takes its place.
    os.execv(sys.executable, [sys.executable, "-m", "kiosk.supervisor", str(home.path)])  # noqa: S606


def _test_loudspeakers(home: Home) -> None:
    """A station that was just made says that it can be heard, so that nobody waits for its first schedule to know."""
    studio = Studio(home.settings)
    with home.database.write() as session:
        message = get_message(session, "thu-loa")
        request = queue.Request(studio.script_of(message, {}, 1), message.title, all_zones(session))
        queue.submit(session, studio, request, utcnow())


def _port_is_free(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            hint = "Choose another with LOAGA_WEB_PORT, or in loaga.toml."
            raise StationError(f"Port {port} of {host} cannot be used: {error.strerror}.", hint) from error


def _where_sound_goes(settings: Settings) -> str:
    name = settings.get(SINK) or default_sink_name()
    return f"WAV files under {settings.home / 'folder'}" if name == "folder" else SINKS[name].help


COMMANDS: tuple[click.Command, ...] = (
    up,
    speaking.say,
    speaking.read_,
    speaking.announce,
    speaking.stop,
    speaking.mute,
    speaking.unmute,
    speaking.log,
    voices,
    speaking.simulate_,
    listening.listen,
    listening.sound,
    room_cli.room,
    speaking.check,
    speaking.doctor,
    scheduling.plan,
    scheduling.import_,
    scheduling.export,
    health.backup,
    health.restore,
    health.alerts,
    people.admin,
    programs.token,
    people.audit_,
    rules,
)
for command in COMMANDS:
    loaga.add_command(command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line; errors become one line on stderr and an exit code of 1 (2 for a wrong call)."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: list[str]) -> int:
    try:
        result: Any = loaga.main(home_first(arguments), prog_name="loaga", standalone_mode=False)
    except (LoagaError, AudioError) as error:
        return _refuse(str(error), getattr(error, "hint", ""))
    except click.ClickException as error:
        _refuse(error.format_message(), "See: loaga --help")
        return 2
    except (click.Abort, KeyboardInterrupt):
        return 130
    except UnicodeError:
        return _refuse("Something that was typed is no text (UTF-8).", "See: loaga --help")
    except BrokenPipeError:
        return 0
    except Exception as error:
        logging.getLogger(__name__).debug("unexpected", exc_info=True)
        return _refuse(
            f"Something went wrong inside loaga: {type(error).__name__}: {error}.", "See: loaga doctor"
        )
    return result if isinstance(result, int) else 0


def home_first(arguments: list[str]) -> list[str]:
    """``--home`` may stand before or after the command; click wants it before."""
    for i, argument in enumerate(arguments):
        if argument in ("--home=", "--home") and (
            argument == "--home=" or not "".join(arguments[i + 1 : i + 2])
        ):
            raise UserError("--home names no folder.", "Write --home DIR, or set LOAGA_HOME.")
        if argument == "--home" and i + 1 < len(arguments):
            return [*arguments[i : i + 2], *arguments[:i], *arguments[i + 2 :]]
        if argument.startswith("--home="):
            return [argument, *arguments[:i], *arguments[i + 1 :]]
    return arguments


def _refuse(sentence: str, hint: str) -> int:
    click.echo(f"{sentence} {hint}".strip(), err=True)
    return 1
