"""Batches of many desks that wait for the turn at once: one commit for all, and each desk's own refusal."""

from __future__ import annotations

import threading
import time

import pytest
import sqlalchemy as sa
from bench.centre import Node
from conftest import Served, both_databases

from db.centre import rows
from db.centre.trust import witness_rows
from desk.centre.exchange import enrolment, taking
from desk.centre.exchange.effects import many
from desk.centre.exchange.effects.speakers import Speaker
from desk.centre.node.centre_node import RefusedBatchError
from desk.log.keys import NodeKeys
from desk.sync.protocol import wire
from desk.sync.protocol.envelope import StrangerError
from desk.sync.protocol.seal import unseal


@both_databases
def test_many_desks_at_once_are_one_commit_and_a_fork_is_told_to_its_desk_alone(served: Served) -> None:
    centre = served.centre
    nodes = [Node(centre, f"15252320{2000 + at:04d}") for at in range(6)]
    for node in nodes:
        taking.take_in(centre, node.batch(1))
    forked = nodes[2]
    forked.head = bytes(range(32))  # as the clone of a disk goes on
    bodies = [node.batch(2) for node in nodes]
    commits, answers = [], {}
    sa.event.listen(centre.database.engine, "commit", lambda db: commits.append(db.get_execution_options()))

    def send(at: int) -> None:
        try:
            answers[at] = taking.take_in(centre, bodies[at])
        except RefusedBatchError as error:
            answers[at] = error.problem

    threads = [threading.Thread(target=send, args=(at,)) for at in range(len(nodes))]
    with centre.database._turn:
        for one in threads:
            one.start()
        until = time.monotonic() + 20
        while len(centre.database._asked) < len(nodes):
            assert time.monotonic() < until
            time.sleep(0.002)
        commits.clear()
    for one in threads:
        one.join(20)
    assert sum(bool(one.get("daiban_write")) for one in commits) == 1
    assert isinstance(answers.pop(2), wire.ProblemAnswer)
    assert [one.have for one in answers.values()] == [3] * 5
    verified = centre.verify()
    assert [verified[node.name] for node in nodes] == [3, 3, 1, 3, 3, 3]
    assert verified[centre.node] == 1 + 6 + 6 + 5 * 2  # an account, who was let in, and a number for each case
    with centre.database.read() as db:
        numbers = list(db.execute(sa.text("SELECT case_no FROM case_row")).scalars())
    assert len(set(numbers)) == len(numbers) == 6 + 10


def _push(served: Served, body: bytes) -> many.Push:
    signed, told = unseal(body, served.centre.keys), Speaker(served.centre)
    batch = told.opened(signed)
    found = taking._read(served.centre, signed, batch, "network", told.keys).push
    assert found is not None
    return found


@both_databases
def test_few_statements_take_any_number_of_batches(served: Served) -> None:
    nodes = [Node(served.centre, f"15252320{2000 + at:04d}") for at in range(14)]
    statements: list[str] = []
    sa.event.listen(served.centre.database.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))
    taken = []
    for some in (nodes[:2], nodes[2:]):
        pushes = [_push(served, node.batch(2)) for node in some]
        statements.clear()
        with served.centre.database.write() as db:
            answers = many.take(db, pushes)
        taken.append(len(statements))
        assert [isinstance(one, wire.BatchAnswer) and one.have for one in answers] == [2] * len(some)
    assert taken[1] <= taken[0] < 25
    with served.centre.database.read() as db:
        numbers = list(db.execute(sa.text("SELECT case_no FROM case_row")).scalars())
    assert len(set(numbers)) == len(numbers) == 28
    served.centre.verify()


def test_each_is_judged_as_if_it_came_alone(served: Served) -> None:
    centre = served.centre
    good, forked, gap, gone, ahead = (Node(centre, f"15252320{2000 + at:04d}") for at in range(5))
    for node in (good, forked, ahead):
        taking.take_in(centre, node.batch(1))
    forked.head = bytes(range(32))
    gap.batch(1)  # which never comes
    pushes = [_push(served, one) for one in (good.batch(1), forked.batch(1), gap.batch(1), gone.batch(1))]
    pushes += [_push(served, good.batch(1))]  # the second of one desk waits for the first
    enrolment.revoke(centre, gone.name)
    pushes += [_push(served, ahead.batch(1, centre.node, f"{10**6}.{'00' * 32}"))]
    with centre.database.write() as db:
        told = many.take(db, pushes)
    said = [one.problem.code if isinstance(one, RefusedBatchError) else one for one in told]
    assert isinstance(said[0], wire.BatchAnswer)
    assert said[1:] == [None, "gap", "revoked", None, "restored"]
    verified = centre.verify()
    assert [verified[one] for one in (good.name, forked.name, gap.name, ahead.name)] == [2, 1, 0, 1]


def test_a_key_that_was_changed_on_another_host_counts_no_more(served: Served) -> None:
    centre = served.centre
    node, other = (Node(centre, f"15252320{2000 + at:04d}") for at in range(2))
    for one in (node, other):
        taking.take_in(centre, one.batch(1))
    body = node.batch(1)
    pushes = [_push(served, one) for one in (body, other.batch(1))]
    node.keys = NodeKeys.make()
    with centre.database.write() as db:
        rows.set_node(db, node.name, sign_key=node.keys.public().sign)
    with centre.database.write() as db:
        told = many.take(db, pushes)
    assert told[0] is None
    assert isinstance(told[1], wire.BatchAnswer)
    with pytest.raises(StrangerError):
        taking.take_in(centre, body)
    assert centre.verify()[node.name] == 1
    node.seq, node.head = 1, bytes.fromhex(pushes[0].kept[0].entry.prev)
    assert taking.take_in(centre, node.batch(1)).have == 2


@both_databases
def test_a_number_beyond_all_logs_is_no_entry_of_ours(served: Served) -> None:
    beyond = [(served.centre.node, 1 << 63), (served.centre.node, 10**30)]
    with served.centre.database.read() as db:
        assert witness_rows.hashes(db, [(served.centre.node, 1), *beyond]).keys() == {(served.centre.node, 1)}
        assert not witness_rows.hashes(db, beyond)
