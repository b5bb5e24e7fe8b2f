"""The folder that an analysis writes: what may be published, and beside it what stays inside the team."""

import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.briefs import services
from app.profiles import releases
from app.profiles.services import Analysis
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework


@dataclass(frozen=True, slots=True)
class Written:
    """What was written for everybody, in the order in which people want it, and the inside folder.

    ``problem`` says what stood in the way of the PDF. ``replaced`` is where a version of the same wave was
    put that stood in the folder before.
    """

    public: tuple[Path, ...]
    internal: Path
    problem: str | None
    replaced: Path | None


def write_output(
    analysis: Analysis,
    framework: Framework,
    out: Path,
    *,
    comparison: Comparison | None = None,
    progress: Callable[[str], None],
) -> Written:
    """Write the brief and its files, the profile and the inside folder.

    All is made beside its place and moved there once it is whole. Files that somebody else put there stay.
    """
    new = not out.exists()
    out.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=out))
    published = analysis.release.published
    try:
        previous = None if analysis.previous is None else analysis.previous.published
        brief = services.write_brief(
            published, framework, draft, previous=previous, comparison=comparison, progress=progress
        )
        (draft / releases.PROFILE).write_text(published.to_json(), encoding="utf-8", newline="\n")
        releases.write_internal(
            draft / releases.INTERNAL, analysis.release, analysis.withheld, analysis.issued
        )
        there = releases.replaced_by(analysis.release, out, analysis.issued)
        if there is not None:
            releases.keep_replaced(out, there, draft)
        _move(draft, out)
        for name in (*brief.missing, *([] if comparison else [services.COMPARISON_NAME])):
            # What an earlier run wrote would not belong to the profile beside it.
            (out / name).unlink(missing_ok=True)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        if new:
            # Where nothing was written, the folder goes too; where something was, this does nothing.
            with suppress(OSError):
                out.rmdir()
    internal = out / releases.INTERNAL
    return Written(
        tuple(out / name for name in (*brief.names, releases.PROFILE)),
        internal,
        brief.problem,
        None if there is None else internal / releases.REPLACED / releases.folder_of(there),
    )


def _move(draft: Path, out: Path) -> None:
    """Move what was drafted into its place: first the versions that must not be lost, the profile last."""
    files = [path for path in draft.rglob("*") if path.is_file()]
    for path in sorted(files, key=lambda path: (-len(path.relative_to(draft).parts), path)):
        place = out / path.relative_to(draft)
        for folder in reversed(place.relative_to(out).parents[:-1]):
            (out / folder).mkdir(mode=releases.FOLDER_MODE, exist_ok=True)
            # Where file systems know no such modes, the folder must be kept apart by other means.
            with suppress(OSError):
                (out / folder).chmod(releases.FOLDER_MODE)
        os.replace(path, place)
