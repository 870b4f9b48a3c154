"""The items of this centre as everybody reads them, for its pages and for what it publishes."""

from __future__ import annotations

from desk.centre.node.centre_node import Centre
from desk.law.catalogue.item import Catalogue
from desk.publication.listing import Listing, on_shelf, power_list


def listing(centre: Centre) -> Listing:
    """The items that take cases today, by name, with who handles each in this banner, and the power list."""
    with centre.database.read() as db:
        centre.publications.refresh(centre.node, db)
    known, day = centre.publications, centre.today()
    offered = {code: one for code, one in known.items.items() if code not in known.withdrawn}
    items = tuple(on_shelf(offered.values(), known.bodies, known.regime, centre.node.partition("-")[0], day))
    regimes = tuple(known.regimes.values())
    catalogue = Catalogue(known.version, centre.name, day, regimes, items)
    powers = tuple(power_list(offered.values(), known.bodies, day))
    texts, words = dict(known.texts), dict(known.words)
    return Listing(centre.name, day, catalogue, items, offered, known.bodies, texts, words, powers=powers)
