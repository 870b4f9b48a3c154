"""What is published: the items as everybody reads them, with all that pages and papers say beside them.

Put together by whoever holds a catalogue, a centre or a desk; nothing here knows which of them it was.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping

import msgspec

from desk.law import codes, redress
from desk.law.bodies.body import Body
from desk.law.bodies.competence import for_everybody, local_bodies
from desk.law.bodies.register import Register
from desk.law.catalogue import rules
from desk.law.catalogue.item import Catalogue, Item, Regime
from desk.law.catalogue.known import HOTLINE
from desk.law.divisions import load as divisions
from desk.printing.facts import OfficeFacts, Scripts
from desk.printing.guide import Chosen
from desk.words.guide_texts import GuideTexts

_PLAIN = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{3,79}", re.ASCII)
_OTHER = "其他"


class Listing(msgspec.Struct, frozen=True):
    """A list of items ready to be written. `items` are those of `catalogue` as everybody reads them; `exercised` the
    same as they were published, by code; `words` what people say for an item besides its name, by code."""

    name: str  # who publishes
    day: dt.date
    catalogue: Catalogue
    items: tuple[Item, ...]
    exercised: Mapping[str, Item]
    bodies: Register
    texts: Mapping[str, GuideTexts] = {}
    words: Mapping[str, tuple[str, ...]] = {}
    phone: str = ""
    supervision_phone: str = HOTLINE
    powers: tuple[Item, ...] = ()  # 权力清单, by kind and name
    scripts: Scripts = Scripts()  # the Mongolian of its boards

    @property
    def is_sample(self) -> bool:
        """Whether some of it is not confirmed."""
        return any(one.sample for one in (*self.items, *self.powers))

    @property
    def has_mongolian(self) -> bool:
        """Whether a page shows Mongolian."""
        return any(self.text(one).parts() for one in self.items)

    def regime(self, item: Item) -> Regime | None:
        """The legal clocks of `item`."""
        return next((one for one in self.catalogue.regimes if one.code == item.regime), None)

    def text(self, item: Item) -> GuideTexts:
        """What was written of it in Mongolian; empty for nothing."""
        return self.texts.get(item.task_code, GuideTexts())

    def bodies_of(self, item: Item) -> list[Body]:
        """Who handles it in each place; none where it is one body."""
        said = self.exercised.get(item.task_code, item)
        return local_bodies(said, self.bodies, self.day)

    def chosen(self, item: Item) -> Chosen:
        """Its guide as it is printed."""
        return Chosen(item, self.regime(item), self.text(item).parts())

    def office(self) -> OfficeFacts:
        """The head of what is printed."""
        return OfficeFacts(self.name, "", "", self.name, self.phone, self.supervision_phone)


class Signer(msgspec.Struct, frozen=True):
    """Who answers for it: the node's name, the public half of its Ed25519 key, and what signs."""

    node: str
    public: bytes
    sign: Callable[[bytes], bytes]


def on_shelf(
    offered: Iterable[Item], bodies: Register, regime: Callable[[Item], Regime | None], place: str, day: dt.date
) -> list[Item]:
    """Those of `offered` that take cases on `day`, by name, as everybody in the banner `place` reads them: with who
    handles each, and how its decision is contested."""
    shown = (for_everybody(item, bodies, day) for item in offered if not rules.in_force(item, day))
    told = (redress.told(item, regime(item), place, bodies, divisions(), day) for item in shown)
    return sorted(told, key=lambda item: item.item_name)


def power_list(offered: Iterable[Item], bodies: Register, day: dt.date) -> list[Item]:
    """权力清单: the powers among `offered` that may be exercised on `day`, by kind and name: those that people apply
    for, and those that are exercised against somebody. A public service is none."""
    powers = (one for one in offered if one.item_type not in ("", codes.SERVICE) and not rules.exercisable(one, day))
    return sorted((for_everybody(one, bodies, day) for one in powers), key=lambda one: (one.item_type, one.item_name))


def topic_of(item: Item) -> str:
    """The theme it is listed under."""
    return item.topic or _OTHER


def file_name(task_code: str) -> str:
    """What its files are called: its code, or where no file may be called so (a sign, the name of a device) a mark
    made of it. Never two alike where case is not told apart."""
    if _PLAIN.fullmatch(task_code) and task_code == task_code.upper():
        return task_code
    return f"x-{hashlib.sha256(task_code.encode()).hexdigest()[:20]}"
