"""The digest of everything that a profile was computed from."""

import hashlib
from functools import lru_cache

from diagnostics.evidence import Evidence, Frame
from diagnostics.framework import Framework


@lru_cache(maxsize=8)
def _framework_digest(framework: Framework) -> bytes:
    words = repr(tuple(getattr(framework, name) for name in framework.__slots__))
    return hashlib.sha256(words.encode()).digest()


def digest_of(
    framework: Framework, frame: Frame, evidence: Evidence, method: str, previous: str | None
) -> str:
    """Give the SHA-256, in hexadecimal, of the inputs of a profile.

    Parameters
    ----------
    framework, frame, evidence
        Every value counts, the order of people too.
    method : str
        The version of the method.
    previous : str or None
        The digest of the last wave's profile.
    """
    total = hashlib.sha256(_framework_digest(framework))
    for part in (
        method,
        previous,
        frame.cells,
        evidence.diagnostic,
        evidence.records,
        evidence.ratings,
        evidence.quotes,
        evidence.reviews,
    ):
        total.update(repr(part).encode())
        total.update(b"\x00")
    answers = evidence.answers
    if answers is not None:
        total.update(repr(answers.codes).encode())
        total.update(answers.values.tobytes())
        total.update(answers.dont_know.tobytes())
        for labels in (answers.role_group, answers.service_area):
            total.update(repr(labels).encode())
        words = {ticked: repr(None if ticked is None else sorted(ticked)) for ticked in set(answers.needs)}
        total.update("".join([words[ticked] for ticked in answers.needs]).encode())
        total.update(repr((sorted(answers.comments.items()), answers.replacement_links)).encode())
        if answers.open_link:
            # What was computed before there was the field keeps its digest.
            total.update(b"open link")
        if answers.areas_coarsened:
            total.update(b"areas coarsened")
    if frame.joined:
        total.update(repr(frame.joined).encode())
    return total.hexdigest()
