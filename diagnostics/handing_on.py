"""From a computed profile to what the next wave is compared with."""

from collections.abc import Sequence

from diagnostics.knowledge_of import cells_of
from diagnostics.last_wave import KeptGroup, KeptSurvey, LastWave
from diagnostics.measure import Hidden
from diagnostics.profile import Profile
from diagnostics.releases import Release
from diagnostics.survey_groups import GroupTable, Mean
from diagnostics.survey_suppression import Protection, protect


def hand_on(profile: Profile, issued: Sequence[Release] = ()) -> LastWave:
    """Give what the next wave is compared with.

    Parameters
    ----------
    profile : Profile
    issued : sequence of Release
        Versions of the same wave that people already hold: what they hide stays hidden.
    """
    return handed_on(profile, protect(profile, issued))


def handed_on(profile: Profile, hidden: Protection | None) -> LastWave:
    """Give what the next wave is compared with, where it is known what is hidden."""
    survey = profile.survey
    return LastWave(
        schema="last-wave/1",
        inputs=profile.digest,
        framework=profile.framework.id,
        version=profile.framework.version,
        survey=None
        if survey is None or hidden is None
        else KeptSurvey(
            n=survey.n,
            frame=survey.frame,
            headings=survey.headings,
            items=tuple(item.mean if item else None for item in survey.items),
            items_shown=hidden.items,
            role_groups=_groups(survey.role_groups, hidden.role_headings),
            service_areas=_groups(survey.service_areas, hidden.area_headings),
            cells=cells_of(survey),
        ),
    )


def _groups(table: GroupTable, hidden: Sequence[Hidden]) -> tuple[KeptGroup, ...]:
    return tuple(
        KeptGroup(
            id=group.id,
            members=group.members,
            people=group.people,
            means=tuple(
                None if place in concealed else group_mean(table, place, heading)
                for heading, concealed in enumerate(hidden)
            ),
        )
        for place, group in enumerate(table.groups[:-1])
    )


def group_mean(table: GroupTable, group: int, heading: int) -> Mean:
    """Give a group's mean, with the degrees of freedom of its own people."""
    value, se, n = (float(a[group, heading]) for a in (table.mean, table.se, table.n))
    return Mean(value, se, value, value, int(n), int(n) - 1)
