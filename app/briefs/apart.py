"""Work that keeps a processor busy for seconds, done in a process of its own so that pages go on.

The process ends with its work: nothing stays in memory between two briefs.
"""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")
# More at once would only make each slower, and fill the memory of a small machine.
_TURNS = BoundedSemaphore(2)


def apart(work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Do some work in another process and give what comes of it; it waits for its turn.

    ``work`` is a function of a module, and it, what it takes and what it gives can be pickled.
    """
    # A fresh interpreter: a copy of this one would hold its locks and connections.
    with _TURNS, ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()
