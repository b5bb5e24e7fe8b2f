"""`make bench`: what the method, the brief and the survey's pages cost, as ratios within one run."""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
# Matrices this small gain nothing from several threads, and waiting for each other would blur the ratios.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from rich.console import Console  # noqa: E402
from rich.progress import Progress  # noqa: E402

from diagnostics.profile import build_profile  # noqa: E402
from diagnostics.published import read_profile  # noqa: E402
from tests.benchmarks.bare import bare_numpy  # noqa: E402
from tests.benchmarks.survey import measure_submissions, print_pages, print_submissions  # noqa: E402
from tests.benchmarks.workforce import FRAMEWORK, invented_wave  # noqa: E402

SAMPLE = ROOT / "sample_data" / "wexbourne" / "expected_profile.json"
AUTHORITIES, PEOPLE = 153, 2_000
REPEATS = 15
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

Seconds = float


def fastest(work: Callable[[], object], repeats: int = REPEATS) -> Seconds:
    """Time some work several times and keep the fastest, which the machine's noise disturbs least."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def one_authority() -> tuple[Seconds, Seconds]:
    """Time the profile of 2,000 answers, and the bare statistics of the same data."""
    frame, evidence = invented_wave(PEOPLE, seed=1)
    return (
        fastest(lambda: build_profile(FRAMEWORK, frame, evidence, rank_draws=False)),
        fastest(lambda: bare_numpy(FRAMEWORK, frame, evidence)),
    )


def all_authorities(progress: Progress) -> tuple[Seconds, Seconds]:
    """Time 153 authorities of 2,000 answers each, side by side with the bare statistics."""
    task = progress.add_task(f"{AUTHORITIES} authorities of {PEOPLE:,} answers", total=AUTHORITIES)
    method = bare = 0.0
    for seed in range(AUTHORITIES):
        frame, evidence = invented_wave(PEOPLE, seed)
        start = time.perf_counter()
        build_profile(FRAMEWORK, frame, evidence, rank_draws=False)
        method += time.perf_counter() - start
        start = time.perf_counter()
        bare_numpy(FRAMEWORK, frame, evidence)
        bare += time.perf_counter() - start
        progress.advance(task)
    return method, bare


def the_brief() -> dict[str, Any]:
    """Write one brief in a fresh process: cold, warm, its memory, and Chromium printing the same page."""
    child = subprocess.run(
        [sys.executable, __file__, "--brief"], check=True, capture_output=True, text=True, cwd=ROOT
    )
    measured: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return measured


def chromium_prints(page: Path, repeats: int = 3) -> Seconds | str:
    """Time headless Chromium printing a page to PDF, or say why it cannot.

    Every start of the browser is a cold one for its process. It makes no archive PDF with attachments and
    evidence links as ours; it is here because it is what most would reach for.
    """
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        return "no Chromium here (make install-dev installs one)"
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "printed.pdf"
        command = [
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={folder}/user",
            "--no-pdf-header-footer",
            f"--print-to-pdf={pdf}",
            page.as_uri(),
        ]
        try:
            seconds = fastest(
                lambda: subprocess.run(command, check=True, capture_output=True, timeout=120), repeats
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            return f"Chromium did not print: {type(error).__name__}"
        return seconds if pdf.exists() else "Chromium printed nothing"


def measure_the_brief() -> None:
    """Print what the sample's brief takes as JSON; the profile is read before."""
    profile = read_profile(SAMPLE.read_text(encoding="utf-8"))
    measured: dict[str, Seconds] = {}
    with tempfile.TemporaryDirectory() as folder:

        def everything() -> None:
            # The import is part of the cold time.
            from app.briefs.services import write_brief

            write_brief(profile, FRAMEWORK, Path(folder), progress=lambda _: None)

        measured["All files of a brief, cold"] = fastest(everything, 1)
        measured["All files of a brief, warm"] = fastest(everything, 3)
        from app.briefs.brief import present_brief
        from app.briefs.rendering import render_pdf
        from app.briefs.templating import render_html

        page = render_html(present_brief(profile, FRAMEWORK))
        measured["brief.pdf of the page, warm"] = fastest(lambda: render_pdf(page), 3)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        printed = chromium_prints(Path(folder) / "brief.html")
    sys.stdout.write(json.dumps({"measured": measured, "memory": peak, "chromium": printed}) + "\n")


def print_the_brief(console: Console, brief: dict[str, Any]) -> None:
    """Print the brief cold and warm, beside Chromium printing the same HTML where there is one."""
    chromium = brief["chromium"]
    beside = isinstance(chromium, float)
    console.print(f"{'':34}{'seconds':>10}{'    Chromium   ratio' if beside else ''}")
    for name, seconds in brief["measured"].items():
        ratio = f"{chromium:12.2f}{seconds / chromium:8.2f}" if beside else ""
        console.print(f"{name:34}{seconds:10.2f}{ratio}")
    if not beside:
        console.print(f"{'Beside headless Chromium':34}skipped: {chromium}")


def main() -> None:
    """Run every measurement and print a table of seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--brief", action="store_true", help="measure the brief in this process, as JSON")
    if parser.parse_args().brief:
        measure_the_brief()
        return
    console = Console()
    with Progress(console=console, transient=True) as progress:
        one = one_authority()
        many = all_authorities(progress)
        brief = the_brief()
        submissions = measure_submissions(progress)
    console.print(f"{'':34}{'seconds':>10}{'bare numpy':>12}{'ratio':>8}")
    console.print(f"{'Profile of 2,000 answers':34}{one[0]:10.4f}{one[1]:12.4f}{one[0] / one[1]:8.1f}")
    console.print(
        f"{'Profiles of 153 × 2,000 answers':34}{many[0]:10.2f}{many[1]:12.2f}{many[0] / many[1]:8.1f}"
    )
    print_the_brief(console, brief)
    console.print(f"{'Memory at its peak, brief':34}{brief['memory']:7.0f} MiB")
    print_submissions(console, submissions)
    print_pages(console, submissions)


if __name__ == "__main__":
    main()
