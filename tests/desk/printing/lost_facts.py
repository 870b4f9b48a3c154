"""Facts of every paper of which some are not known: what is left of them."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import gallery
import msgspec

# Without these there is no case, item, visit or line of a list at all; dates of entries are always there.
ALWAYS = frozenset(
    {
        "intake_no", "collected_at", "kind", "time", "node", "agent_division", "point_code", "id", "state", "day",
        "task_code", "item_version", "catalogue_version", "code", "regime", "proxy_mode", "case_type", "exercise_level",
        "item_type", "effective_from", "unit", "count", "law", "version", "period", "title", "rows", "cases", "lines",
        "members", "history", "made", "taken", "sealed", "booked", "collected", "item", "words", "sample", "on",
        "warning", "id_type",
        "Step.code",  # of an item
        # No paper of a request is made without the step that it tells of, and what the ordinance demands of that step.
        "Disclosure.counted", "Disclosure.registered", "Disclosure.parties", "Disclosure.verdict",
        "DisclosureAsked.number", "Party.name", "Party.sort", "Party.until", "Party.opinion", "Disclosing.public",
    }
)  # fmt: skip
# Parts of facts that may be missing as a whole.
OPTIONAL = frozenset(
    {
        "Case.accepted", "Case.supplement", "Case.decision", "Case.served", "Collected.proxy", "Draft.proxy",
        "Bundle.handed", "Bundle.taken", "Item.statutory_limit", "Item.promised_limit", "Step.limit",
    }
)  # fmt: skip


class Lost:
    """What is left of facts when those in `keys` (Type.field) are not known."""

    def __init__(self, keys: frozenset[str]) -> None:
        self.keys, self.seen = keys, set[str]()

    def __call__(self, facts: Any) -> Any:
        if isinstance(facts, msgspec.Struct):
            return msgspec.structs.replace(facts, **dict(self._fields(facts)))
        if isinstance(facts, tuple):
            return tuple(map(self, facts))
        if isinstance(facts, dict):
            return {key: self._value(f"typed.{key}", value) for key, value in facts.items()}
        return self._value("agent.name", facts) if isinstance(facts, str) else facts

    def _fields(self, facts: msgspec.Struct) -> Iterator[tuple[str, Any]]:
        for name in facts.__struct_fields__:  # msgspec.structs.fields works out all their types each time
            value = getattr(facts, name)
            key = f"{type(facts).__name__}.{name}"
            if name in ALWAYS or key in ALWAYS:
                yield name, self(value) if isinstance(value, msgspec.Struct | tuple) else value
            else:
                yield name, self._value(key, value)

    def _value(self, key: str, value: Any) -> Any:
        if isinstance(value, Enum) or not isinstance(value, str | tuple | dict | msgspec.Struct):
            return value
        if isinstance(value, str | tuple) or key in OPTIONAL:
            self.seen.add(key)
            if key in self.keys:
                return "" if isinstance(value, str) else () if isinstance(value, tuple) else None
        return value if isinstance(value, str) else self(value)


def every_key() -> tuple[str, ...]:
    """All facts that can be missing, by type and field."""
    every = Lost(frozenset())
    gallery.drawings(lambda usual: usual, know=every)
    return tuple(sorted(every.seen))
