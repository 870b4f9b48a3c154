"""Who a desk is, and who it was before: names, keys, its centre."""

from __future__ import annotations

import msgspec

from desk.log.keys import NodeKeys, PublicKeys


class Former(msgspec.Struct, frozen=True):
    """A name and keys that this desk had."""

    node: str
    keys: NodeKeys


class Identity(msgspec.Struct, frozen=True):
    """Who this desk is and who its centre is. Lives in the encrypted database only."""

    node: str
    keys: NodeKeys
    point_code: str
    point_name: str
    township: str
    banner: str
    phone: str
    centre_node: str
    centre_name: str
    centre_keys: PublicKeys
    address: str
    demonstration: bool = False
    practice: bool = False  # made-up people, marked on every paper, never synced
    enrolled: bool = True  # False until the centre has taken this desk in
    former: tuple[Former, ...] = ()  # who it was before: other names, other keys
    ca: str = ""  # PEM of the centre's own certificate authority; "" for the system's roots

    def sign_keys(self, node: str) -> tuple[bytes, ...]:
        """The public keys that this desk signed with under the name `node`."""
        mine = (self.keys,) if node == self.node else ()
        return tuple(keys.public().sign for keys in (*mine, *(one.keys for one in self.former if one.node == node)))

    def keys_of(self, node: str) -> NodeKeys:
        """What signs a paper whose number `node` gave: its last keys where that is a name of before."""
        return next((one.keys for one in self.former if one.node == node and node != self.node), self.keys)
