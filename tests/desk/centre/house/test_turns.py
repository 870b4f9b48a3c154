"""Whose request is worked on next: fair among the centres of one process, whatever one of them is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

import pytest

from desk.centre.house.turns import CrowdedError, Turn, Turns

_SECONDS = 10.0  # that is waited for something at most


class Clock:
    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


def run(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


async def _settled() -> None:
    """Everything that may go on has gone on."""
    for _ in range(5):
        await asyncio.sleep(0)


async def _asked(all_turns: Turns, name: str, count: int) -> list[asyncio.Task[Turn]]:
    tasks = [asyncio.create_task(all_turns.take(name)) for _ in range(count)]
    await _settled()
    return tasks


def _begun(tasks: list[asyncio.Task[Turn]]) -> int:
    return sum(one.done() for one in tasks)


async def _done(all_turns: Turns, clock: Clock, tasks: list[asyncio.Task[Turn]], seconds: float = 0.02) -> None:
    """The first that is being worked on is done, after so many seconds."""
    clock.at += seconds
    all_turns.give(next(tasks.pop(at) for at, one in enumerate(tasks) if one.done()).result())
    await _settled()


def test_whoever_is_alone_has_the_process() -> None:
    async def work() -> None:
        all_turns = Turns(most=3, tell=Clock())
        tasks = await _asked(all_turns, "a", 5)
        assert _begun(tasks) == 3
        all_turns.give(tasks[0].result())
        await _settled()
        assert _begun(tasks) == 4

    run(work())


def test_one_that_is_flooded_is_worked_on_one_by_one_and_never_before_another() -> None:
    async def work() -> None:
        clock = Clock()
        all_turns = Turns(tell=clock)
        quiet = await _asked(all_turns, "quiet", 1)
        await _done(all_turns, clock, quiet)
        flood = await _asked(all_turns, "flood", 50)
        for _ in range(15):
            assert _begun(flood) == 1
            await _done(all_turns, clock, flood)
        for _ in range(3):
            mine = await _asked(all_turns, "quiet", 1)
            assert _begun(mine) == 1  # at once, whatever waits
            await _done(all_turns, clock, flood)
            assert _begun(flood) == 0  # nobody beside it
            await _done(all_turns, clock, mine)
            assert _begun(flood) == 1

    run(work())


def test_two_that_are_flooded_go_by_turns() -> None:
    async def work() -> None:
        clock, done = Clock(), []
        all_turns = Turns(tell=clock)
        tasks = {name: await _asked(all_turns, name, 20) for name in "ab"}
        for _ in range(20):
            name = max(tasks, key=lambda one: _begun(tasks[one]))
            done.append(name)
            await _done(all_turns, clock, tasks[name])
        assert 8 <= done.count("a") <= 12

    run(work())


def test_one_whose_database_hangs_keeps_no_other_waiting_and_itself_within_bounds() -> None:
    async def work() -> None:
        clock = Clock()
        all_turns = Turns(most=3, tell=clock)
        hung = await _asked(all_turns, "hung", 3)
        clock.at += 1.0
        other = await _asked(all_turns, "other", 1)
        assert _begun(other) == 1
        more = await _asked(all_turns, "hung", 2)
        assert (_begun(hung), _begun(more)) == (3, 0)

    run(work())


def test_what_takes_long_no_longer_holds_back_who_waits() -> None:
    async def work() -> None:
        all_turns = Turns()
        await _asked(all_turns, "a", 1)
        flood = await _asked(all_turns, "flood", 2)
        assert _begun(flood) == 1
        async with asyncio.timeout(_SECONDS):
            while _begun(flood) < 2:  # it is looked again by itself once the first one takes long
                await asyncio.sleep(0.01)

    run(work())


def test_too_many_are_told_so_and_whoever_leaves_makes_room() -> None:
    async def work() -> None:
        all_turns = Turns(most=1, waiting=2, patience=0.05)
        tasks = await _asked(all_turns, "a", 3)
        with pytest.raises(CrowdedError):
            await all_turns.take("a")
        tasks[1].cancel()
        await _settled()
        assert all_turns.waiting() == {"a": 1}
        with pytest.raises(CrowdedError):  # it waited long enough
            await tasks[2]
        assert all_turns.waiting() == {"a": 0}
        all_turns.give(tasks[0].result())
        all_turns.give(await all_turns.take("a"))

    run(work())


def test_a_turn_that_came_as_its_asker_left_is_anothers() -> None:
    async def work() -> None:
        all_turns = Turns(most=1)
        first, second, third = await _asked(all_turns, "a", 3)
        all_turns.give(first.result())
        second.cancel()  # in the same moment
        assert isinstance(await asyncio.wait_for(third, 1), Turn)

    run(work())
