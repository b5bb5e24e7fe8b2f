"""Threads to which an event loop hands short work over.

What asyncio offers for that makes two futures of each piece, one of them with a lock and a condition, and
tells the one of the other. For a page that takes half a millisecond that was a tenth of all work.
"""

from asyncio import AbstractEventLoop, Future, get_running_loop
from collections.abc import Callable
from queue import SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

T = TypeVar("T")
_Piece = tuple[AbstractEventLoop, Future[Any], Callable[..., Any], tuple[Any, ...]]


class Hands:
    """A few threads, which begin with the first piece of work and end with the process.

    Nobody waits for them at the end of a process: a transaction that is broken off then was not
    acknowledged, and is undone.
    """

    def __init__(self, number: int, name: str) -> None:
        self._number, self._name = number, name
        self._work: SimpleQueue[_Piece] = SimpleQueue()
        self._beginning, self._begun = Lock(), False

    async def do(self, work: Callable[..., T], *given: Any) -> T:
        """Have a thread do something, and give what came of it. What was begun is never given up halfway."""
        if not self._begun:
            self._begin()
        loop = get_running_loop()
        future: Future[T] = loop.create_future()
        self._work.put((loop, future, work, given))
        return await future

    def _begin(self) -> None:
        with self._beginning:
            for number in range(0 if self._begun else self._number):
                Thread(target=self._go, name=f"{self._name}-{number}", daemon=True).start()
            self._begun = True

    def _go(self) -> None:
        while True:
            self._do_one(*self._work.get())

    def _do_one(
        self,
        loop: AbstractEventLoop,
        future: Future[Any],
        work: Callable[..., Any],
        given: tuple[Any, ...],
    ) -> None:
        tell: Callable[[Future[Any], Any], None] = _succeed
        came: Any = None
        try:
            came = work(*given)
        except BaseException as error:
            tell, came = _fail, error
        try:
            loop.call_soon_threadsafe(tell, future, came)
        except RuntimeError:
            # The loop has ended, and with it whoever waited.
            return


def _succeed(future: Future[Any], came: Any) -> None:
    if not future.done():
        future.set_result(came)


def _fail(future: Future[Any], error: BaseException) -> None:
    if not future.done():
        future.set_exception(error)
