"""What entries about the network of nodes carry: who may speak, what is not taken, what the centre makes known."""

from __future__ import annotations

import datetime as dt

import msgspec

from desk.law.bodies.body import Body
from desk.law.catalogue.item import Exercise, Item, Line, Regime, StatedLimits
from desk.law.holidays import HolidayTable


class NodeEnrolled(msgspec.Struct, frozen=True):
    """node.enrolled: from now on what is signed with this key is this node's. Keys are base64.

    `formerly`: the name it had before (an old backup came back, a disk was cloned, it enrolled a second time).
    """

    node: str
    point_code: str
    point_name: str
    sign_key: str
    seal_key: str
    machine: str = ""
    formerly: str = ""


class NodeRekeyed(msgspec.Struct, frozen=True):
    """node.rekeyed: the same node, other keys. `letter`: base64 of the letter, signed with the keys before, that says
    so: with it the node itself can tell later that they are its own."""

    node: str
    sign_key: str
    seal_key: str
    letter: str = ""


class NodeAdmitted(msgspec.Struct, frozen=True):
    """node.admitted: from now on this desk may read its point's past; `by` names who said yes."""

    node: str
    by: str


class NodeRevoked(msgspec.Struct, frozen=True):
    """node.revoked: nothing that this node signs is taken any more; what it sent stays."""

    node: str
    reasons: str = ""


class HeadSettled(msgspec.Struct, frozen=True):
    """head.settled: somebody looked into what `by` signed of the log `of`: that its entry `seq` has this `hash`, where
    `here` stands at the centre. `reasons` is what was found out."""

    of: str
    by: str
    seq: int
    hash: str
    here: str
    reasons: str


NODE_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "node.enrolled": ("终端入网", NodeEnrolled),
    "node.admitted": ("同意查看本点以往记录", NodeAdmitted),
    "node.rekeyed": ("更换密钥", NodeRekeyed),
    "node.revoked": ("停用终端", NodeRevoked),
    "head.settled": ("核对记录校验", HeadSettled),
}


class EntryRefused(msgspec.Struct, frozen=True):
    """entry.refused: entry `seq` of `node` about the same subject has no effect, and why. It stays in the log."""

    node: str
    seq: int
    reasons: str


_BESIDE = ("holds", "exercised_by", "stated", "duties", "liability")  # of an item, in `ItemPublished`


class ItemPublished(msgspec.Struct, frozen=True, gc=False):
    """item.published: a version of an item, for all desks. `withdrawn`: it takes no more cases. `holds`,
    `exercised_by`, `stated`, `duties` and `liability` stand beside the item, which programs of before them read only as
    they know it: made by `of`, read as `whole`."""

    item: Item
    catalogue: str
    withdrawn: bool = False
    holds: tuple[Line, ...] = ()
    exercised_by: Exercise | None = None
    stated: StatedLimits | None = None
    duties: tuple[str, ...] = ()
    liability: tuple[str, ...] = ()

    @staticmethod
    def of(item: Item, catalogue: str, *, withdrawn: bool = False) -> ItemPublished:
        """What is said of `item` on the wire."""
        beside = {name: getattr(item, name) for name in _BESIDE}
        bare = msgspec.structs.replace(item, holds=(), exercised_by=None, stated=None, duties=(), liability=())
        return ItemPublished(bare, catalogue, withdrawn, **beside)

    @property
    def whole(self) -> Item:
        """The item with its conditions, its other limits, its duties and with who exercises it."""
        holds, who = self.holds or self.item.holds, self.exercised_by or self.item.exercised_by
        told = msgspec.structs.replace(self.item, holds=holds, exercised_by=who, stated=self.stated)
        return msgspec.structs.replace(told, duties=self.duties, liability=self.liability)


class BodyPublished(msgspec.Struct, frozen=True):
    """body.published: a body 机构 as it stands from now on, with its past, for all desks."""

    body: Body


class WordsPublished(msgspec.Struct, frozen=True):
    """words.published: what people here say for an item besides its name, for all desks; all of it, none for nothing
    any more. Its subject is `words:` and the item's code. No part of the item: no version of it is another for it."""

    words: tuple[str, ...] = ()


class SampleTold(msgspec.Struct, frozen=True):
    """sample.told: whether the sample catalogue that comes with the program `stands` at this centre and its desks.
    Where nothing was ever said it does: so it was with every centre of before."""

    stands: bool


class RegimePublished(msgspec.Struct, frozen=True):
    """regime.published: a set of legal clocks 时限规则 as it stands from now on, for all desks. It is law: it holds for
    the cases that are open, too. `proposed_by`: whose file it came with, where another published it."""

    regime: Regime
    proposed_by: str = ""


class HolidaysPublished(msgspec.Struct, frozen=True):
    """holidays.published: the table that due dates are worked out with from now on. `proposed_by`: who brought it,
    where another published it."""

    table: HolidayTable
    proposed_by: str = ""


class NoticePublished(msgspec.Struct, frozen=True):
    """notice.published 通知: shown on the first page of each desk until `until`; `everybody`: to everybody too. `to`:
    the divisions that it is for, as far as their codes are written out (1525, 152523, 152523202); none for all."""

    title: str
    text: str
    officer: str
    until: dt.date | None = None
    everybody: bool = False
    to: tuple[str, ...] = ()

    def is_for(self, code: str) -> bool:
        """Whether it is for the division `code`, or for one in it."""
        return not self.to or any(code.startswith(one) or one.startswith(code) for one in self.to)


class ReleaseOffered(msgspec.Struct, frozen=True):
    """release.offered: a new version of the desks' program, for machines of `platform`, as a signed file of `size`
    bytes; to these `nodes`, none for all. `notes`: what is new in it."""

    version: str
    platform: str
    size: int
    sha256: str
    notes: str = ""
    nodes: tuple[str, ...] = ()


class AccountChanged(msgspec.Struct, frozen=True):
    """account.changed: an account of the centre's staff was added, closed ...: `what` in words; roles, department and
    the departments whose cases it sees as they are from now on; `body` is the code of the department. Never a
    password."""

    account: str
    name: str
    what: str
    roles: str = ""
    org: str = ""
    sees: tuple[str, ...] = ()
    body: str = ""


class ResultsShown(msgspec.Struct, frozen=True):
    """results.shown: whether the results of an item are listed for everybody from now on, and why. Its subject is
    `results:` and the item's code."""

    shown: bool
    reasons: str = ""


class Renumbered(msgspec.Struct, frozen=True):
    """case.renumbered: two machines went on with one log, an old backup or a copy of a disk, and may have given one
    number to two cases; the receipt has to be given anew. `was`: the number before. With `now` it stands under the
    number before, and says that whatever its writer wrote there until then is about the case that is called `now`."""

    was: str
    officer: str = ""
    reasons: str = ""
    now: str | msgspec.UnsetType = msgspec.UNSET  # where it is not said it is not written: the fact of all that say it


PUBLISHED_KINDS: dict[str, tuple[str, type[msgspec.Struct]]] = {
    "item.published": ("发布事项", ItemPublished),
    "sample.told": ("示例目录", SampleTold),
    "regime.published": ("发布时限规则", RegimePublished),
    "holidays.published": ("发布节假日表", HolidaysPublished),
    "words.published": ("群众说法", WordsPublished),
    "body.published": ("发布机构", BodyPublished),
    "notice.published": ("发布通知", NoticePublished),
    "release.offered": ("提供新版本", ReleaseOffered),
}
