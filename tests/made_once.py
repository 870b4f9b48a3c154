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


class Made(NamedTuple):
    """A template: its folder, its database in PostgreSQL ("" for SQLite) and what its clock shows by now."""

    folder: Path
    url: str
    at: dt.datetime


class MadeOnce:
    """Templates by kind of database and by whether a desk belongs to them. `make` fills a folder: with such a centre,
    in the database at an address, and with a desk where one is asked for; it tells what the clock shows then."""

    def __init__(
        self, new_folder: Callable[[], Path], cluster: Callable[[], postgres.Cluster], make: Callable[..., dt.datetime]
    ) -> None:
        self._new_folder, self._cluster, self._make = new_folder, cluster, make
        self._made = functools.cache(self._once)

    def _once(self, on_postgres: bool, with_desk: bool) -> Made:
        folder, url = self._new_folder(), self._cluster().database() if on_postgres else ""
        return Made(folder, url, self._make(folder, url, with_desk))

    def copy(self, place: Path, url: str, *, with_desk: bool) -> Made:
        """A centre in the folder `place`, its log in the empty database at `url`; its template."""
        made = self._made(bool(url), with_desk)
        shutil.copytree(made.folder / CENTRE, place / CENTRE)
        if url:
            self._cluster().fill(url, made.url)
        return made
