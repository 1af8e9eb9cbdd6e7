"""Tables: people and programs, the roles granted to them, who is signed in, tokens, and failures to sign in."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from schedules.core.clock import local_date
from schedules.core.ids import new_id
from schedules.core.tables import Base
from schedules.models import Station

NAME = re.compile(r"[a-z][a-z0-9.-]{1,31}")
NOBODY = "-"  # in the audit log, what the station did by itself: no name looks like it


class Account(Base):
    """A person. ``name`` is what is typed to sign in and never changes, for the audit log tells people by it.

    ``password_given``: somebody else set the password and knows it, so an own one must be chosen before anything else.

    One whose ``password_hash`` is empty is a program's: nobody signs in to it, it has an ``ApiToken`` (``tokens.py``).

    The second step's secret is not kept: it is worked out from the station's key and ``totp_generation``
    (``second.py``). ``totp_last`` is the last time step whose code was used, so that none works twice.
    """

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    password_hash: Mapped[str]
    password_at: Mapped[datetime]
    password_given: Mapped[bool] = mapped_column(default=False)
    totp_generation: Mapped[int] = mapped_column(default=0)
    totp_on: Mapped[bool] = mapped_column(default=False)
    totp_last: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    grants: Mapped[list[Grant]] = relationship(
        back_populates="account", cascade="all, delete-orphan", order_by="Grant.id"
    )


class Grant(Base):
    """A role at one station, or everywhere."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("account_id", "role", "station_id"),)

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    role: Mapped[str]
    station_id: Mapped[str | None] = mapped_column(ForeignKey("stations.id"))

    account: Mapped[Account] = relationship(back_populates="grants")
    station: Mapped[Station | None] = relationship()


class SignIn(Base):
    """Somebody is signed in. The browser has the token; we have only its hash, so that a stolen database opens no door."""

    __tablename__ = "sign_ins"

    token_sha256: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    started_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class ApiToken(Base):
    """What a program shows to be let in. Withdrawn when its account is closed. We have only its hash, as of sign-ins."""

    __tablename__ = "api_tokens"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    token_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship()

    @property
    def last_day(self) -> date | None:
        """On which it still opens doors, in Hà Nội."""
        return local_date(self.expires_at - timedelta(microseconds=1)) if self.expires_at else None


class SignInFailure(Base):
    """How often in a row a name failed, whether or not anybody bears it: a lock must not tell who exists.

    ``name`` may go on with "/" and the mark of a browser at which it signed in before (``signing_in.counted_for``).
    """

    __tablename__ = "sign_in_failures"

    name: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime]
