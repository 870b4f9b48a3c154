"""Plain HTTP with somebody on the line: what they swap, leave out or bring from elsewhere gets them nowhere."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import PASSWORD, Served, SetClock, full_draft, sync
from middle import Between, Sent, between

from db.centre import rows
from desk.app import opening
from desk.app.open_desk import Desk
from desk.centre import api
from desk.centre.exchange import courier as centre_courier
from desk.centre.exchange import enrolment, telling
from desk.centre.exchange.trust import addressing
from desk.store.identity import Identity
from desk.sync import courier, link
from desk.sync.outcome import Outcome
from desk.sync.protocol import wire
from desk.sync.protocol.batch import pack
from desk.sync.protocol.envelope import BatchError
from desk.sync.protocol.seal import seal, unseal
from desk.sync.steps import ready
from desk.sync.trust import speaking

Make = Callable[..., Desk]


@pytest.fixture
def middle(served: Served) -> Iterator[Between]:
    with between(served) as made:
        yield made


def by_way_of(desk: Desk, middle: Between) -> Identity:
    """The desk syncs through the middle-man from now on, as who it was."""
    with desk.store.write() as db:
        who = desk.store.identity_in(db)
        desk.store.merge_identity_in(db, who, msgspec.structs.replace(who, address=middle.address))
    desk.session.identity = desk.store.identity()
    return desk.identity


def other_question(middle: Between, path: str, other: Sent, *, whole: bool = False) -> None:
    """Whatever is asked at `path`, the centre is asked what somebody else asked; `whole`: with all that was said of
    it but the nonce."""

    def change(sent: Sent) -> Sent:
        if not sent[0].startswith(path):
            return sent
        headers = {**(other[1] if whole else sent[1]), wire.NONCE_HEADER.lower(): sent[1][wire.NONCE_HEADER.lower()]}
        return sent[0], headers, other[2]

    middle.change = change


@pytest.mark.parametrize("whole", [False, True])
def test_another_desk_s_answer_renames_nobody(make_desk: Make, middle: Between, *, whole: bool) -> None:
    one, two = make_desk("one"), make_desk("two", "152523202203")
    by_way_of(two, middle)
    two.register(full_draft(two))
    sync(two)
    who = by_way_of(one, middle)
    one.register(full_draft(one))
    other_question(middle, wire.BATCHES, middle.last(wire.BATCHES), whole=whole)
    told = sync(one)
    assert told.outcome in (Outcome.NOT_CENTRE, Outcome.REFUSED)
    assert one.identity.node == who.node
    middle.change = lambda sent: sent
    assert sync(one).outcome is Outcome.DONE
    assert (one.identity.node, one.sync_status().waiting) == (who.node, 0)


def test_nobody_is_told_that_another_desk_was_revoked(make_desk: Make, served: Served, middle: Between) -> None:
    one, two = make_desk("one"), make_desk("two", "152523202203")
    by_way_of(two, middle)
    two.register(full_draft(two))
    sync(two)
    enrolment.revoke(served.centre, two.identity.node)
    by_way_of(one, middle)
    one.register(full_draft(one))
    for whole in (False, True):
        other_question(middle, wire.BATCHES, middle.last(wire.BATCHES), whole=whole)
        assert "停用" not in sync(one).happened


def test_an_answer_to_an_earlier_question_is_none(desk: Desk, middle: Between) -> None:
    by_way_of(desk, middle)
    sync(desk)
    told: list[tuple[int, dict[str, str], bytes]] = []

    def answer(path: str, said):  # type: ignore[no-untyped-def]
        now = (said.status_code, dict(said.headers), said.content)
        if path.startswith(wire.FEED):
            told.append(now)
            return told[0]
        return now

    middle.answer = answer
    assert sync(desk).outcome is Outcome.DONE
    assert sync(desk).outcome is Outcome.NOT_CENTRE  # the first feed once more


def test_another_desk_s_feed_resealed_moves_nothing(make_desk: Make, served: Served, tmp_path: Path) -> None:
    """On a stick, by somebody who holds the other desk's keys."""
    one, two = make_desk("one"), make_desk("two")
    for number in range(3):
        two.register(full_draft(two, number))
    sync(two)
    sync(one)
    one.register(full_draft(one))
    sealed, _ = telling.answer(served.centre, two.identity.node, 0)
    stick = tmp_path / "stick"
    (stick / courier.FOLDER / courier.DOWN).mkdir(parents=True)
    theirs = seal(unseal(sealed, two.identity.keys), one.identity.keys.public().seal)
    courier.put(courier.path_of(stick, courier.DOWN, f"{one.identity.node}-0-9"), theirs)
    before = one.sync_status().waiting
    told = one.courier(stick, lambda _far: None, lambda: False)
    assert any("不是给本机的" in why for why in told.refused)
    assert one.sync_status().waiting == before
    centre_courier.exchange(served.centre, stick)  # the honest ones go on
    one.courier(stick, lambda _far: None, lambda: False)
    assert one.sync_status().waiting == 0


# -- old and new ------------------------------------------------------------------------------------------------


def as_before(sent: Sent) -> Sent:
    """A question without what version 2 says of it: the centre then proves its answer as it did before."""
    left = {key: value for key, value in sent[1].items() if key != wire.VERSION_HEADER.lower()}
    return sent[0], left, sent[2]


def test_once_a_centre_spoke_version_2_nobody_talks_it_down(desk: Desk, middle: Between, tell: SetClock) -> None:
    by_way_of(desk, middle)
    assert sync(desk).outcome is Outcome.DONE
    middle.change = as_before
    assert sync(desk).outcome is Outcome.NOT_CENTRE
    desk.close()
    again = opening.open_desk(desk.folder, "suhe", PASSWORD, tell)  # nor after a restart
    assert sync(again).outcome is Outcome.NOT_CENTRE
    middle.change = lambda sent: sent
    assert sync(again).outcome is Outcome.DONE
    again.close()


def test_the_first_time_either(desk: Desk, middle: Between) -> None:
    """What the centre speaks stands in an answer that it signs: nobody on the way changes that."""
    by_way_of(desk, middle)

    def answer(path: str, said):  # type: ignore[no-untyped-def]
        return said.status_code, dict(said.headers), said.content.replace(b'"speaks":[1,2]', b'"speaks":[1,1]')

    middle.answer, middle.change = answer, as_before
    assert sync(desk).outcome is Outcome.NOT_CENTRE
    assert desk.sync_status().last_ok == ""


def test_what_names_no_reader_is_not_taken_from_a_centre_that_names_them(desk: Desk) -> None:
    """An old answer of the centre's, or one of its program of before, put back on a stick."""
    keys, node = desk.identity.centre_keys, desk.identity.node
    with desk.store.read() as db:
        speaking.must_be_for(db, keys, "", [node])  # nothing is known of it yet
    sync(desk)
    with desk.store.read() as db:
        speaking.must_be_for(db, keys, node, [node])
        with pytest.raises(BatchError):
            speaking.must_be_for(db, keys, "", [node])


def unnamed(monkeypatch: pytest.MonkeyPatch, *modules: object) -> None:
    """What these sign names no reader, as before version 2."""
    before: Callable[..., bytes] = lambda header, *rest: pack(msgspec.structs.replace(header, to=msgspec.UNSET), *rest)  # noqa: E731
    for module in modules:
        monkeypatch.setattr(module, "pack", before)


def test_a_desk_of_before_and_this_centre(desk: Desk, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    number = desk.register(full_draft(desk)).intake_no
    with monkeypatch.context() as old:
        old.setattr(link.Link, "agree", lambda _self: 1)
        unnamed(old, ready)
        assert sync(desk).outcome is Outcome.DONE
        assert desk.sync_status().waiting == 0
        assert served.centre.case(number)
    assert sync(desk).outcome is Outcome.DONE  # it was renewed
    with served.centre.database.read() as db:
        known = rows.one_node(db, desk.identity.node)
    assert known
    assert known["speaks"] == wire.BOUND
    desk.register(full_draft(desk, 2))
    with monkeypatch.context() as old:  # whoever has its key only does not go back
        old.setattr(link.Link, "agree", lambda _self: 1)
        unnamed(old, ready)
        assert sync(desk).outcome is not Outcome.DONE


def test_this_desk_and_a_centre_of_before(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    real = link.Link.hello
    desk.register(full_draft(desk))
    with monkeypatch.context() as old:
        old.setattr(link.Link, "hello", lambda self: msgspec.structs.replace(real(self), speaks=(1, 1)))
        old.setattr(api, "_is_bound", lambda _request: False)
        old.setattr(addressing, "must_speak", lambda *_who, **_how: True)
        unnamed(old, telling)
        assert sync(desk).outcome is Outcome.DONE
        assert desk.sync_status().waiting == 0
    assert sync(desk).outcome is Outcome.DONE


def test_what_is_written_for_another_centre_is_not_taken(desk: Desk, served: Served) -> None:
    who = msgspec.structs.replace(desk.identity, centre_node="152524000000-00")
    far = link.Link(served.address, who.centre_keys.sign, peer=link.Peer(who.centre_node))
    with contextlib.closing(far), pytest.raises(link.CentreRefusedError, match="不是写给本中心的"):
        far.asker(who, lambda: ())("log", b"{}")
