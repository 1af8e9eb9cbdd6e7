"""Commands about listening: ``loaga listen`` hears a file, ``loaga sound`` has messages read back, shows and approves what
read-back held back.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from announcer.cli import who
from announcer.models import Sound
from announcer.readback.consent import approve, held_sounds
from announcer.readback.listening import Asked, evidence_of
from announcer.readback.verdict import Verdict, judge
from announcer.readback.wording import in_words
from announcer.recognisers.base import Transcript
from announcer.recognisers.registry import Recognisers
from announcer.review import review, table
from announcer.studio import Studio
from announcer.text import read_phrases
from audio.clips import decode
from audio.mastering.profiles import profile
from schedules.core.clock import iso_local, utcnow
from schedules.core.errors import UserError
from schedules.home import Home
from schedules.operations import all_messages, get_message


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--against", default=None, help="What it should say; the verdict tells whether it does.")
@click.option("--lang", "language", default="vi", show_default=True, help="Language that is spoken.")
@click.option("--recogniser", default="", help="Which recogniser: viet-asr or whisper.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def listen(file: Path, against: str | None, language: str, recogniser: str, as_json: bool) -> None:
    """Write down what is said in a sound file (WAV, MP3, OGG, FLAC, M4A)."""
    phrases = read_phrases(against, language) if against is not None else []
    if against is not None and not phrases:
        raise UserError("There are no words after --against.", "Write what the file should say.")
    pcm = decode(file)
    with closing(Recognisers()) as recognisers:
        one = recognisers.get(recogniser) if recogniser else recognisers.require(language)
        heard = one.transcribe(pcm, language)
        verdict = judge(evidence_of(heard, Asked(phrases, language), pcm, pcm)) if phrases else None
    if as_json:
        click.echo(json.dumps(_as_data(one.info.name, pcm.seconds, heard, verdict), ensure_ascii=False))
        return
    click.echo(" ".join(heard.words) if heard.words else "(no words heard)")
    if verdict is not None:
        click.echo(in_words(verdict.to_data()))


def _as_data(name: str, seconds: float, heard: Transcript, verdict: Verdict | None) -> dict[str, Any]:
    data = {"recogniser": name, "seconds": round(seconds, 3), "text": heard.text, "words": list(heard.words)}
    return data | ({"verdict": verdict.to_data()} if verdict else {})


@click.group()
def sound() -> None:
    """What read-back thinks of messages, and the sounds it found bad: they wait for a person's consent."""


@sound.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def list_(home: Home, as_json: bool) -> None:
    """List the sounds that wait for consent."""
    with home.database.read() as session:
        held = held_sounds(session)
    if as_json:
        click.echo(json.dumps([_sound_data(one) for one in held], ensure_ascii=False))
        return
    for one in held:
        click.echo(f"{one.key}  {iso_local(one.made_at)}  {' / '.join(one.spoken.values())}")
        for language, verdict in (one.readback or {}).items():
            reasons = ", ".join(verdict["reasons"])
            click.echo(
                f"  {language} ({one.voices[language]}): {verdict['grade']} ({reasons}), {verdict['score']:.0%}"
            )


def _sound_data(one: Sound) -> dict[str, Any]:
    return {
        "key": one.key,
        "made_at": iso_local(one.made_at),
        "voices": one.voices,
        "spoken": one.spoken,
        "readback": one.readback,
    }


@sound.command("review")
@click.argument("messages", nargs=-1)
@click.option("--mastering", default="standard", show_default=True, help="As in a zone with this profile.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, a line for each wording.")
@click.pass_obj
def review_(home: Home, messages: tuple[str, ...], mastering: str, as_json: bool) -> None:
    """Speak every message, or those named, read each wording back and list the verdicts. Takes minutes; nothing sounds."""
    profile(mastering)  # an unknown one is told before the work
    studio = Studio(home.settings)
    with home.database.read() as session, closing(studio), closing(Recognisers()) as ears:
        chosen = [get_message(session, key) for key in messages] or all_messages(session)
        found = review(studio, chosen, ears, mastering)
        lines = (json.dumps(asdict(one), ensure_ascii=False) for one in found) if as_json else table(found)
        for line in lines:
            click.echo(line)


@sound.command("approve")
@click.argument("key")
@click.option("--by", default=who, show_default="you", help="Who consents.")
@click.pass_obj
def approve_(home: Home, key: str, by: str) -> None:
    """Let a sound be aired although read-back found it bad; the beginning of its key is enough."""
    with home.database.write() as session:
        one = approve(session, key, by, utcnow())
        click.echo(f"Approved: {' / '.join(one.spoken.values())}")
