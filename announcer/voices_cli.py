"""Commands about voices: list them, install ours, add one of Piper's, take it away."""

from __future__ import annotations

import sys

import click

from announcer.errors import VoiceUnavailable
from announcer.studio import Studio
from announcer.voice_settings import ABROAD_TOLD
from announcer.voices import adding
from announcer.voices.hanoi import weights as hanoi
from announcer.voices.registry import Setup
from schedules.core.errors import StationError, UserError
from schedules.home import Home

MOST_LINES = 25  # of a licence on the screen; the whole of it lies beside the voice


@click.group(invoke_without_command=True)
@click.pass_context
def voices(context: click.Context) -> None:
    """List the voices: who speaks what, whether it can now, and why not."""
    if context.invoked_subcommand is None:
        _list_voices(context.obj)


@voices.command("install")
def voices_install() -> None:
    """Put the weights of the voice “hanoi” in place; done once, by the installation."""
    try:
        new = hanoi.install(hanoi.folder())
    except (VoiceUnavailable, OSError) as error:
        raise UserError(f"The voice “hanoi” could not be installed. {error}") from error
    click.echo("The voice “hanoi” is installed." if new else "The voice “hanoi” was installed before.")


@voices.command("add")
@click.argument("source", metavar="FILE|URL")
@click.option("--licence", default="", metavar="FILE|URL", help="Its licence, where no MODEL_CARD tells it.")
@click.option("--sha256", default="", metavar="HEX", help="The SHA-256 that the model must have.")
@click.option("--name", default="", help="Name of its files; otherwise as in FILE or URL.")
@click.option("--replace", is_flag=True, help="Put it in the place of a voice of the same name.")
@click.pass_obj
def voices_add(home: Home, source: str, licence: str, sha256: str, name: str, replace: bool) -> None:
    """Add a Piper voice: NAME.onnx, with NAME.onnx.json and its licence beside it."""
    wish = adding.Wish(source, name, sha256, licence, replace)
    try:
        added = adding.add(wish, Setup(home.path).voices, told=_progress)
    except OSError as error:
        raise StationError(f"The voice could not be written: {error.strerror or error}.") from error
    info = added.voice.info
    language = info.languages[0]
    click.echo(_shortened(added.licence))
    click.echo(f"Added “{info.name}”, which speaks “{language}”; SHA-256 {added.sha256}.")
    click.echo(f"Read its licence above: it lies in {added.voice.model.parent}.")
    for old, new in added.renamed:
        click.echo(
            f"The voice “{old}” is now called “{new}”: settings and messages that name it must say so."
        )
    click.echo(
        f'Start the station again to use it. To have it speak first: voices.{language} = "{info.name}"'
    )


@voices.command("remove")
@click.argument("name")
@click.pass_obj
def voices_remove(home: Home, name: str) -> None:
    """Take a Piper voice out of this station."""
    try:
        voice = adding.remove(name, Setup(home.path).voices)
    except OSError as error:
        raise StationError(f"The voice could not be removed: {error.strerror or error}.") from error
    click.echo(f"Removed “{voice.info.name}”. Start the station again.")


def _progress(done: int, whole: int) -> None:
    if sys.stderr.isatty():
        of = f" of {whole / 1e6:.1f}" if whole else ""
        click.echo(f"\r{done / 1e6:.1f}{of} MB", nl=done == whole, err=True)


def _shortened(text: str) -> str:
    lines = text.strip().splitlines()
    return "\n".join([*lines[:MOST_LINES], *(["…"] if len(lines) > MOST_LINES else [])])


def _list_voices(home: Home) -> None:
    studio = Studio(home.settings)
    try:
        for voice in studio.voices.all():
            info = voice.info
            state = voice.why_unavailable() or ("ready" if info.offline else f"ready. {ABROAD_TOLD}")
            place = "offline" if info.offline else "online"
            click.echo(
                f"{info.name:<14} {'/'.join(info.languages[:6]):<10} {place:<8} {info.licence:<14} {state}"
            )
    finally:
        studio.close()
