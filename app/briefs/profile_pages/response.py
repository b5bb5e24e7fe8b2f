"""Who answered and who is missing, group by group, and what evidence staff ask for."""

from dataclasses import dataclass

from app.briefs import words
from app.briefs.geometry import Scale
from app.briefs.marks import MarkBook, Sentence
from app.briefs.page_four import NEED_WIDTH, NeedRow, ResponseRow, response_row
from app.briefs.page_one import heard
from diagnostics.published import PublishedProfile


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """Who answered. ``instead`` stands in place of the tables that cannot be shown, or of all of them."""

    heard: str
    note: str
    tables: tuple[tuple[str, tuple[ResponseRow, ...]], ...]
    instead: str
    missing: tuple[Sentence, ...]
    needs: tuple[NeedRow, ...]
    needs_hidden: int
    limits: tuple[str, ...]


def present_response(profile: PublishedProfile) -> ResponsePage:
    """Make the page; the first finding on the response repeats the numbers above it."""
    book, response = MarkBook(profile), profile.response
    groups = (
        ("By role group", response.by_role_group),
        ("By service area", response.by_service_area),
    )
    hidden = all(group.suppressed for _, several in groups for group in several)
    axis = Scale(0, 100, NEED_WIDTH)
    shown = [
        (need.label, need.share) for need in profile.needs if not need.suppressed and need.share is not None
    ]
    return ResponsePage(
        heard=heard(profile),
        note=response.weighting_note or "",
        tables=()
        if hidden
        else tuple(
            (name, tuple(response_row(group, response.rate) for group in several))
            for name, several in groups
            if not words.shares_are_unknown(several)
        ),
        instead="Who answered is not shown by group, to protect people in small groups."
        if hidden
        else words.AREAS_NOT_KNOWN
        if words.shares_are_unknown(response.by_service_area)
        else "",
        missing=tuple(
            book.sentence(finding)
            for finding in [one for one in profile.findings if one.kind == "response"][1:]
        ),
        needs=tuple(
            NeedRow(label, f"{label}: {words.share(share)}.", axis.span(0, share), words.share(share))
            for label, share in sorted(shown, key=lambda need: -need[1])
        ),
        needs_hidden=len(profile.needs) - len(shown),
        limits=tuple(limit.text for limit in profile.limits),
    )
