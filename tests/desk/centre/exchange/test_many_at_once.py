"""Batches of many desks that wait for the turn at once: one commit for all, and each desk's own refusal."""

from __future__ import annotations

import threading
import time

import sqlalchemy as sa
from bench.centre import Node
from conftest import Served, both_databases

from desk.centre.exchange import taking
from desk.centre.node.centre_node import RefusedBatchError
from desk.sync.protocol import wire


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
