"""A link to this desk's own centre, which knows whom it speaks with, and agrees on the version to speak."""

from __future__ import annotations

from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync.link import Link, Peer
from desk.sync.trust import speaking


def link_to(store: Store, identity: Identity) -> Link:
    """The centre of `identity`, as it is known here. Raises OfflineError where its address cannot be used."""
    with store.read() as db:
        peer = Peer(identity.centre_node, store.epoch(db), speaking.known(db, identity.centre_keys))
    return Link(identity.address, identity.centre_keys.sign, identity.ca, peer=peer)


def agree(store: Store, identity: Identity, link: Link) -> None:
    """Which version both speak; what the centre proved to speak is kept. Raises as `Link.post`."""
    before, speaks = link.peer.speaks, link.agree()
    if speaks > before:
        with store.write() as db:
            speaking.note(db, identity.centre_keys, speaks)
