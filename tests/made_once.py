"""A centre with its clerk, alone and with a desk, made once in each process of the tests; each test has a copy.

Making one takes a hundred times what copying it takes: tables, keys, enrolment.
"""

from __future__ import annotations

import datetime as dt
import functools
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import postgres

CENTRE, DESK = "centre", "desk"  # folders, in the template as in a test's own
Make = Callable[[Path, str], dt.datetime]


class Made(NamedTuple):
    """A template: its folder, its database in PostgreSQL ("" for SQLite) and what its clock shows by now."""

    folder: Path
    url: str
    at: dt.datetime


class MadeOnce:
    """Templates, by what makes them and by kind of database. Who makes one fills a folder, and the database at an
    address where that is not ""; told is what the clock shows then."""

    def __init__(self, new_folder: Callable[[], Path], cluster: Callable[[], postgres.Cluster]) -> None:
        self._new_folder, self._cluster = new_folder, cluster
        self._made = functools.cache(self._once)

    def _once(self, make: Make, on_postgres: bool) -> Made:
        folder, url = self._new_folder(), self._cluster().database() if on_postgres else ""
        return Made(folder, url, make(folder, url))

    def copy(self, make: Make, place: Path, url: str) -> Made:
        """The centre that `make` made, in the folder `place`, its log in the empty database at `url`; its template."""
        made = self._made(make, bool(url))
        shutil.copytree(made.folder / CENTRE, place / CENTRE)
        if url:
            self._cluster().fill(url, made.url)
        return made
