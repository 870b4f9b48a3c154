"""For whoever watches the service: does the process live, can it work, and its figures for Prometheus.

Figures carry no names and no addresses. Several processes add theirs up through PROMETHEUS_MULTIPROC_DIR.
"""

from __future__ import annotations

import datetime as dt
import hmac
import logging
import os
import shutil
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
import prometheus_client as prometheus
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.datastructures import State
from starlette.exceptions import HTTPException

from db.centre import counts
from db.centre.pictures import picture_rows
from db.centre.pictures.folder import Folder
from db.centre.pictures.places import FOLDER
from desk import clock
from desk.centre.node.centre_node import Centre
from desk.centre.node.hosts import secret_words
from desk.centre.run import timed_backup
from desk.centre.run.hosts import adding, probing
from desk.centre.run.pictures import sweeping
from desk.centre.run.settings import Settings

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_KEPT_SECONDS = 15.0  # that figures of the whole database are good for
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_log = logging.getLogger("desk.centre")
router = APIRouter(include_in_schema=False)


class Watch:
    """The figures of one application."""

    def __init__(self, centre: Centre, settings: Settings) -> None:
        self._own, self._labels = prometheus.CollectorRegistry(), (adding.host_name(), centre.code[:6])
        self._whole = _Whole(centre, settings)
        self._kept: dict[tuple[str, str, int], tuple[prometheus.Counter, prometheus.Histogram]] = {}  # looked up once
        self._requests = prometheus.Counter(
            "daiban_requests",
            "Requests to this host by route and status.",
            ("host", "centre", "method", "route", "status"),
            registry=self._own,
        )
        self._seconds = prometheus.Histogram(
            "daiban_request_seconds",
            "How long answers of this host took.",
            ("host", "centre", "route"),
            registry=self._own,
            buckets=_SECONDS,
        )
        self._refused = prometheus.Counter(
            "daiban_refused",
            "Problems that this host answered desks with.",
            ("host", "centre", "route", "code"),
            registry=self._own,
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        kept = self._kept.get((method, route, status))
        if kept is None:
            count = self._requests.labels(*self._labels, method, route, str(status))
            kept = self._kept[method, route, status] = count, self._seconds.labels(*self._labels, route)
        kept[0].inc()
        kept[1].observe(seconds)

    def refused(self, route: str, code: str) -> None:
        """A desk was told no."""
        self._refused.labels(*self._labels, route, code).inc()

    def text(self) -> bytes:
        """Everything, as Prometheus reads it. Raises DBAPIError."""
        return told(self.counted(), self.whole())

    def counted(self) -> list[Metric]:
        """What was counted of this centre's requests, by all processes of this host; each names the centre."""
        if not os.environ.get(SHARED):
            return list(self._own.collect())
        found = list(_Shared(None).collect())  # type: ignore[no-untyped-call]
        for family in found:
            family.samples = [one for one in family.samples if one.labels.get("centre") == self._labels[1]]
        return found

    def whole(self) -> list[Metric]:
        """What the database says. Raises DBAPIError."""
        return list(self._whole.collect())


class _Given(Collector):
    """Figures that are there already; those of one name together, as Prometheus wants them."""

    def __init__(self, families: Iterable[Metric]) -> None:
        self._by_name: dict[str, Metric] = {}
        for one in families:
            known = self._by_name.setdefault(one.name, one)
            if known is not one:
                known.samples += one.samples

    def collect(self) -> Iterable[Metric]:
        """One of each name."""
        return self._by_name.values()


def told(*families: Iterable[Metric]) -> bytes:
    """Figures as Prometheus reads them."""
    registry = prometheus.CollectorRegistry(auto_describe=False)
    registry.register(_Given(one for some in families for one in some))
    return prometheus.generate_latest(registry)


def named(families: Iterable[Metric], centre: str) -> list[Metric]:
    """The same figures, each with whose they are."""
    found = list(families)
    for family in found:
        family.samples = [one._replace(labels={**one.labels, "centre": centre}) for one in family.samples]
    return found


class _Shared(MultiProcessCollector):
    """What all processes counted together."""

    def collect(self) -> Iterable[Metric]:
        """From every file that was begun: a process that is killed as it opens one leaves it empty."""
        begun = [str(one) for one in Path(self._path).glob("*.db") if _size(one)]
        found: Iterable[Metric] = self.merge(begun, accumulate=True)  # type: ignore[no-untyped-call]
        return found


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # its process has just ended
        return 0


class Figures(msgspec.Struct, frozen=True):
    """What the database, the disk and the backups of a centre are like, at one moment."""

    taken: int
    states: dict[str, int]
    sessions: int
    heard: int
    silent: int
    backlog: int
    pictures: int
    overdue: int
    disk_free: int
    copies: timed_backup.State
    places: dict[str, tuple[int, int]]  # whole pictures and their bytes, by where they lie
    picture_room: int | None  # bytes that are free where the folder of pictures is; None where there is none
    swept: sweeping.State


def figures(centre: Centre, settings: Settings) -> Figures:
    """The figures now. Raises DBAPIError."""
    since = clock.stamp(centre.tell() - dt.timedelta(days=settings.silent_days))
    with centre.database.read() as db:
        return Figures(
            counts.taken(db),
            counts.open_by_state(db),
            counts.sessions(db, centre.now()),
            *counts.desks(db, since),
            counts.pictures_waiting(db),
            counts.overdue(db, centre.today().isoformat()),
            shutil.disk_usage(centre.folder).free,
            timed_backup.state(centre.folder),
            picture_rows.by_place(db),
            _picture_room(settings),
            sweeping.state(centre.folder),
        )


def _picture_room(settings: Settings) -> int | None:
    return Folder(Path(settings.picture_folder)).room() if settings.picture_folder else None


class _Whole(Collector):
    """Figures of the database, which are the same whichever process is asked."""

    def __init__(self, centre: Centre, settings: Settings) -> None:
        self._centre, self._settings = centre, settings
        self._at = float("-inf")
        self._figures: Figures | None = None

    def collect(self) -> Iterator[CounterMetricFamily | GaugeMetricFamily]:
        """The figures, at most some seconds old."""
        if self._figures is None or time.monotonic() - self._at > _KEPT_SECONDS:
            self._figures = figures(self._centre, self._settings)
            self._at = time.monotonic()
        now = self._figures
        yield CounterMetricFamily("daiban_entries_taken", "Entries taken in from desks.", value=now.taken)
        yield _by("daiban_open_cases", "Cases that are not finished.", "state", now.states)
        yield _by("daiban_desks", "Desks, by whether they were heard of lately.", "heard", {
            "lately": now.heard, "silent": now.silent,
        })  # fmt: skip
        yield from _gauges(now)
        yield from self._copies(now.copies)

    def _copies(self, known: timed_backup.State) -> Iterator[GaugeMetricFamily]:
        is_on, host = bool(self._settings.backup_folder), adding.host_name()
        words = "Whether this host makes backups by themselves."
        yield _by("daiban_backup_on", words, "host", {host: int(is_on)})
        moments = (("made", known.made), ("second", known.second), ("tried", known.tried))
        words = "Seconds since a backup of this host was made, was copied to the second place, was restored to try it."
        ages = GaugeMetricFamily("daiban_backup_age_seconds", words, labels=["host", "step"])
        for name, moment in moments:
            if (old := timed_backup.age(self._centre.tell(), moment)) is not None:
                ages.add_metric([host, name], old)
        yield ages


def _gauges(now: Figures) -> Iterator[GaugeMetricFamily]:
    yield GaugeMetricFamily("daiban_sessions", "Staff who are logged in.", value=now.sessions)
    yield GaugeMetricFamily("daiban_backlog_entries", "Entries that desks said they still have.", value=now.backlog)
    yield GaugeMetricFamily("daiban_pictures_waiting", "Pictures that are not whole yet.", value=now.pictures)
    yield GaugeMetricFamily("daiban_overdue_cases", "Open cases whose next clock ran out.", value=now.overdue)
    names = {kind: kind or "database" for kind in now.places}
    counts_of = {names[kind]: count for kind, (count, _) in now.places.items()}
    yield _by("daiban_pictures", "Whole pictures, by where they lie.", "place", counts_of)
    sizes = {names[kind]: size for kind, (_, size) in now.places.items()}
    yield _by("daiban_picture_bytes", "Their bytes.", "place", sizes)
    words = "Pictures that rows name and that this host's last sweep did not find whole."
    yield _by("daiban_pictures_missing", words, "host", {adding.host_name(): now.swept.missing})
    if now.picture_room is not None:
        words = "Room where this host has the folder of pictures."
        yield _by("daiban_picture_free_bytes", words, "host", {adding.host_name(): now.picture_room})
    words = "Room on the disk of this host's data."
    yield _by("daiban_disk_free_bytes", words, "host", {adding.host_name(): now.disk_free})


def _by(name: str, words: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    made = GaugeMetricFamily(name, words, labels=[label])
    for key, value in sorted(values.items()):
        made.add_metric([key], value)
    return made


@router.get("/healthz")
async def lives(request: Request) -> Response:
    """The process lives, and is not about to end."""
    return alive(leaving=getattr(request.app.state, "leaving", False))


def alive(*, leaving: bool) -> Response:
    """Whether it takes requests for longer."""
    return JSONResponse({"ok": not leaving}, 503 if leaving else 200)


def readiness(state: State) -> dict[str, bool]:
    """What a centre needs to work, and whether it has it; `state` is its site's."""
    probe: probing.Probe = state.probe
    settings: Settings = state.settings
    now, free = probe.said(), shutil.disk_usage(state.centre.folder).free
    if settings.pictures == FOLDER:
        free = min(free, _picture_room(settings) or 0)
    has_room = now.room and free >> 20 >= settings.disk_free_mb
    return {"database": now.database, "schema": now.schema, "disk": has_room, "writes": now.writes, "log": now.log}


@router.get("/readyz")
def ready(request: Request) -> Response:
    """The centre can work: its database answers and takes a write, the schema is ours, its disk and the database's have
    room. For whoever watches; what shares requests out among hosts asks `/healthz`, for a host whose database is away
    still answers desks with a proof, and none at all is worse."""
    said = readiness(request.app.state)
    good = all(said.values())
    return JSONResponse({"ok": good, **said}, 200 if good else 503)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Figures; to this machine alone, or to whoever knows the token."""
    if not (is_here(request) or _knows_token(request)):
        raise HTTPException(403)
    try:
        text = request.app.state.watch.text()
    except (DBAPIError, PoolTimeoutError) as error:
        _log.warning("the database is away", extra={"code": type(error).__name__})
        return Response(status_code=503)
    return Response(text, media_type=prometheus.CONTENT_TYPE_LATEST)


def is_here(request: Request) -> bool:
    """Whether a program of this machine asks; a proxy that we do not know speaks for others."""
    host = request.client.host if request.client else ""
    return host in ("127.0.0.1", "::1") and not request.scope["state"].get("unknown_proxy", False)


def _knows_token(request: Request) -> bool:
    return knows(request, secret_words.of(request.app.state.centre.folder).get(secret_words.METRICS, ""))


def knows(request: Request, token: str) -> bool:
    """Whether whoever asks says this token, where there is one."""
    said = request.headers.get("authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(said.encode(), token.encode())
