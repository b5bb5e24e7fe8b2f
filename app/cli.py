"""The command line: from a folder of evidence to the brief, and what a computer needs for it.

What is slow to import is imported inside the commands, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from app.interchange.evidence_folder import EvidenceFolder
    from app.interchange.faults import Fault
    from diagnostics.framework import Framework
    from diagnostics.profile import Profile
    from diagnostics.published import PublishedProfile

DISTRIBUTION = "evidence-use-diagnostic"
JSON = "profile.json"
NOT_READY, FAULTY, WITHOUT_PDF = 1, 2, 3
# What the progress bar is divided into; nothing else rests on it.
_PARTS_OF_A_WAVE, _PARTS_OF_A_BRIEF = 5, 3

Progress = Callable[[str], None]

app = typer.Typer(
    name="diagnostic",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a letter shows a question mark, rather than a traceback.
        getattr(stream, "reconfigure", lambda **_: None)(errors="replace")
    app()


def _show_version(wanted: bool) -> None:
    from importlib.metadata import PackageNotFoundError, version

    if not wanted:
        return
    try:
        _say(f"diagnostic {version(DISTRIBUTION)}")
    except PackageNotFoundError:
        _say("diagnostic, not installed")
    raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Show a council's children's services how they use evidence."""


@app.command()
def analyse(
    folder: Annotated[
        Path, typer.Argument(help="The folder with diagnostic.yaml, frame.csv and the evidence.")
    ],
    out: Annotated[Path, typer.Option(help="Where the brief and the profile go. Made if it does not exist.")],
    framework: Annotated[
        Path | None, typer.Option(help="A framework file to use instead of the one in diagnostic.yaml.")
    ] = None,
) -> None:
    """Compute the profile of a folder of evidence and write the brief.

    Ends with 0 when all is written, with 2 when the folder has faults (then nothing is written), and with 3
    when the PDF cannot be made (the HTML and the profile are written).
    """
    from app.interchange.faults import EvidenceFolderError
    from app.interchange.waves import read_waves
    from diagnostics.errors import MethodError

    if out.exists() and not out.is_dir():
        _stop(f"{out} is a file. Give --out a folder.")
    try:
        with _progress(1) as progress:
            progress("Reading the folder")
            waves = read_waves(folder, framework_file=framework)
        with _progress(_PARTS_OF_A_WAVE * len(waves) + _PARTS_OF_A_BRIEF) as progress:
            profile, previous = _compute(waves, progress)
            problem = _write(profile, waves[-1].framework, previous, out, progress)
    except EvidenceFolderError as error:
        _warn(error.warnings)
        _complain(f"{_count(len(error.faults), 'fault', 'faults')} in {folder}:")
        _list(error.faults)
        _stop("Nothing was written. Mend what is listed, then run the command again.")
    except MethodError as error:
        _stop(f"The profile cannot be made from this evidence. {error}\nNothing was written.")
    except OSError as error:
        _stop(f"{error.filename or out} cannot be read or written: {error.strerror or error}.")
    _warn(tuple(warning for wave in waves for warning in wave.warnings))
    _summarise(profile, waves[-1].framework, out, with_pdf=problem is None)
    if problem is not None:
        from app.doctor import pango_command

        _stop(f"\n{problem}\nInstall it with: {pango_command()}", WITHOUT_PDF)


def _compute(
    waves: tuple["EvidenceFolder", ...], progress: Progress
) -> tuple["PublishedProfile", "PublishedProfile | None"]:
    """Compute every wave, the oldest first, and give the newest published profile and the one before it."""
    from diagnostics.disclosure import publish
    from diagnostics.profile import build_profile

    profile: Profile | None = None
    published: list[PublishedProfile] = []
    for wave in waves:
        named = f"Wave {wave.evidence.diagnostic.wave}: " if len(waves) > 1 else ""

        def tell(part: str, named: str = named) -> None:
            progress(f"{named}{part}")

        profile = build_profile(wave.framework, wave.frame, wave.evidence, profile, progress=tell)
        tell("Protecting people in small groups")
        published.append(publish(profile))
    return published[-1], published[-2] if len(published) > 1 else None


def _write(
    profile: "PublishedProfile",
    framework: "Framework",
    previous: "PublishedProfile | None",
    out: Path,
    progress: Progress,
) -> str | None:
    """Write the brief and the profile; give what stood in the way of the PDF, if anything did.

    All is made beside its place and moved there once it is whole.
    """
    from app.briefs.services import HTML_NAME, PDF_NAME, write_brief

    new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
    try:
        brief = write_brief(profile, framework, draft, previous=previous, progress=progress)
        (draft / JSON).write_text(profile.to_json(), encoding="utf-8", newline="\n")
        if brief.pdf is None:
            # A PDF of an earlier run would not belong to the profile beside it.
            (out / PDF_NAME).unlink(missing_ok=True)
        for name in (HTML_NAME, PDF_NAME, JSON):
            if (draft / name).exists():
                os.replace(draft / name, out / name)
        return None if brief.pdf is not None else brief.problem
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if new:
            # Where nothing was written, the folder goes too; where something was, this does nothing.
            with suppress(OSError):
                out.rmdir()


def _summarise(profile: "PublishedProfile", framework: "Framework", out: Path, *, with_pdf: bool) -> None:
    from app.briefs.services import HTML_NAME, PDF_NAME

    titles = {step.id: step.title for step in framework.steps}
    first = sorted((step for step in profile.steps if step.first), key=lambda step: step.rank)
    _say(profile.finding(profile.verdict).text)
    if first:
        _say("\nFirst steps:")
        for number, step in enumerate(first, start=1):
            _say(f"  {number}. {titles.get(step.id, step.id)}")
    _say("\nWritten:")
    for name in (PDF_NAME, HTML_NAME, JSON):
        if name != PDF_NAME or with_pdf:
            _say(f"  {out / name}")


@app.command()
def doctor() -> None:
    """Say what this computer lacks, and the command that mends it."""
    from app.doctor import diagnose

    checks = diagnose()
    for check in checks:
        _say(f"{check.state:8}{check.name}: {check.message}")
        if check.mend:
            _say(f"{'':8}{check.mend}")
    missing = sum(check.state == "missing" for check in checks)
    if missing:
        _stop(f"\n{_count(missing, 'thing is', 'things are')} missing.", NOT_READY)
    _say("\nAll that is needed is there.")


@app.command()
def schema() -> None:
    """Print the JSON Schema of profile.json."""
    from diagnostics.published import profile_schema

    typer.echo(json.dumps(profile_schema(), ensure_ascii=False, indent=2))


@app.command("check-framework")
def check_framework(file: Annotated[Path, typer.Argument(help="A framework file (.yaml).")]) -> None:
    """List every fault of a framework, each with its path."""
    from app.interchange.faults import Report
    from app.interchange.framework_files import read_framework

    report = Report()
    framework = read_framework(file, str(file), report)
    if framework is None:
        _complain(f"{_count(len(report.faults), 'fault', 'faults')}:")
        for fault in report.faults:
            _complain(f"  {fault.column}: {fault.message}" if fault.column else f"  {fault.message}")
        raise typer.Exit(FAULTY)
    indicators = sum(len(characteristic.indicators) for characteristic in framework.characteristics)
    counts = (
        _count(len(framework.headings), "heading", "headings"),
        _count(len(framework.characteristics), "characteristic", "characteristics"),
        _count(len(framework.questions), "rated item", "rated items"),
        _count(len(framework.outcomes), "outcome item", "outcome items"),
        _count(indicators, "data indicator", "data indicators"),
        _count(len(framework.steps), "step", "steps"),
        _count(len(framework.resources), "resource", "resources"),
        _count(len(framework.role_groups), "role group", "role groups"),
    )
    _say(f"{framework.name}, version {framework.version}: no faults.")
    _say(f"{', '.join(counts)}.")


def _console(*, stderr: bool = False) -> "Console":
    """Give a console that neither wraps lines nor colours words of its own accord."""
    from rich.console import Console

    return Console(stderr=stderr, highlight=False, markup=False, soft_wrap=True)


def _say(message: str, *, stderr: bool = False) -> None:
    from app.interchange.vocabulary import printable_text

    _console(stderr=stderr).print(printable_text(message))


def _complain(message: str) -> None:
    _say(message, stderr=True)


def _stop(message: str, code: int = FAULTY) -> NoReturn:
    if message:
        _complain(message)
    raise typer.Exit(code)


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def _warn(warnings: tuple["Fault", ...]) -> None:
    if warnings:
        _complain(f"{_count(len(warnings), 'warning', 'warnings')}:")
        _list(warnings)


def _list(faults: Iterable["Fault"]) -> None:
    """Print faults or warnings: as a table on a terminal, one a line to a file or another program."""
    from app.interchange.faults import printable
    from app.interchange.vocabulary import printable_text

    console = _console(stderr=True)
    shown = printable(tuple(faults))
    if not console.is_terminal:
        for fault in shown:
            _complain(str(fault))
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for heading, most in (
        ("File", 30),
        ("Row", 15),
        ("Column", 26),
        ("What is wrong and what would be right", None),
    ):
        table.add_column(heading, overflow="fold", max_width=most)
    for fault in shown:
        cells = (fault.file, fault.place, fault.column or "", fault.message)
        table.add_row(*(Text(printable_text(cell)) for cell in cells))
    console.print(table, soft_wrap=False)


@contextmanager
def _progress(parts: int) -> Iterator[Progress]:
    """Show how far the work is: a bar on a terminal, a line for each part elsewhere."""
    console = _console(stderr=True)
    if not console.is_terminal:
        yield console.print
        return
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    with Bar(BarColumn(), TextColumn("{task.description}"), console=console, transient=True) as bar:
        # A part counts once the next one begins.
        task = bar.add_task("", total=parts, completed=-1)
        yield lambda part: bar.update(task, description=part, advance=1)
