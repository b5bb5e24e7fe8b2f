"""From a folder of evidence to the brief, and the attack on what is published.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from app.console import (
    FAULTY,
    LEAKS,
    WITHOUT_PDF,
    complain,
    count,
    list_faults,
    list_weaknesses,
    say,
    show_progress,
    stop,
    warn,
)

if TYPE_CHECKING:
    from app.briefs.output_folder import Written
    from app.interchange.evidence_folder import EvidenceFolder
    from app.profiles.services import Analysis
    from diagnostics.audit_report import AuditReport
    from diagnostics.framework import Framework
    from diagnostics.releases import Release

# What the progress bar is divided into; nothing else rests on it.
_PARTS_OF_A_WAVE, _PARTS_OF_A_BRIEF = 5, 3
_PARTS_OF_AN_ATTACK, _PARTS_OF_ATTACKING_A_WAVE = 3, 2


def analyse(
    folder: Annotated[
        Path,
        typer.Argument(
            metavar="FOLDER|FILE.xlsx",
            help="The folder with diagnostic.yaml, frame.csv and the evidence, or one workbook with the same "
            "as sheets.",
        ),
    ],
    out: Annotated[Path, typer.Option(help="Where the brief and the profile go. Made if it does not exist.")],
    framework: Annotated[
        Path | None, typer.Option(help="A framework file to use instead of the one in diagnostic.yaml.")
    ] = None,
    issued: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PROFILE",
            help="The profile.json of a version of this wave that people already hold, so that both together "
            "give nothing away. Name several by giving the option again. It may be the one in --out. Each is "
            "kept in DIR/internal/issued, and all that are kept there count without being named.",
        ),
    ] = None,
    compare: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="PROFILE",
            help="The profile.json of another council, as analyse wrote it, or the folder with it. Name "
            "several by giving the option again. From ten councils on, the brief shows where their middle "
            "half lies, without a name.",
        ),
    ] = None,
) -> None:
    """Compute the profile of a folder or a workbook of evidence and write the brief.

    Everything is attacked first, as a determined reader would attack it. DIR/internal is for your team only:
    never publish it.

    Ends with 0 when all is written, with 2 when the folder has faults (then nothing is written), with 3 when
    the PDF cannot be made (all else is written), and with 4 when a hidden score or somebody's answer could be
    worked out (then nothing is written).
    """
    from app.briefs.output_folder import write_output
    from app.profiles.comparing import compare_with, read_others
    from app.profiles.services import analyse as analyse_waves

    if out.exists() and not out.is_dir():
        stop(f"{out} is a file. Give --out a folder.", FAULTY)
    with _said(folder, out):
        with show_progress(1) as progress:
            progress("Reading the folder")
            waves = _waves(folder, framework)
            versions = _issued(issued or (), out, waves)
            others = read_others(compare or ())
        parts = _PARTS_OF_A_WAVE * len(waves) + _parts_of_an_attack(len(waves[-2:])) + _PARTS_OF_A_BRIEF
        with show_progress(parts) as progress:
            analysis = analyse_waves(waves, versions, progress)
            compared = compare_with(analysis.release.published, others)
            written = write_output(
                analysis, waves[-1].framework, out, comparison=compared.comparison, progress=progress
            )
    warn((*(warning for wave in waves for warning in wave.warnings), *compared.notes))
    if written.replaced is not None:
        complain(
            f"{out} held another version of wave {analysis.release.published.wave}. It is now in "
            f"{written.replaced}. If anyone has seen it, run again with "
            f"--issued {written.replaced}, so that both together give nothing away."
        )
    _summarise(analysis, waves[-1].framework, written)
    if written.problem is not None:
        from app.doctor import pango_command

        stop(f"\n{written.problem}\nInstall it with: {pango_command()}", WITHOUT_PDF)


def _parts_of_an_attack(waves: int) -> int:
    return _PARTS_OF_AN_ATTACK + _PARTS_OF_ATTACKING_A_WAVE * waves


def _waves(folder: Path, framework: Path | None) -> tuple["EvidenceFolder", ...]:
    from app.interchange.waves import read_waves

    return read_waves(folder, framework_file=framework)


def _issued(named: Sequence[Path], out: Path, waves: Sequence["EvidenceFolder"]) -> tuple["Release", ...]:
    """Read the versions that people hold: those that were named, and those that the output folder keeps."""
    from app.profiles.releases import read_releases
    from app.profiles.services import refuse_strangers

    found = read_releases(named, kept_in=[out])
    refuse_strangers(found, waves)
    return tuple(one.release for one in found)


@contextmanager
def _said(folder: Path, out: Path) -> Iterator[None]:
    """Say in plain words why an analysis wrote nothing, and end the command."""
    from app.interchange.faults import EvidenceFolderError
    from app.profiles.releases import UnreadableReleases
    from app.profiles.services import Leaks
    from diagnostics.errors import CannotReissue, MethodError

    try:
        yield
    except EvidenceFolderError as error:
        warn(error.warnings)
        complain(f"{count(len(error.faults), 'fault', 'faults')} in {folder}:")
        list_faults(error.faults)
        stop("Nothing was written. Mend what is listed, then run the command again.", FAULTY)
    except UnreadableReleases as error:
        stop(f"{error}\nNothing was written.", FAULTY)
    except Leaks as leaks:
        _list_leaks(leaks.report, "in what would be published")
        stop(
            "Nothing was written. Coarsen the tables that are listed: raise “threshold” in diagnostic.yaml, "
            "or merge small service areas under one name in frame.csv and survey.csv. "
            "Then run the command again.",
            LEAKS,
        )
    except CannotReissue as error:
        stop(f"{error}\nNothing was written.", LEAKS)
    except MethodError as error:
        stop(f"The profile cannot be made from this evidence. {error}\nNothing was written.", FAULTY)
    except OSError as error:
        reason = error.strerror or error
        stop(f"{error.filename or out} cannot be read or written: {reason}.", FAULTY)


def _list_leaks(report: "AuditReport", words: str) -> None:
    complain(f"{count(len(report.weaknesses), 'weakness', 'weaknesses')} {words}:")
    list_weaknesses(report.weaknesses)


def _summarise(analysis: "Analysis", framework: "Framework", written: "Written") -> None:
    from app.profiles.services import group_scores

    profile = analysis.release.published
    titles = {step.id: step.title for step in framework.steps}
    first = sorted((step for step in profile.steps if step.first), key=lambda step: step.rank)
    say(profile.finding(profile.verdict).text)
    if first:
        say("\nFirst steps:")
        for number, step in enumerate(first, start=1):
            say(f"  {number}. {titles.get(step.id, step.id)}")
    scores = group_scores(analysis.release)
    say(f"\n{_withstood(analysis.report)} {scores.shown:,} of {scores.rows:,} group scores are shown.")
    say("\nFor your team only, never to be published:")
    say(f"  {written.internal}")
    say("\nWritten:")
    for path in written.public:
        say(f"  {path}")


def _withstood(report: "AuditReport") -> str:
    return (
        f"Attacked {count(report.attacked, 'number', 'numbers')} as a determined reader would: "
        "no hidden score and nobody’s answer can be worked out."
    )


def audit(
    profiles: Annotated[
        list[Path],
        typer.Argument(
            metavar="PROFILE",
            help="A profile.json, or a folder with one. Several waves or versions are attacked together.",
        ),
    ],
    knowledge: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Side knowledge that does not lie in internal/side-knowledge.json beside its profile. "
            "Name several by giving the option again.",
        ),
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=0.1, help="The longest that one calculation may take.")
    ] = 10.0,
) -> None:
    """Attack profiles as a determined reader would, and say what can be worked out.

    The attacker knows the method, how many people work and answered in each role and service area, and
    what each weighs; not the answers. Versions that internal/issued keeps beside a profile are attacked
    with it.

    Ends with 0 when nothing can be worked out, with 2 when a file cannot be used, and with 4 when something
    can be worked out.
    """
    from app.profiles.releases import UnreadableReleases, names_of, read_releases, wave_of
    from app.profiles.services import attack, group_scores
    from diagnostics.errors import MethodError

    try:
        found = read_releases(profiles, knowledge=knowledge or ())
        waves = {wave_of(one.release.published) for one in found}
        with show_progress(_parts_of_an_attack(len(waves))) as progress:
            report = attack([one.release for one in found], seconds, progress)
    except (UnreadableReleases, MethodError) as error:
        stop(str(error), FAULTY)
    for one, named in zip(found, names_of(found), strict=True):
        scores = group_scores(one.release)
        say(f"{one.path}: {named}: {scores.shown:,} of {scores.rows:,} group scores are shown.")
        if one.release.published.own_digest() != one.release.published.digest:
            complain(f"{one.path} is not as it was written: its digest does not fit what it holds.")
    if len(found) > 1:
        say(f"These {len(found)} were attacked together.")
    if not report.passed:
        _list_leaks(report, "in what is published")
        stop("Do not publish this. Run “diagnostic analyse” again on the evidence.", LEAKS)
    say(_withstood(report))
