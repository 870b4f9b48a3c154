"""When a desk's log ran apart from the centre's copy of it: an old backup came back, or a disk was cloned.

The desk goes on under another name of the same point. What the centre has of the old log is taken back; what only this
machine has is carried over into the new log as the same facts, its cases under other numbers: whoever goes on with the
old log, a copy of the disk perhaps, gives the same ones again.
Nothing is deleted: the entries that gave way stay beside the log.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from sqlite_utils import Database

from db.desk import case_rows, entry_rows, local_rows, paper_rows, picture_rows, sync_rows
from desk import clock
from desk.law import numbers
from desk.log import centre_events, chain
from desk.log.keys import NodeKeys
from desk.store import siblings, villages
from desk.store.identity import Former, Identity
from desk.store.store import Store
from desk.sync.feed import foreign
from desk.sync.own_log import Beyond, Copy
from desk.sync.protocol import letters, wire
from desk.sync.protocol.batch import BATCHES, entries_of
from desk.sync.protocol.proofs import held
from desk.sync.trust import doubts

AGAIN, KEYS, ENROL = "again", "keys", "enrol"  # what new keys are for
_NEXT, _LOG = "next-keys:", "log:"

Ask = Callable[[str, bytes], bytes]  # a letter's kind and body; the body of the centre's answer


class Healed(msgspec.Struct, frozen=True):
    """What came of it: the name it has now, entries taken back and carried over, and what was numbered anew."""

    node: str
    back: int
    carried: int
    renumbered: tuple[tuple[str, str], ...]
    doubt: str = ""  # what stands there that is not believed

    def words(self) -> str:
        """For a person."""
        said = f"本机的记录与中心的对不上（恢复过旧备份，或硬盘被复制过），已改用新的终端编号 {self.node}。"
        said += f"从中心取回 {self.back} 条，本机独有的 {self.carried} 条已转入，没有丢失。"
        changed = "；".join(f"{numbers.grouped(was)} 改为 {numbers.grouped(now)}" for was, now in self.renumbered)
        said += f"这些收件号别的电脑可能也用过，请给申请人换发回执：{changed}。" if changed else ""
        return f"{said}\n{self.doubt}" if self.doubt else said


def next_keys(store: Store, why: str) -> NodeKeys:
    """The keys that this desk will have: kept before anybody is told of them, so that asking again is the same. Each
    errand has its own: what a centre knows some keys for, it must not hear of again for something else."""
    with store.write() as db:
        kept = local_rows.local(db, _NEXT + why)
        if kept:
            return msgspec.json.decode(kept, type=NodeKeys)
        keys = NodeKeys.make()
        local_rows.set_local(db, _NEXT + why, msgspec.json.encode(keys))
        return keys


def drop_keys(store: Store, why: str) -> None:
    """Nothing comes of the keys that were made for this."""
    with store.write() as db:
        local_rows.drop_local(db, _NEXT + why)


def waits(store: Store, why: str) -> bool:
    """Whether keys that were made for this wait to be taken up."""
    with store.read() as db:
        return waits_in(db, why)


def waits_in(db: Database, why: str) -> bool:
    """As `waits`, for one who reads already."""
    return bool(local_rows.local(db, _NEXT + why))


def coming(store: Store) -> tuple[NodeKeys, ...]:
    """The keys that come with another name, which the centre gives or gave."""
    return _coming(store, AGAIN, ENROL)


def _coming(store: Store, *reasons: str) -> tuple[NodeKeys, ...]:
    with store.read() as db:
        kept = [local_rows.local(db, _NEXT + why) for why in reasons]
    return tuple(msgspec.json.decode(one, type=NodeKeys) for one in kept if one)


def openers(store: Store, identity: Identity) -> tuple[NodeKeys, ...]:
    """All keys that an answer may be sealed to."""
    old = (one.keys for one in identity.former if one.node != identity.node)
    return (*own_openers(store, identity), *coming(store), *old)


def own_openers(store: Store, identity: Identity) -> tuple[NodeKeys, ...]:
    """Those that what is said to this desk under the name that it has now may be sealed to."""
    former = (one.keys for one in identity.former if one.node == identity.node)
    return (identity.keys, *_coming(store, KEYS), *former)


def rekey(store: Store, identity: Identity, ask: Ask) -> Identity:
    """Tell the centre the keys that were made, then use them. Papers signed with the old ones stay good."""
    keys = next_keys(store, KEYS)
    letters.read(ask(letters.KEYS, msgspec.json.encode(letters.new_keys(identity.node, keys))), letters.Done)
    after = msgspec.structs.replace(
        identity, keys=keys, former=(Former(identity.node, identity.keys), *identity.former)
    )
    with store.write() as db:
        local_rows.drop_local(db, _NEXT + KEYS)
        return store.merge_identity_in(db, identity, after)


def begin_again(
    store: Store, identity: Identity, ask: Ask, become: Callable[[Identity], Ask]
) -> tuple[Identity, Healed]:
    """Ask for another name and move over to it. `become` gives the way to ask in the new name, before it is ours.

    Raises what `ask` raises and BatchError; nothing changed then.
    """
    keys = next_keys(store, AGAIN)
    new = msgspec.structs.replace(letters.new_keys(identity.node, keys), log=_held(store, identity.node, keys))
    try:
        answer = letters.read(ask(letters.AGAIN, msgspec.json.encode(new)), wire.EnrolAnswer)
    except letters.ProblemError as error:
        if error.problem.code == "again":
            give_up(store)
        raise
    after = renamed(identity, answer, keys)
    found, doubt = fetch_own(store, after, identity.node, become(after))
    healed = move(store, identity, after, found.common, found.kept, apart=True)
    return store.identity(), msgspec.structs.replace(healed, doubt=doubt)


def give_up(store: Store) -> None:
    """The centre says that the two logs did not run apart: go on under the same name."""
    with store.write() as db:
        local_rows.drop_local(db, _NEXT + AGAIN)
        local_rows.drop_locals(db, _NEXT + _LOG)


def _held(store: Store, node: str, keys: NodeKeys) -> tuple[str, ...]:
    """The proof that this desk holds its log, as it was when it first asked: the same words as long as it asks."""
    sign = keys.public().sign
    name = f"{_NEXT}{_LOG}{node}:{wire.to_text(sign)}"
    with store.write() as db:
        kept = local_rows.local(db, name)
        if kept is None:
            last = entry_rows.head(db, node)
            proof = held.proof(last[0] if last else 0, lambda seq: entry_rows.encoded(db, node, seq), sign)
            kept = msgspec.json.encode(proof)
            local_rows.set_local(db, name, kept)
    return msgspec.json.decode(kept, type=tuple[str, ...])


def renamed(identity: Identity, answer: wire.EnrolAnswer, keys: NodeKeys) -> Identity:
    """Who this desk is with the centre's answer."""
    return msgspec.structs.replace(
        identity, node=answer.node, keys=keys, former=(Former(identity.node, identity.keys), *identity.former)
    )


def fetch_own(store: Store, identity: Identity, node: str, ask: Ask) -> tuple[Beyond, str]:
    """How far the centre's copy of `node`'s log and ours agree, and what the centre has beyond that this desk signed;
    what else stands there is noted as a doubt, and told."""

    def hash_of(seq: int) -> bytes | None:
        with store.read() as db:
            return entry_rows.hash_of(db, node, seq)

    with store.read() as db:
        head = entry_rows.head(db, node)
        after = min(store.acked(db), head[0] if head else 0)
    proof = _held(store, node, identity.keys)
    found = Copy(node, identity.sign_keys(node), ask, proof).beyond(after, hash_of)
    return found, _doubted(store, node, found) if found.strange else ""


def _doubted(store: Store, node: str, found: Beyond) -> str:
    first = (found.kept[-1].entry.seq if found.kept else found.common) + 1
    words = (
        f"中心给的 {node} 第 {first} 至 {found.strange} 条记录没有本机的签名，没有收作本机的；"
        "本机的记录没有改动，中心给的另存着备查。请与旗中心核对。"
    )
    with store.write() as db:
        at = f"{found.strange}.{hashlib.sha256(found.evidence).hexdigest()}"
        doubts.note(db, doubts.Doubt(node, at, words, clock.stamp(store.tell())), found.evidence)
    return words


def move(
    store: Store,
    before: Identity,
    after: Identity,
    common: int,
    lost: Sequence[chain.Kept],
    *,
    new_centre: bool = False,
    apart: bool = False,
    other_s: bool = False,
) -> Healed:
    """In one transaction: the old log as the centre has it, what only we have in the new one, the new name.

    `new_centre`: it never told us anything yet, and has none of our pictures. `apart`: the old log ran apart, and
    somebody may go on with it; `other_s`: the old name is another desk's, whose numbers we may not see. Then all of our
    numbers that begin with it are given anew, else those that another case has.
    """
    with store.write() as db:
        now = clock.stamp(store.tell())
        aside = [chain.decoded(one) for one in entry_rows.set_aside(db, before.node, common, now)]
        store.receive(db, lost)
        known = {chain.fact(one.entry) for one in lost}
        ours = [one for one in aside if chain.fact(one) not in known]
        taken = collected(ours) if apart or other_s else _doubled(db, ours)
        numbering = partial(_numbers, db, after.node) if other_s else partial(_as_siblings, db, after.node, aside)
        changed, carried = carry(store, db, after.node, ours, taken, numbering, now if other_s else "")
        store.set_acked(db, 0)
        sync_rows.clear_acks(db)
        if new_centre:
            store.set_cursor(db, 0)
            store.set_seen(db, "")
            store.set_epoch(db, 0)
            sync_rows.drop_feeds(db, -1)
            picture_rows.all_due_again(db)
            local_rows.drop_locals(db, siblings.NOTES)  # the new one says itself who they are
            villages.set_offered(db, None)
        local_rows.drop_locals(db, _NEXT)
        store.merge_identity_in(db, before, after)
        store.work_out(db, ((one.kind, one.subject) for one in aside))
    return Healed(after.node, len(lost), carried, tuple(changed.items()))


Numbering = Callable[[Sequence[str]], dict[str, str]]  # of numbers, the new one of each


def carry(
    store: Store,
    db: Database,
    node: str,
    ours: Sequence[chain.Entry],
    taken: dict[str, str],
    numbering: Numbering,
    now: str = "",
) -> tuple[dict[str, str], int]:
    """Append to the log of `node` facts that stood in a log that gave way; by former number the new one, and how many
    entries were appended. `taken`: the numbers that are given anew, and when ours was taken in. `now`: when a case got
    another number; "" for the moment when it was taken in, so that it is one fact whoever says it."""
    changed = numbering(list(taken))
    said = [_changed(one, changed) for one in ours]
    said += [_note(subject, was, now or taken[was]) for was, subject in changed.items()]
    store.carry_over(db, node, said)
    for was, number in changed.items():
        paper_rows.rename_papers(db, was, number)
    return changed, len(said)


def leave(store: Store, db: Database, node: str, changed: dict[str, str]) -> None:
    """Say under each of these numbers that what `node` wrote there until now is about the case that has the other."""
    now = clock.stamp(store.tell())
    store.carry_over(db, node, [_note(was, was, now, subject) for was, subject in changed.items()])


def collected(ours: Sequence[chain.Entry]) -> dict[str, str]:
    """The numbers of the cases among these facts, and when each was taken in."""
    return {one.subject: one.time for one in ours if one.kind == "case.collected"}


def _doubled(db: Database, ours: Sequence[chain.Entry]) -> dict[str, str]:
    """Numbers of ours that another case has in what came back, and when ours was taken in."""
    return {
        one.subject: one.time
        for one in ours
        if one.kind == "case.collected"
        and any(chain.decoded(known).kind == "case.collected" for known in entry_rows.entries_about(db, one.subject))
    }


def _numbers(db: Database, node: str, changing: Sequence[str]) -> dict[str, str]:
    changed: dict[str, str] = {}
    for was in changing:
        start = f"{node.replace('-', '')}{was[14:20]}"
        taken = [one for one in changed.values() if one.startswith(start)]
        last = max([*taken, case_rows.last_intake_no(db, start, node)])
        changed[was] = numbers.intake_no(start, numbers.serial(last) + 1 if last else 1)
    return changed


def alike(first: chain.Entry, doubled: Sequence[str]) -> dict[str, str]:
    """New numbers that every desk of the point gives alike, the one whose cases they are too, so that the facts that
    each says again are one. `first` is the first entry of what gave way: by it the numbers of one machine lie together
    in the upper half of a day's, where a desk itself hardly comes, and those of another machine elsewhere."""
    of_branch = hashlib.sha256(first.time.encode() + bytes(first.data)).digest()
    start, half = int.from_bytes(of_branch[:8], "big"), (numbers.DAILY + 1) // 2
    return {was: numbers.intake_no(was[:20], half + (start + numbers.serial(was)) % half) for was in doubled}


def _as_siblings(db: Database, node: str, aside: Sequence[chain.Entry], doubled: Sequence[str]) -> dict[str, str]:
    """As siblings that have a copy of these cases number them; of our own where another case is known to have that."""
    collected = {one.subject: one for one in aside if one.kind == "case.collected"}
    free = (
        {
            was: number
            for was, number in alike(aside[0], doubled).items()
            if not case_rows.has_intake_no(db, number) or is_said(db, _changed(collected[was], {was: number}))
        }
        if doubled
        else {}
    )
    return free | _numbers(db, node, [was for was in doubled if was not in free])


def is_said(db: Database, entry: chain.Entry) -> bool:
    """Whether a log here says this fact, whoever's it is."""
    return any(
        chain.fact(chain.decoded(one)) == chain.fact(entry) for one in entry_rows.entries_about(db, entry.subject)
    )


def _changed(entry: chain.Entry, changed: dict[str, str]) -> chain.Entry:
    """The same fact with other numbers: only where two cases had one."""
    data = bytes(entry.data)
    for was, number in changed.items():
        data = data.replace(was.encode(), number.encode())
    return msgspec.structs.replace(entry, subject=changed.get(entry.subject, entry.subject), data=msgspec.Raw(data))


def _note(subject: str, was: str, time: str, now: str | msgspec.UnsetType = msgspec.UNSET) -> chain.Entry:
    data = msgspec.json.encode(centre_events.Renumbered(was, now=now), order="sorted")
    return chain.Entry("", 0, "", time, "", "case.renumbered", subject, 2, msgspec.Raw(data))


def give_back(store: Store, offer: Callable[[bytes], letters.Agreed]) -> int:
    """A centre came back from a backup: offer it its own answers that we kept, latest first, until one is known to it;
    then take its word for everything after. How many facts it took back. Raises what `offer` raises."""
    with store.read() as db:
        kept = list(sync_rows.feeds_kept(db))
    taken, common, epoch, have = 0, (0, ""), 0, -1
    for _, data in kept:
        agreed = offer(data)
        taken, epoch, have = taken + agreed.taken, agreed.epoch, agreed.have
        entries = feed_entries(data)
        if agreed.known:
            last = entries[agreed.known - 1]
            common = last.entry.seq, f"{last.entry.seq}.{last.hash.hex()}"
        if agreed.known == len(entries) and entries:
            break
    forget_after(store, common, epoch, have)
    return taken


def forget_after(store: Store, common: tuple[int, str], epoch: int, have: int) -> None:
    """Set aside what a centre that came back from a backup no longer has: it says it again. `have`: how much of our
    own log it has, -1 when it did not say."""
    seq, seen = common
    with store.write() as db:
        node = store.identity_in(db).centre_node
        aside = [chain.decoded(one) for one in entry_rows.set_aside(db, node, seq, clock.stamp(store.tell()))]
        sync_rows.drop_feeds(db, seq)
        store.set_cursor(db, seq)
        store.set_seen(db, seen)
        store.set_epoch(db, epoch)
        if 0 <= have < store.acked(db):
            store.set_acked(db, have)
        picture_rows.all_due_again(db)
        store.work_out(db, ((one.kind, one.subject) for one in aside))


def feed_entries(data: bytes) -> list[chain.Kept]:
    """The entries of a feed batch that was checked when it came."""
    header, packed = BATCHES.peek(data)
    return [foreign(one, header.node) for one in entries_of(packed)]
