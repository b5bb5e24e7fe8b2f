"""Which headings a masterclass of a council should be about, and why."""

from dataclasses import dataclass

from diagnostics.published import PublishedHeading, PublishedProfile

MOST = 3
_MANAGERS = "team_managers"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A heading, and the sentence that says why it was chosen."""

    id: str
    name: str
    why: str


def choose_headings(profile: PublishedProfile) -> tuple[Chosen, ...]:
    """Give the headings with most to gain: for team managers where their scores are published, or for all."""
    found = [
        (score, place, heading, managers)
        for place, heading in enumerate(profile.headings)
        if (scored := _scored(heading)) is not None
        for score, managers in [scored]
    ]
    found.sort(key=lambda one: one[:2])
    return tuple(
        Chosen(heading.id, heading.name, _why(score, managers=managers))
        for score, _, heading, managers in found[:MOST]
    )


def _scored(heading: PublishedHeading) -> tuple[int, bool] | None:
    for group in heading.groups.role_group:
        if group.id == _MANAGERS and group.score is not None:
            return group.score, True
    return None if heading.combined is None else (heading.combined.score, False)


def _why(score: int, *, managers: bool) -> str:
    if managers:
        return f"Chosen because team managers’ own answers score {score} of 100 here, among their lowest."
    return f"Chosen because all sources together score {score} of 100 here, among the council’s lowest."
