"""The outbox: what is to be told is committed first, then sent, tried again, and every outcome kept with its reason."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from kiosk.health.channels import Channel
from kiosk.health.models import GIVEN_UP, SENT, WAITING, Alert, Fault
from kiosk.health.wording import content_of
from schedules.core.database import Database
from schedules.core.errors import LoagaError

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=15), timedelta(minutes=15)
WORTH_TELLING = timedelta(days=2)  # what could not be sent for so long is given up
AT_ONCE = 20


def tell(session: Session, fault: Fault, kind: str, channels: Iterable[str], now: datetime) -> None:
    """Put a message about ``fault`` into the outbox of each channel, in the transaction that changed it."""
    content = content_of(fault, kind)
    for channel in channels:
        session.add(Alert(fault_id=fault.id, channel=channel, content=content, made_at=now, next_try_at=now))
    session.flush()


def send_due(database: Database, channel: Channel, now: datetime) -> datetime | None:
    """Send what is due by this channel, the oldest first; returns when the next is due, if any waits.

    Nothing is locked while a server is being talked to. Should we die between its yes and our note of it, the message goes
    out again, with the same id.
    """
    mine = (Alert.channel == channel.name) & (Alert.state == WAITING)
    with database.read() as session:
        query = select(Alert).where(mine, Alert.next_try_at <= now).order_by(Alert.id).limit(AT_ONCE)
        due: Sequence[Alert] = session.scalars(query).all()
    for alert in due:
        sent, outcome = _attempt(channel, alert)
        with database.write() as session:
            _note(session.get_one(Alert, alert.id), sent, outcome, now)
    with database.read() as session:
        return session.scalar(select(func.min(Alert.next_try_at)).where(mine))


def _attempt(channel: Channel, alert: Alert) -> tuple[bool, str]:
    """Whether it was sent; and what is to be remarked, or why not."""
    try:
        return True, channel.send(alert.id, alert.content)
    except (OSError, LoagaError) as error:  # a mail server's no is an OSError, too
        return False, str(error) or type(error).__name__
    except Exception as error:
        log.exception("An alert could not be sent by %s.", channel.name)
        return False, f"{type(error).__name__}: {error}"


def _note(alert: Alert, sent: bool, outcome: str, now: datetime) -> None:
    alert.tries, alert.outcome = alert.tries + 1, outcome
    if sent:
        alert.state, alert.settled_at = SENT, now
        return
    log.warning("An alert could not be sent by %s: %s", alert.channel, outcome)
    if now - alert.made_at > WORTH_TELLING:
        alert.state, alert.settled_at = GIVEN_UP, now
    else:
        alert.next_try_at = now + min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(alert.tries - 1, 10))


def give_up_other_channels(session: Session, channels: Iterable[str], now: datetime) -> None:
    """What waits for a channel that is no longer set up waits for nothing."""
    orphans = (Alert.state == WAITING) & Alert.channel.not_in(list(channels))
    values = {"state": GIVEN_UP, "settled_at": now, "outcome": "this channel is no longer set up"}
    session.execute(update(Alert).where(orphans).values(**values))
