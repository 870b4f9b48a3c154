"""The list of items as this desk has it, ready to be published: what the centre made known, by the centre's words."""

from __future__ import annotations

from desk.counter.office.mongolian import Mongolian
from desk.counter.office.office_settings import OfficeBook
from desk.counter.session import Session
from desk.papers.receipt_facts import scripts_of
from desk.publication.listing import Listing, Signer, on_shelf, power_list


def listing_of(session: Session) -> Listing:
    """All items that take cases today and all powers that are exercised, as everybody in this banner reads them."""
    who, day = session.identity, session.day()
    offered, texts = session.items, Mongolian(session)
    items = on_shelf(offered.values(), session.bodies, session.regime, who.point_code[:6], day)
    return Listing(
        f"{who.banner}{who.township}{who.point_name}",
        day,
        session.catalogue,
        tuple(items),
        offered,
        session.bodies,
        {one.task_code: texts.texts(one.task_code) for one in items},
        session.words,
        who.phone,
        powers=tuple(power_list(offered.values(), session.bodies, day)),
        scripts=scripts_of(OfficeBook(session).settings(), texts.printed()),
    )


def signer_of(session: Session) -> Signer:
    """This desk answers for what it writes out, with the key by which it signs batches and receipts."""
    keys = session.identity.keys
    return Signer(session.identity.node, keys.public().sign, keys.signature)
