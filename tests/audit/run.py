"""`make audit`: publish 1,000 generated organisations and a county, attack it all, say what comes out."""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from tests.audit.examination import COUNTY, Examination, examine

ORGANISATIONS, SEED = 1_000, 2018
COUNTY_SECONDS = 60.0
EVERY = 50
SLOWEST = 5
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def main(arguments: Sequence[str] | None = None, console: Console | None = None) -> int:
    """Run the audit; give 0 where nothing was recovered anywhere and the county kept its time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--organisations", type=int, default=ORGANISATIONS, metavar="N")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N")
    parser.add_argument("--only", type=int, metavar="NUMBER", help=f"one organisation; {COUNTY}: the county")
    asked = parser.parse_args(arguments)
    console = console or Console(highlight=False, soft_wrap=True)
    if asked.only is not None:
        alone = examine(asked.only, asked.seed)
        _describe(console, alone)
        return 0 if alone.passed else 1

    start = time.perf_counter()
    numbers = [COUNTY, *range(asked.organisations)]
    done = _followed(console, _examined(numbers, asked.seed, asked.processes), len(numbers))
    seconds = time.perf_counter() - start
    in_time = _report(console, sorted(done, key=lambda examination: examination.number), seconds)
    return 0 if in_time and all(examination.passed for examination in done) else 1


def _examined(numbers: Sequence[int], seed: int, processes: int) -> Iterator[Examination]:
    if processes == 1:
        yield from (examine(number, seed) for number in numbers)
        return
    # Matrices this small gain nothing from several threads; the processes already use every core.
    os.environ.update(dict.fromkeys(THREADS, "1"))
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        waiting: dict[Future[Examination], int] = {pool.submit(examine, n, seed): n for n in numbers}
        try:
            for future in as_completed(waiting):
                problem = future.exception()
                # A process that died has no traceback, only an organisation that it was last given.
                yield (
                    future.result()
                    if problem is None
                    else Examination(waiting[future], error=f"The process ended: {problem!r}")
                )
        finally:
            pool.shutdown(cancel_futures=True)


def _followed(console: Console, examined: Iterator[Examination], total: int) -> list[Examination]:
    """Collect them, with a bar on a terminal and a line now and then elsewhere."""
    done: list[Examination] = []
    if not console.is_terminal:
        for examination in examined:
            done.append(examination)
            if len(done) % EVERY == 0:
                console.print(f"{len(done)} of {total} examined, {_faulty(done)} with a fault")
        return done
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Attacking organisations", total=total)
        for examination in examined:
            done.append(examination)
            progress.update(
                task, advance=1, description=f"Attacking organisations, {_faulty(done)} with a fault"
            )
    return done


def _faulty(done: Sequence[Examination]) -> int:
    return sum(not examination.passed for examination in done)


def _report(console: Console, done: Sequence[Examination], seconds: float) -> bool:
    """Print what came out; say whether the county kept its time."""
    generated = [examination for examination in done if examination.number != COUNTY]
    found = Counter(found.rule for examination in done for found in examination.found)
    shown, plain, groups = (
        sum(getattr(examination, name) for examination in generated)
        for name in ("groups_shown", "groups_plain", "groups")
    )
    items_shown, items = (sum(e.items_shown for e in generated), sum(e.items for e in generated))
    lines = {
        "Organisations": f"{len(generated):,}",
        "Releases": f"{sum(e.releases for e in generated):,}",
        "Corrected versions refused": f"{sum(e.refused for e in generated):,}",
        "Cells attacked": f"{sum(e.attacked for e in generated):,}",
        "Group scores shown": f"{_share(shown, groups)}; by the plain rule {_share(plain, groups)}",
        "Items shown": _share(items_shown, items),
        "Seconds": f"{seconds:,.0f}",
        "Slowest": ", ".join(
            f"{e.number} ({e.took:.1f} s)" for e in sorted(generated, key=lambda e: -e.took)[:SLOWEST]
        ),
    }
    for name, value in lines.items():
        console.print(f"{name:28}{value}")
    in_time = True
    for examination in (e for e in done if e.number == COUNTY):
        in_time = examination.took <= COUNTY_SECONDS
        stages = ", ".join(f"{stage} {spent:.1f}" for stage, spent in examination.seconds.items())
        late = "" if in_time else f": over {COUNTY_SECONDS:.0f}"
        console.print(f"{'County, seconds':28}{examination.took:.1f} ({stages}){late}")
    console.print(f"{'Weaknesses':28}{sum(found.values()):,}")
    for rule, count in found.most_common():
        console.print(f"  {escape(rule):26}{count:,}")
    for examination in done:
        _faults(console, examination)
    if _faulty(done):
        console.print("Look at one alone: .venv/bin/python -m tests.audit.run --only NUMBER")
    return in_time


def _share(part: int, whole: int) -> str:
    return f"{part:,} of {whole:,} ({100 * part / max(whole, 1):.1f} %)"


def _faults(console: Console, examination: Examination) -> None:
    name = "County" if examination.number == COUNTY else f"Organisation {examination.number}"
    for found in examination.found:
        console.print(escape(f"{name}: {found.text}"))
    if examination.error is not None:
        console.print(escape(f"{name}: {examination.error.rstrip()}"))


def _describe(console: Console, examination: Examination) -> None:
    """Print all that is known of one organisation."""
    for dimension, kind in examination.kinds.items():
        console.print(f"{dimension:28}{kind}")
    console.print(f"{'people':28}{examination.people:,}")
    console.print(f"{'releases':28}{examination.releases}, {examination.refused} refused")
    console.print(f"{'cells attacked':28}{examination.attacked:,}")
    console.print(f"{'group scores shown':28}{_share(examination.groups_shown, examination.groups)}")
    console.print(f"{'  by the plain rule':28}{_share(examination.groups_plain, examination.groups)}")
    console.print(f"{'items shown':28}{_share(examination.items_shown, examination.items)}")
    for stage, spent in examination.seconds.items():
        console.print(f"{'seconds, ' + stage:28}{spent:.2f}")
    console.print(f"{'weaknesses':28}{len(examination.found)}")
    _faults(console, examination)


if __name__ == "__main__":
    sys.exit(main())
