"""The service's log: one JSON object a line on standard error, without personal data.

What an exception says may hold a row's values, so only its class and where it happened are written.
"""

from __future__ import annotations

import contextvars
import datetime as dt
import logging
import traceback
from types import TracebackType

import msgspec

NODE: contextvars.ContextVar[str] = contextvars.ContextVar("node", default="")  # whose work it is, of several centres
FACTS = ("route", "method", "status", "ms", "account", "code", "worker")  # what a record may carry besides its event


def setup(form: str, level: str) -> None:
    """Send everything to standard error in `form`, "json" or "text"."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines() if form == "json" else PlainLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("desk").setLevel(level.upper())
    logging.getLogger("uvicorn").setLevel(logging.WARNING)


def where(error: BaseException | None, trace: TracebackType | None) -> list[str]:
    """The classes of an error and of its causes, and the places it came through; never its words."""
    lines = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)[-12:]]
    while error is not None:
        lines.append(type(error).__qualname__)
        error = error.__cause__ or error.__context__
    return lines


class JsonLines(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        return msgspec.json.encode(_facts(record)).decode()


class PlainLines(logging.Formatter):
    """A record as one line for people."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        facts = _facts(record)
        first = " ".join(str(facts.pop(name)) for name in ("time", "level", "event"))
        return " ".join([first, *(f"{name}={value}" for name, value in facts.items())])


def _facts(record: logging.LogRecord) -> dict[str, object]:
    at = dt.datetime.fromtimestamp(record.created).astimezone()
    facts: dict[str, object] = {
        "time": at.isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.getMessage(),
    }
    if node := NODE.get():
        facts["node"] = node
    told = record.__dict__
    facts |= {name: told[name] for name in FACTS if name in told}
    if record.exc_info:
        facts["error"] = where(record.exc_info[1], record.exc_info[2])
    return facts
