"""What bytes are read as is worked out by one thread at a time.

msgspec works a struct's shape out when something is first read as it, in Python code that other threads may interrupt;
one that reads the same kind meanwhile meets a shape half done, and the process ends without a word (0.22, Linux; four
threads that read a new kind at once do it within some hundred kinds). Once it is worked out nothing is waited for.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

Shape = TypeVar("Shape")
_lock = threading.RLock()
_known: set[Any] = set()


def one_at_a_time() -> None:
    """From now on, for `msgspec.json.decode` and `msgspec.convert`, whoever calls them."""
    with _lock:
        if msgspec.json.decode.__module__ != __name__:
            msgspec.json.decode = _guarded(msgspec.json.decode)
            msgspec.convert = _guarded(msgspec.convert)


def decoder(kind: type[Shape]) -> msgspec.json.Decoder[Shape]:
    """What reads `kind` over and over, made when it is first wanted."""
    with _lock:
        return msgspec.json.Decoder(kind)


def _guarded(real: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(real)
    def read(given: Any, *more: Any, **named: Any) -> Any:
        kind = more[0] if more else named.get("type")
        if kind is not None and kind not in _known:
            with _lock:
                msgspec.json.Decoder(kind)
                _known.add(kind)
        return real(given, *more, **named)

    read.__module__ = __name__
    return read
