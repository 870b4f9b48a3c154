"""What comes together makes the same tables as what comes one by one."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Sequence

import msgspec
import pytest
from conftest import HERDER, full_draft

from db.desk import projection_rows
from desk.app.open_desk import Desk
from desk.log import chain, events

_PEOPLE = ("a", "b", "c", "d")


class _AgainError(Exception):
    """Nothing of it stays."""


def _said(desk: Desk, seed: int) -> list[chain.Kept]:
    """What another window wrote of a few people and cases, most of it more than once."""
    pick, node = random.Random(seed), f"{desk.identity.node[:12]}-77"  # noqa: S311
    collected = desk.case(desk.register(full_draft(desk, 1)).intake_no).case.collected
    made, prev = list[chain.Kept](), chain.GENESIS
    for seq in range(1, 40):
        who, whose = pick.choice(_PEOPLE), pick.choice(_PEOPLE)
        person = msgspec.structs.replace(HERDER, name=f"{HERDER.name}{pick.choice('甲乙丙')}")
        number = f"{node.replace('-', '')}{pick.randrange(5):010d}"
        kind, subject, data = pick.choice(
            [
                ("person.recorded", who, events.PersonRecorded(person)),
                ("person.recorded", who, events.PersonRecorded(person)),
                ("person.merged", who, events.PersonMerged(whose, "苏和")),
                ("person.unmerged", who, events.PersonUnmerged("苏和")),
                ("case.collected", number, msgspec.structs.replace(collected, applicant=person, applicant_id=who)),
                ("paper.made", number, events.PaperMade("receipt", "回执", f"{seq:064x}", "苏和")),
                ("case.voided", number, events.Act("苏和", reasons="不办了")),
            ]
        )
        one = chain.make(
            node=node, seq=seq, prev=prev, time=f"2026-03-02T09:{seq:02d}:00+08:00", author="suhe", kind=kind,
            subject=subject, rank=seq, data=data,
        )  # fmt: skip
        made.append(one)
        prev = one.hash
    return made


def _tables(desk: Desk, parts: Sequence[Sequence[chain.Kept]]) -> dict[str, list[tuple[object, ...]]]:
    told: dict[str, list[tuple[object, ...]]] = {}
    with contextlib.suppress(_AgainError), desk.store.write() as db:
        for part in parts:
            assert desk.store.add_new(db, part) == len(part)
        told = projection_rows.projections(db)
        raise _AgainError
    return told


@pytest.mark.parametrize("seed", range(4))
def test_however_it_comes_the_tables_are_the_same(desk: Desk, seed: int) -> None:
    said = _said(desk, seed)
    one_by_one = _tables(desk, [[one] for one in said])
    assert one_by_one["person_row"]
    assert len(one_by_one["case_row"]) > 1
    assert _tables(desk, [said]) == one_by_one
    assert _tables(desk, [said[:7], said[7:25], said[25:]]) == one_by_one
