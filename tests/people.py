"""People who recur in tests. They are invented."""

from __future__ import annotations

from datetime import datetime

from kiosk.accounts import operations, passwords
from kiosk.accounts.models import Account
from schedules.core.database import Database
from schedules.operations import all_stations

PASSWORD = "mưa rào tháng bảy"
NAMES = {
    "operator": "Trực loa Thử",
    "editor": "Biên Tập Thử",
    "head": "Trưởng Ga Thử",
    "inspector": "Kiểm Tra Thử",
    "city": "Thành Phố Thử",
    "administrator": "Quản Trị Thử",
}


def person(
    database: Database, name: str, role: str = "", station: str = "", now: datetime | None = None
) -> Account:
    """An account whose password is PASSWORD, with ``role`` at the station of that key, or everywhere."""
    now = now or datetime.now().astimezone()
    hashed = passwords.hashed(PASSWORD)
    with database.write() as session:
        full_name = NAMES.get(role, "Người Thử")
        account = operations.create_account(session, "console:test", name, full_name, hashed, now)
        if role:
            place = next((one for one in all_stations(session) if one.key == station), None)
            operations.grant(session, "console:test", account, role, place, now)
        return account
