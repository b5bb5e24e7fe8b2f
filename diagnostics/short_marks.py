"""Several evidence marks written short, as every page writes them: “O1–O4; S culture”."""

import re
from collections.abc import Iterable, Sequence

from diagnostics.published import EvidenceEntry

WHOLE_SURVEY = "S"
_NUMBERED = re.compile(r"([A-Z])(\d+)")
_RUN = 3


def runs_of_marks(evidence: Iterable[str], known: Iterable[EvidenceEntry]) -> list[list[str]]:
    """Cut marks into those that are written as one: three neighbours or more; others stand alone.

    Where all headings of the survey are among them, the whole survey stands for them.
    """
    wanted = list(dict.fromkeys(evidence))
    survey = [one.mark for one in known if one.source == "survey" and one.mark != WHOLE_SURVEY]
    if WHOLE_SURVEY in wanted or (len(survey) > 1 and set(survey) <= set(wanted)):
        wanted = [WHOLE_SURVEY, *(one for one in wanted if one not in survey and one != WHOLE_SURVEY)]
    return [
        part
        for run in _neighbours(wanted)
        for part in ([run] if len(run) >= _RUN else [[mark] for mark in run])
    ]


def short_marks(evidence: Iterable[str], known: Iterable[EvidenceEntry]) -> str:
    """Write marks in a line: “O1–O4; D3; S culture”."""
    runs = runs_of_marks(evidence, known)
    return "; ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _neighbours(marks: Sequence[str]) -> list[list[str]]:
    runs: list[list[str]] = []
    for mark in marks:
        before = _NUMBERED.fullmatch(runs[-1][-1]) if runs else None
        here = _NUMBERED.fullmatch(mark)
        if before and here and before[1] == here[1] and int(here[2]) == int(before[2]) + 1:
            runs[-1].append(mark)
        else:
            runs.append([mark])
    return runs
