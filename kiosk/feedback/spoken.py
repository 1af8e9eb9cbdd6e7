"""What a traveller says into the microphone: kept until a recogniser has written it down, then only if the traveller wants it kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from announcer.recognisers.base import RecogniserError
from announcer.recognisers.registry import Recognisers
from audio.mastering.resample import resample
from audio.uploads import take
from audio.wav import header, read_wav
from kiosk.feedback.models import Feedback, File
from schedules.core.database import Database
from schedules.core.tables import Base

MIME = "audio/wav"
LONGEST_SECONDS = 60.0
RATE = 16_000  # Hz: as much as speech needs
FOR = timedelta(minutes=10)  # whoever has not sent it by then has gone
SENT, HEARD, UNABLE = "sent", "heard", "unable"


class Spoken(Base):
    """``state``: sent, heard (``text`` is what was understood), or unable where nobody here can write it down."""

    __tablename__ = "feedback_spoken"

    feedback_id: Mapped[str] = mapped_column(ForeignKey("feedback.id"), primary_key=True)
    language: Mapped[str]
    said_at: Mapped[datetime] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(default=SENT)
    text: Mapped[str] = mapped_column(default="")
    sound: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)


def take_in(data: bytes) -> bytes:
    """A WAV of 16 kHz of what the browser recorded, silence at its ends cut. Raises audio.uploads.Refused."""
    pcm = resample(take(data, LONGEST_SECONDS), RATE)
    samples = pcm.int16()
    return header(len(samples), RATE) + samples.astype("<i2").tobytes()


def keep(session: Session, row: Feedback, sound: bytes, language: str, now: datetime) -> None:
    """In place of what was said before."""
    session.merge(
        Spoken(feedback_id=row.id, language=language, said_at=now, state=SENT, text="", sound=sound)
    )
    session.flush()


def of(session: Session, row: Feedback) -> Spoken | None:
    return session.get(Spoken, row.id)


def settle(session: Session, row: Feedback, kept: bool) -> None:
    """Feedback was sent: the sound goes with it if the traveller says so, and else goes for good."""
    found = of(session, row)
    if found is None:
        return
    if kept:
        row.files.append(File(mime=MIME, data=found.sound))
    session.delete(found)
    session.flush()


def forget(session: Session, feedback_id: str) -> None:
    session.execute(delete(Spoken).where(Spoken.feedback_id == feedback_id))


def hear_next(database: Database, recognisers: Recognisers, now: datetime) -> bool:
    """Write down what waits longest, and throw away what nobody sent; tells whether anything waited."""
    with database.read() as session:
        late = session.scalar(select(Spoken.feedback_id).where(Spoken.said_at < now - FOR).limit(1))
        row = session.scalar(select(Spoken).where(Spoken.state == SENT).order_by(Spoken.said_at).limit(1))
        sound = row.sound if row else b""
    if late:
        with database.write() as session:
            session.execute(delete(Spoken).where(Spoken.said_at < now - FOR))
    if row is None:
        return False
    state, text = _heard(recognisers, sound, row.language)
    with database.write() as session:
        found = session.get(Spoken, row.feedback_id)
        if found and found.said_at == row.said_at:  # it may have been said anew meanwhile
            found.state, found.text = state, text
    return True


def _heard(recognisers: Recognisers, sound: bytes, language: str) -> tuple[str, str]:
    recogniser = recognisers.find(language)
    if recogniser is None:
        return UNABLE, ""
    try:
        return HEARD, recogniser.transcribe(read_wav(sound), language).text
    except RecogniserError:
        return UNABLE, ""
