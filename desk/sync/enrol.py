"""Enrolment 入网: a one-time code from the centre makes this machine a node that the centre knows.

The code a person types is the one-time part, a dash, and the start of the centre's key fingerprint, so that the desk
can tell the right centre from a wrong server before it says anything that matters.
"""

from __future__ import annotations

import platform

import msgspec

from desk.errors import RefusedError
from desk.log.keys import NodeKeys, PublicKeys
from desk.store.identity import Identity
from desk.store.store import Store
from desk.sync import healing
from desk.sync.link import UNPINNED, CentreRefusedError, Link, NotCentreError, Peer
from desk.sync.protocol import code_proof, letters, wire

PRINT_LENGTH = 12  # characters of the fingerprint in a code: 60 bits, so that no other keys can be made to fit
_NOWHERE = "0" * 12  # the point of a machine that does not know where it is
_PRINT_LEAST, _PRINT_MOST = 8, 16  # that are taken: shorter codes are out in the world


def split_code(code: str) -> tuple[str, str]:
    """The one-time part and the fingerprint part of a typed code. Raises RefusedError."""
    parts = "".join(code.split()).upper().split("-")
    if len(parts) != 2 or not _PRINT_LEAST <= len(parts[1]) <= _PRINT_MOST or not parts[0]:
        raise RefusedError("入网码的样子不对，应为两段，中间一个“-”。", "", "请照中心给的入网码再输一次。")
    return parts[0], parts[1]


class OtherPointError(RefusedError):
    """The code is for another point than the desk's."""

    def __init__(self, happened: str, kept: str) -> None:
        super().__init__(happened, kept, "请核对本机的代办点；没有选错的，请向中心要本点的入网码。")


def enrol(
    address: str,
    code: str,
    keys: NodeKeys,
    machine: str,
    node: str = "",
    point: str = "",
    was: Identity | None = None,
) -> wire.EnrolAnswer:
    """Ask the centre at `address` to take this machine in. Raises DeskErrors of the link, RefusedError, and for a code
    of another point than `point` OtherPointError.

    `node` is the name of a desk that began its log before it was enrolled and must keep it; `was` who a desk is until
    now that takes another name. A centre that speaks version 2 is shown that the code is known; it is not sent.
    """
    once, fingerprint = split_code(code)
    hello = _hello(address)
    centre = PublicKeys(wire.from_text(hello.sign_key), wire.from_text(hello.seal_key))
    if not centre.fingerprint().startswith(fingerprint):
        raise NotCentreError("这个地址上的不是发入网码的那个中心。", "没有发送任何内容。", "请核对中心地址和入网码。")
    check_versions(hello)
    public = keys.public()
    request = wire.EnrolRequest("", wire.to_text(public.sign), wire.to_text(public.seal), machine, node, point)
    request = with_code(same(request, was, public), once, hello, centre)
    peer = Peer(hello.centre_node, speaks=min(wire.SPEAKS[1], hello.speaks[1]))
    link = Link(address, centre.sign, hello.ca, peer=peer)
    try:
        read = _asked(link, request, keys, centre)
    except CentreRefusedError as error:
        if error.problem.code == "enrol_point" and point:
            raise OtherPointError(error.problem.text, "没有改动，入网码没有用掉。") from error
        raise
    finally:
        link.close()
    answer = letters.read(read, wire.EnrolAnswer, "中心的回复")
    if point and answer.point_code != point:  # a centre that does not know the question yet
        raise OtherPointError(
            f"入网码是给另一个代办点“{answer.point_name}”（{answer.point_code}）的。", "没有改动，入网码已经用掉。"
        )
    return answer


def _asked(link: Link, request: wire.EnrolRequest, keys: NodeKeys, centre: PublicKeys) -> bytes:
    """The centre's answer: by a letter sealed to it; in clear to one of before."""
    body = msgspec.json.encode(request)
    if link.peer.speaks < wire.BOUND:
        return link.post(wire.ENROL, body, "application/json")
    name = request.node or f"{request.point or _NOWHERE}-99"  # a letter has a writer; the centre gives the name
    try:
        return link.letter(letters.ENROL, name, body, keys, centre, (keys,))
    except letters.ProblemError as error:
        raise CentreRefusedError(error.problem) from error


def with_code(request: wire.EnrolRequest, once: str, hello: wire.HelloAnswer, centre: PublicKeys) -> wire.EnrolRequest:
    """The request with the proof that the code is known; with the code itself for a centre of before, or one that gave
    codes before it knew of proofs."""
    if hello.code_cost is None or hello.old_codes:
        return msgspec.structs.replace(request, code=once)
    key = code_proof.key_of(once, centre.fingerprint(), hello.code_cost)
    new = wire.from_text(request.sign_key), wire.from_text(request.seal_key)
    proof = code_proof.proof(key, hello.centre_node, *new, request.node, request.point)
    return msgspec.structs.replace(
        request, code_key=wire.to_text(code_proof.public(key)), code_proof=wire.signature_text(proof)
    )


def same(request: wire.EnrolRequest, was: Identity | None, public: PublicKeys) -> wire.EnrolRequest:
    """The request with the proof that it comes from the desk that is `was` until now."""
    if was is None:
        return request
    proof = wire.signature_text(letters.same(was.keys, was.node, public))
    return msgspec.structs.replace(request, was=was.node, was_proof=proof)


def check_versions(hello: wire.HelloAnswer) -> None:
    """Raises RefusedError when this program and the centre share no version of the protocol. No code is used then."""
    oldest, newest = hello.speaks
    if oldest > wire.SPEAKS[1]:
        raise RefusedError(
            "中心的程序比本机新，已不用本机的格式。", "没有改动，入网码没有用掉。", "请升级代办台再入网。"
        )
    if newest < wire.SPEAKS[0]:
        raise RefusedError("中心的程序太旧，读不懂本机的格式。", "没有改动，入网码没有用掉。", "请等中心升级再入网。")


def joined(who: Identity, answer: wire.EnrolAnswer, address: str) -> Identity:
    """Who a desk is with the centre's answer."""
    return msgspec.structs.replace(
        who,
        point_name=answer.point_name,
        centre_node=answer.centre_node,
        centre_name=answer.centre_name,
        centre_keys=centre_keys(answer),
        address=address.strip(),
        ca=answer.ca,
        enrolled=True,
    )


def enrol_first(store: Store, who: Identity, address: str, code: str) -> Identity:
    """The first enrolment of a desk that began alone: it keeps its name, unless another desk of the point has that.
    Raises as `enrol`; nothing changed then."""
    try:
        answer = enrol(address, code, who.keys, "", who.node, who.point_code)
    except CentreRefusedError as error:
        if error.problem.code != "enrol_number":
            raise
        return enrol_again(store, who, address, code, other_s=True)
    with store.write() as db:
        return store.merge_identity_in(db, who, joined(who, answer, address))


def enrol_again(store: Store, who: Identity, address: str, code: str, *, other_s: bool = False) -> Identity:
    """A second enrolment: a new name and new keys, and all that this centre lacks of the old log goes along. `other_s`:
    the name that this desk gave itself is another's there.

    Raises as `enrol`; nothing changed then.
    """
    keys = healing.next_keys(store, healing.ENROL)
    try:
        answer = enrol(address, code, keys, platform.node(), point=who.point_code, was=who)
    except OtherPointError:
        healing.drop_keys(store, healing.ENROL)  # the centre may know them as another point's
        raise
    after = joined(healing.renamed(who, answer, keys), answer, address)
    link = Link(address, after.centre_keys.sign, after.ca, peer=Peer(after.centre_node))
    try:
        link.agree()
        found, _ = healing.fetch_own(store, after, who.node, link.asker(after, lambda: (keys,)))
    finally:
        link.close()
    other = after.centre_node != who.centre_node or after.centre_keys != who.centre_keys
    healing.move(store, who, after, found.common, found.kept, new_centre=other, other_s=other_s)
    return store.identity()


def _hello(address: str) -> wire.HelloAnswer:
    """Who answers at `address`: believed only for what its own key signs."""
    link = Link(address, b"", UNPINNED)
    try:
        return link.hello()
    finally:
        link.close()


def centre_keys(answer: wire.EnrolAnswer) -> PublicKeys:
    """The centre's keys out of its answer."""
    return PublicKeys(wire.from_text(answer.sign_key), wire.from_text(answer.seal_key))
