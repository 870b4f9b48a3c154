"""What a desk may not say: kinds that only a centre writes stay in its log, have no effect, and the centre says why."""

from __future__ import annotations

import msgspec
import pytest
from conftest import PASSWORD, Served, full_draft, sync

from db.centre import records, rows
from desk.app.open_desk import Desk
from desk.centre.exchange import enrolment
from desk.centre.exchange.effects.refusing import wrong
from desk.centre.run import guard
from desk.errors import RefusedError
from desk.law.catalogue import load
from desk.log import centre_events, chain, events, office_events
from desk.log.keys import NodeKeys
from desk.store.entries import Fact
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire

ONLY = "这种记录只能由中心作出"
# Written out: what the program calls its own list must not shrink unseen.
OF_A_CENTRE = (
    "node.enrolled", "node.rekeyed", "node.revoked", "entry.refused", "item.published", "regime.published",
    "holidays.published", "notice.published", "account.changed", "card.raised", "complaint.made", "disclosure.asked",
)  # fmt: skip


def say(desk: Desk, kind: str, subject: str, data: events.Data) -> None:
    """Write into the desk's own log what another program could."""
    with desk.store.write() as db:
        desk.session.append(db, Fact(kind, subject, data))


def refused(served: Served) -> list[tuple[str, str]]:
    """Of whom the centre said that an entry has no effect, and why."""
    with served.centre.database.read() as db:
        own = [chain.decoded(one) for one in rows.encoded_after(db, served.centre.node, 0, 1000)]
    said = [events.decode(one.kind, one.data) for one in own]
    return [(one.node, one.reasons) for one in said if isinstance(one, centre_events.EntryRefused)]


@pytest.mark.parametrize("kind", OF_A_CENTRE)
def test_a_kind_of_the_centre_is_wrong_from_a_desk(kind: str) -> None:
    made = chain.make(
        node="152523202202-01", seq=1, prev=chain.GENESIS, time="t", author="a", kind=kind, subject="s", rank=1, data={}
    )
    assert wrong(made.entry, None, "152523202202") == ONLY


def test_every_kind_of_the_office_is_a_centres() -> None:
    """But for a look at a full number, which says of itself alone that it was."""
    kinds = {kind for kind in office_events.OFFICE_KINDS if kind.partition(".")[0] not in events.CENTRE_ONLY}
    assert kinds == {"case.seen"}


def test_a_desk_gives_no_other_desk_keys_and_shuts_none_out(desk: Desk, served: Served) -> None:
    """Else a desk could have itself believed as another, or the centre itself."""
    node, strange = desk.identity.node, NodeKeys.make().public()
    other = "152523202203-01"
    keys = wire.to_text(strange.sign), wire.to_text(strange.seal)
    say(desk, "node.enrolled", other, centre_events.NodeEnrolled(other, other[:12], "别处", *keys))
    say(desk, "node.rekeyed", served.centre.node, centre_events.NodeRekeyed(served.centre.node, *keys))
    say(desk, "node.revoked", node, centre_events.NodeRevoked(node, "不要了"))
    assert sync(desk).outcome is Outcome.DONE
    assert refused(served) == [(node, ONLY)] * 3
    with served.centre.database.read() as db:
        assert [one["name"] for one in rows.nodes(db)] == [node]
    assert strange.sign not in enrolment.all_keys(served.centre, served.centre.node)
    assert not enrolment.is_revoked(served.centre, node)
    desk.register(full_draft(desk))
    assert sync(desk).outcome is Outcome.DONE  # what follows in its log is taken like any other


def test_a_desk_publishes_nothing(desk: Desk, served: Served) -> None:
    item = msgspec.structs.replace(load.seed().items[0], item_name="假事项", version=99)
    say(desk, "item.published", item.task_code, centre_events.ItemPublished(item, "假目录"))
    say(desk, "notice.published", "n", centre_events.NoticePublished("假通知", "字", "某人", everybody=True))
    assert sync(desk).outcome is Outcome.DONE
    assert [why for _, why in refused(served)] == [ONLY, ONLY]
    served.centre.rebuild()
    assert served.centre.publications.item(item.task_code, 99).item_name != "假事项"
    with served.centre.database.read() as db:
        assert list(records.record_data(db, "notice", limit=10)) == []


def test_a_desk_raises_no_complaint_and_no_account(desk: Desk, served: Served) -> None:
    made = office_events.ComplaintMade("T1", "code", "complaint", "假投诉")
    say(desk, "complaint.made", "complaint:T1", made)
    say(desk, "account.changed", "suhe", centre_events.AccountChanged("suhe", "苏和", "开通", "admin"))
    sync(desk)
    assert [why for _, why in refused(served)] == [ONLY, ONLY]
    served.centre.rebuild()
    with served.centre.database.read() as db:
        assert list(records.record_data(db, "complaint", limit=10)) == []
    with pytest.raises(RefusedError):
        guard.log_in(served.centre, "suhe", PASSWORD)


def test_a_desk_takes_back_no_entry_of_another(desk: Desk, served: Served) -> None:
    """`entry.refused` of a desk moves nothing, neither at the centre nor at the desk that wrote it."""
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    taken = events.Accepted("乌兰", "综合窗口")
    served.centre.act("wulan", "case.accepted", number, taken, served.centre.case(number)[1])
    sync(desk)
    with served.centre.database.read() as db:
        last = max(one.seq for found in served.centre.about(db, [number]).values() for one in found)
    say(desk, "entry.refused", number, centre_events.EntryRefused(served.centre.node, last, "不算"))
    assert desk.case(number).case.state == "accepted"
    sync(desk)
    assert [why for _, why in refused(served)] == [ONLY]
    assert served.centre.case(number)[0].state == "accepted"
    served.centre.rebuild()
    assert served.centre.case(number)[0].state == "accepted"


def test_a_number_of_another_point_is_not_given_by_a_desk(desk: Desk, served: Served) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    collected = desk.case(number).case.collected
    say(desk, "case.collected", "152523202203012611240017", collected)
    sync(desk)
    assert refused(served) == [(desk.identity.node, "收件号不是这个代办点的")]
    assert served.centre.case("152523202203012611240017") is None
