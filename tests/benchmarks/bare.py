"""The least that any program would compute of the same data, in bare numpy."""

import numpy as np

from diagnostics.evidence import Evidence, Frame
from diagnostics.framework import Framework
from diagnostics.instrument import instrument_of


def bare_numpy(framework: Framework, frame: Frame, evidence: Evidence) -> list[object]:
    """Compute scale means with t intervals, Cronbach's α and group means, and nothing else."""
    from scipy.special import stdtrit

    answers = evidence.answers
    if answers is None:
        return []
    instrument = instrument_of(framework)
    k = len(instrument.codes)
    items = 100.0 * (answers.values[:, :k] - instrument.lowest) / instrument.span
    roles = np.unique([role or "" for role in answers.role_group], return_inverse=True)[1]
    areas = np.unique([area or "" for area in answers.service_area], return_inverse=True)[1]
    results: list[object] = []
    for heading in range(instrument.in_heading.shape[1]):
        columns = np.flatnonzero(instrument.in_heading[:, heading])
        people = items[:, columns]
        answered = np.isfinite(people).sum(axis=1)
        total = np.where(np.isfinite(people), people, 0.0).sum(axis=1)
        scores = np.divide(total, answered, out=np.full(total.shape, np.nan), where=answered > 0)
        known = scores[np.isfinite(scores)]
        half = known.std(ddof=1) / np.sqrt(known.size) * stdtrit(known.size - 1, 0.975)
        everybody = items[:, columns[instrument.to_everybody[columns]]]
        complete = everybody[np.isfinite(everybody).all(axis=1)]
        n_items = complete.shape[1]
        spread = complete.var(axis=0, ddof=1).sum() / complete.sum(axis=1).var(ddof=1)
        alpha = n_items / (n_items - 1) * (1 - spread)
        present = np.isfinite(scores)
        groups = [
            np.bincount(index[present], weights=scores[present]) / np.maximum(np.bincount(index[present]), 1)
            for index in (roles, areas)
        ]
        results.append((known.mean(), half, alpha, groups))
    return results
