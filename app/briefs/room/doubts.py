"""What people typed into a draft that may name somebody. It only warns: whoever signs decides."""

from collections.abc import Iterator

from app.briefs.editing.edits import Edits
from app.briefs.room.services import Draft
from app.fieldwork.safety.detecting import seen_in_words, sightings_in
from diagnostics.published import PublishedProfile


def doubts_in(draft: Draft) -> tuple[str, ...]:
    """Give what was typed and may hold somebody's name, number or address, each with what was seen."""
    nobodys = _nobodys(draft.proposed)
    return tuple(
        f"“{text}” holds {seen_in_words(seen)}."
        for text in _typed(draft.edits, draft.brief.correction)
        if (seen := sightings_in(text, nobodys))
    )


def _typed(edits: Edits, correction: str) -> Iterator[str]:
    for wording in edits.wordings.values():
        yield f"{wording.lead} {wording.text}".strip()
    for added in edits.added:
        yield added.text
    if edits.strength:
        yield edits.strength.title
    for text in (edits.steps_reason, correction):
        if text:
            yield text


def _nobodys(profile: PublishedProfile) -> frozenset[str]:
    """Give names that are nobody's: the council's, and those of its groups."""
    groups = {group.name for group in (*profile.response.by_role_group, *profile.response.by_service_area)}
    return frozenset(groups | {profile.authority.name})
