"""The sample catalogue that comes with the program: a fresh centre offers none of it; with one step its items stand,
marked as a sample wherever they are shown, and with one step they leave again.

Cases that were taken in under a sample item go on, by the version that they were taken in under.
"""

from __future__ import annotations

import msgspec
import sqlalchemy as sa

from db.centre import records
from db.centre.lists import case_rows
from desk.centre.drafting import approving
from desk.centre.node import publishing
from desk.centre.node.centre_node import Centre, Own
from desk.errors import RefusedError
from desk.folds.office import lives
from desk.law.catalogue import load
from desk.law.catalogue.item import Item
from desk.log.centre_events import ItemPublished, SampleTold

_SUBJECT, _ENDS = "sample", ("ending", "ended")


class Sample(msgspec.Struct, frozen=True):
    """What of the sample `stands`: how many of its items are offered, how many items are the centre's `own`, how many
    open cases were taken in under items of the sample. `has_left`: it is not offered, `count` would come."""

    has_left: bool
    count: int
    own: int
    cases: int = 0


def state(centre: Centre) -> Sample:
    """How it stands today."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
        known = centre.publications
        offered = {code for code in known.items if code not in known.withdrawn}
        marked = {code for code in offered if known.items[code].sample}
        lived = records.known_records(db, map(lives.subject, marked))
        of_sample = {code for code in marked if lives.subject(code) not in lived or _is_sample(db, known.items[code])}
        cases = case_rows.open_of_items(db, of_sample)
    count = len(of_sample) if known.has_sample else len({one.task_code for one in load.seed().items} - offered)
    return Sample(not known.has_sample, count, len(offered - of_sample), cases)


def _is_sample(db: sa.Connection, item: Item) -> bool:
    """Whether an item is the sample's still: marked so, and no text of it was ever judged here."""
    if not item.sample:
        return False
    life = approving.life_of(db, item.task_code)
    return life is None or not any(one.filed and one.way in ("judged", "adopted") for one in life.versions)


def begin_without(centre: Centre) -> None:
    """A fresh centre says, before anything else, that the sample does not stand."""
    with centre.database.write() as db:
        centre.add(db, [_told("", stands=False)])


def _told(author: str, *, stands: bool) -> Own:
    return Own(author, "sample.told", _SUBJECT, SampleTold(stands), publishing.ALL)


def take(centre: Centre, author: str) -> int:
    """Offer the sample, here and at all desks, marked; how many items. Raises RefusedError where it stands."""
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        known = centre.publications
        if known.has_sample:
            raise RefusedError("示例目录已经在用。", "没有改动。")
        back = [known.items[code] for code in known.withdrawn if _left_with_it(db, known.items[code])]
        own = [_published(centre, author, one, withdrawn=False) for one in back]
        centre.add(db, [_told(author, stands=True), *own])
    return state(centre).count


def _left_with_it(db: sa.Connection, item: Item) -> bool:
    life = approving.life_of(db, item.task_code)
    return _is_sample(db, item) and (life is None or life.state not in _ENDS)


def leave(centre: Centre, author: str) -> int:
    """Offer the sample no more: its items take no new cases, those that are open go on; how many items. Raises
    RefusedError where it does not stand."""
    count = state(centre).count
    with centre.database.write() as db:
        centre.publications.refresh(centre.node, db)
        known = centre.publications
        if not known.has_sample:
            raise RefusedError("示例目录没有在用。", "没有改动。")
        said = [known.items[code] for code in known.said if code not in known.withdrawn]
        own = [_published(centre, author, one, withdrawn=True) for one in said if _is_sample(db, one)]
        centre.add(db, [*own, _told(author, stands=False)])
    return count


def _published(centre: Centre, author: str, item: Item, *, withdrawn: bool) -> Own:
    told = ItemPublished.of(item, centre.publications.version, withdrawn=withdrawn)
    return Own(author, "item.published", f"item:{item.task_code}", told, publishing.ALL)
