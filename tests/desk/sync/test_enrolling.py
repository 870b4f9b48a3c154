"""Enrolment's small rules: the code that is typed, whose versions fit, who a desk is afterwards."""

from __future__ import annotations

import msgspec
import pytest
from conftest import POINT, POINT_NAME, Served

from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.errors import DeskError, RefusedError
from desk.log.keys import NodeKeys, PublicKeys
from desk.sync import enrol
from desk.sync.link import NotCentreError
from desk.sync.protocol import unlock, wire
from desk.sync.protocol.seal import SealError

KEYS, CENTRE_NODE = NodeKeys.make(), "152524000000-00"


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("ABCD-12345678", ("ABCD", "12345678")),
        (" ab cd - 1234 5678 9012\n", ("ABCD", "123456789012")),
        ("A-1234567890123456", ("A", "1234567890123456")),
    ],
)
def test_a_code_as_people_type_it(typed: str, parts: tuple[str, str]) -> None:
    assert enrol.split_code(typed) == parts


@pytest.mark.parametrize(
    "typed", ["", "-", "ABCD", "ABCD-1234567", "ABCD-12345678901234567", "-12345678", "A-B-12345678", "ABCD12345678"]
)
def test_what_is_no_code(typed: str) -> None:
    with pytest.raises(RefusedError, match="入网码的样子不对"):
        enrol.split_code(typed)


def hello(oldest: int, newest: int) -> wire.HelloAnswer:
    return wire.HelloAnswer(CENTRE_NODE, "中心", "", "", "t", speaks=(oldest, newest))


def test_whose_versions_fit() -> None:
    for oldest, newest in ((1, 1), (0, 1), (1, 9), (0, 9)):
        enrol.check_versions(hello(oldest, newest))
    with pytest.raises(RefusedError, match="中心的程序比本机新"):
        enrol.check_versions(hello(3, 4))
    with pytest.raises(RefusedError, match="中心的程序太旧"):
        enrol.check_versions(hello(0, 0))


def test_who_a_desk_is_with_the_centres_answer(desk: Desk) -> None:
    public = KEYS.public()
    answer = wire.EnrolAnswer(
        f"{POINT}-01",
        POINT,
        "01",
        "新名",
        CENTRE_NODE,
        "新中心",
        wire.to_text(public.sign),
        wire.to_text(public.seal),
        "t",
        "PEM",
    )
    before = msgspec.structs.replace(desk.identity, enrolled=False)
    after = enrol.joined(before, answer, " http://there ")
    assert after == msgspec.structs.replace(
        before, point_name="新名", centre_node=CENTRE_NODE, centre_name="新中心", address="http://there", ca="PEM",
        enrolled=True, centre_keys=PublicKeys(public.sign, public.seal),
    )  # fmt: skip


def test_what_is_kept_for_a_lost_password_opens_with_the_centres_key_alone() -> None:
    node, secret = f"{POINT}-01", unlock.new_secret()
    sealed = unlock.sealed_secret(node, secret, KEYS.public())
    assert unlock.opened(sealed, KEYS) == unlock.Opened(node, secret)
    with pytest.raises(SealError):
        unlock.opened(sealed, NodeKeys.make())


def test_a_code_of_another_centre_is_not_used(served: Served) -> None:
    """Nothing that matters is said before the fingerprint agrees; the code is good afterwards."""
    code = enrolment.enrol_code(served.centre, POINT, POINT_NAME)
    once, _, fingerprint = code.partition("-")
    wrong = f"{once}-{'A' * len(fingerprint)}"
    with pytest.raises(NotCentreError, match="不是发入网码的那个中心"):
        enrol.enrol(served.address, wrong, KEYS, "pc")
    answer = enrol.enrol(served.address, code, KEYS, "pc")
    assert (answer.point_code, answer.centre_node) == (POINT, served.centre.node)
    assert (answer.point_name, answer.node[:12]) == (POINT_NAME, POINT)
    with pytest.raises(DeskError):
        enrol.enrol(served.address, code, NodeKeys.make(), "pc")
