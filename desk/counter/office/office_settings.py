"""Settings of this office that belong to the machine: printers, distances, folders. Kept in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import msgspec
from sqlite_utils import Database

from db.desk import local_rows
from desk.counter.session import Session

_KEY = "settings"


class Settings(msgspec.Struct, frozen=True):
    """`printers` maps a paper (A4, A5, 80mm, 58mm) to the name of its printer. Distances are one way, in kilometres."""

    printers: dict[str, str] = {}
    receipt_paper: str = "A5"
    print_at_once: bool = False  # a receipt goes to its printer without a preview
    camera_folder: str = ""  # where the document camera saves
    kilometres_to_centre: int = 0
    backup_folder: str = ""  # a second place for backups: another disk, a stick
    roll_device: str = ""  # where an ESC/POS printer listens: a device file, or host:port
    point_name_mn: str = ""  # as the township writes it
    mongolian_order: str = "below"  # where Mongolian stands on paper: below, left, above, "" nowhere
    mongolian_percent: int = 100  # its size to that of the Chinese
    large_print: bool = False  # receipts, 告知单 and guides for weak eyes
    two_on_a_sheet: bool = False  # receipts of a roll, A5, lie two on a sheet of A4
    lock_minutes: int = 10  # after which a window that nobody touches is locked; 0 never
    drive_days: tuple[int, ...] = ()  # weekdays (Monday 1) on which papers go to the centre; none: not known


def settings_in(db: Database) -> Settings:
    """As they are now; the usual ones before anything was chosen."""
    kept = local_rows.local(db, _KEY)
    return msgspec.json.decode(kept, type=Settings) if kept else Settings()


def next_drive(weekdays: Collection[int], day: dt.date) -> dt.date | None:
    """The first of the weekdays on which papers go to the centre after `day`: what comes in on one may miss the car."""
    ahead = (day + dt.timedelta(days=one) for one in range(1, 8))
    return next((one for one in ahead if one.isoweekday() in weekdays), None)


class OfficeBook:
    """Reads and keeps the settings."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def settings(self) -> Settings:
        """As they are now; the usual ones before anything was chosen."""
        with self._session.store.read() as db:
            return settings_in(db)

    def keep(self, settings: Settings) -> None:
        """Keep them."""
        with self._session.store.write() as db:
            local_rows.set_local(db, _KEY, msgspec.json.encode(settings))

    def set_phone(self, phone: str) -> None:
        """The telephone printed on this office's papers."""
        who = self._session.identity
        self._session.change(who, msgspec.structs.replace(who, phone=phone.strip()))
