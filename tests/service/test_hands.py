"""Threads that an event loop hands work over to."""

import asyncio
import threading
import time
from typing import NoReturn

import pytest

from app.web.hands import Hands


def fail(words: str) -> NoReturn:
    raise LookupError(words)


def test_gives_what_came_of_the_work_and_does_it_elsewhere() -> None:
    hands = Hands(2, "hand")

    async def several() -> list[tuple[int, str]]:
        return await asyncio.gather(
            *(hands.do(lambda n: (n, threading.current_thread().name), n) for n in range(50))
        )

    came = asyncio.run(several())
    assert [number for number, _ in came] == list(range(50))
    assert {name for _, name in came} <= {"hand-0", "hand-1"}


def test_what_goes_wrong_is_raised_where_it_is_waited_for_and_the_thread_goes_on() -> None:
    hands = Hands(1, "hand")

    async def both() -> str:
        with pytest.raises(LookupError, match="nothing there"):
            await hands.do(fail, "nothing there")
        return await hands.do(str.upper, "on")

    assert asyncio.run(both()) == "ON"


def test_whoever_gives_up_waiting_does_not_stop_what_was_begun() -> None:
    hands, begun, may_end, done = Hands(1, "hand"), threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        begun.set()
        may_end.wait(60)
        done.set()

    async def give_up() -> str:
        waiting = asyncio.create_task(hands.do(work))
        while not begun.is_set():
            await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        may_end.set()
        return await hands.do(str.upper, "next")

    assert asyncio.run(give_up()) == "NEXT"
    assert done.is_set()


def test_a_loop_that_ended_in_the_meantime_breaks_no_thread() -> None:
    hands, may_end = Hands(1, "hand"), threading.Event()

    async def leave() -> None:
        leaving = asyncio.create_task(hands.do(may_end.wait, 60))
        await asyncio.sleep(0)
        leaving.cancel()

    asyncio.run(leave())
    may_end.set()
    time.sleep(0)
    assert asyncio.run(hands.do(str.upper, "on")) == "ON"
