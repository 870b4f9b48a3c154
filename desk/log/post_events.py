"""What entries about papers on the road carry: envelopes, drives, and where an envelope lay on its way."""

from __future__ import annotations

import msgspec

from desk.log.point_events import BundleHanded, BundleSealed, BundleTaken, TripMade


class LodgeMade(msgspec.Struct, frozen=True):
    """lodge.made 乡镇收下: a township has the envelope of one of its villages; about the envelope's number. `counted`
    are the cases in it, `listed` those on its list, 0 where the list was not known; `org` is the township's counter.
    `code`: what its code was worth (genuine; typed: its number alone was typed; unknown: no key of the village was
    known there), "" where it was not looked at."""

    number: str
    receiver: str
    org: str
    counted: int
    listed: int = 0
    differences: tuple[str, ...] = ()
    officer: str = ""
    code: str = ""


class LodgePassed(msgspec.Struct, frozen=True):
    """lodge.passed 乡镇送出: it left the township with `carrier` for `destination`, on the drive `trip`."""

    number: str
    destination: str
    carrier: str
    officer: str
    trip: str = ""


POST_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "bundle.sealed": ("组卷封装", BundleSealed),
    "bundle.handed": ("移交", BundleHanded),
    "bundle.taken": ("接收", BundleTaken),
    "trip.made": ("送件", TripMade),
    "lodge.made": ("乡镇收下信封", LodgeMade),
    "lodge.passed": ("乡镇送出信封", LodgePassed),
}
