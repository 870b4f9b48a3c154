"""A desk whose entries say no time that anybody can read: they have no effect, and block nothing."""

from __future__ import annotations

import pytest
from conftest import Served, full_draft, sync

from db.centre import rows
from db.desk import entry_rows
from desk.app.open_desk import Desk
from desk.centre.exchange import taking
from desk.log import chain, events
from desk.sync.protocol.batch import Header, pack, unpack


def sent(served: Served, desk: Desk, facts: list[tuple[str, str, object, str]]) -> int:
    """More entries of the desk's log, as whoever holds its keys writes them: kind, subject, data, time; how many the
    centre took."""
    node, keys, made = desk.identity.node, desk.identity.keys, list[chain.Kept]()
    with desk.store.read() as db:
        last, head = entry_rows.head(db, node) or (0, chain.GENESIS)
    for seq, (kind, subject, data, time) in enumerate(facts, last + 1):
        prev = made[-1].hash if made else head
        made.append(
            chain.make(
                node=node, seq=seq, prev=prev, time=time, author="suhe", kind=kind, subject=subject, rank=9, data=data
            )
        )
    header = Header("log", node, last + 1, last + len(made), len(made), head.hex(), to=served.centre.node)
    signed = pack(header, [one.encoded for one in made], keys)
    answer = taking.take(served.centre, signed, unpack(signed, lambda _name: (keys.public().sign,)))
    return answer.have - last


@pytest.mark.parametrize("time", ["gestern", "", "2026-13-45T00:00:00+08:00", "2026-11-24T09:30:00"])
def test_no_time_has_no_effect_and_blocks_nothing(served: Served, desk: Desk, time: str) -> None:
    number = desk.register(full_draft(desk)).intake_no
    sync(desk)
    case, _ = served.centre.case(number)
    again, good = f"{number[:-4]}9990", f"{number[:-4]}9982"
    facts = [
        ("case.collected", again, case.collected, time),
        ("case.withdrawn", number, events.Act("苏和", ""), time),
        ("case.collected", good, case.collected, "2026-11-24T09:30:00+08:00"),
    ]
    assert sent(served, desk, facts) == len(facts)
    assert served.centre.case(again) is None
    assert served.centre.case(number)[0].state is case.state
    assert served.centre.case(good)[0].case_no
    with served.centre.database.read() as db:
        told = [chain.decoded(one) for one in rows.about(db, [again])[again]]
    said = [events.decode(one.kind, one.data) for one in told]
    assert any("时间" in getattr(one, "reasons", "") for one in said)
