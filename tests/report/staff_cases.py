"""What the page for staff must hold: every brief, and profiles that leave it nothing or far too much."""

from dataclasses import replace
from functools import lru_cache

from app.briefs.brief import Brief, present_brief
from app.briefs.rendering import render_pdf
from app.briefs.staff_document import staff_html
from app.briefs.staff_fit import fit_staff_page
from app.briefs.staff_page import StaffPage, present_staff_page
from diagnostics.framework import Framework
from diagnostics.published import Limit, PublishedAuthority, PublishedProfile
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.rendered import CASES, brief_of
from tests.report.variants import longest

_LONG_ROLE = (
    "Assistant director for early help, assessment, safeguarding and family support across both boroughs"
)


def no_steps() -> PublishedProfile:
    """No step stands out."""
    return replace(PROFILE, steps=tuple(replace(step, first=False) for step in PROFILE.steps))


def nothing_to_show() -> PublishedProfile:
    """Too few answered, every heading is hidden, and there is no strength, no step and no limit."""
    headings = tuple(
        replace(
            heading,
            sources=replace(heading.sources, survey=None, interview=None, observation=None, document=None),
            combined=None,
            stage=None,
            pairs=(),
            patterns=(),
            change=None,
            gap=None,
            findings=(),
            items=(),
        )
        for heading in PROFILE.headings
    )
    return replace(
        no_steps(),
        headings=headings,
        strength=None,
        limits=(),
        needs=(),
        quotes=(),
        records={},
        response=replace(
            PROFILE.response,
            answered=None,
            rate=None,
            by_role_group=(),
            by_service_area=(),
            weighting_note=None,
        ),
    )


def long_names() -> tuple[PublishedProfile, Framework]:
    """Every text as long as may be, a council, headings and roles with names of two lines, and ten limits."""
    profile, framework = longest()
    headings = tuple(
        replace(heading, name=f"{heading.name}, and whatever else stands in the way of using evidence well")
        for heading in profile.headings
    )
    profile = replace(
        profile,
        authority=PublishedAuthority("E09000999", "The Combined Children’s Services of the " + "Royal " * 15),
        contact="write to the practice development team, " + "a-very-long-name-" * 12 + "@council.example",
        headings=headings,
        limits=tuple(
            Limit(f"limit_{place}", f"No {'document or interview ' * 4}of kind {place}.")
            for place in range(10)
        ),
    )
    return profile, replace(
        framework, steps=tuple(replace(step, owner=_LONG_ROLE) for step in framework.steps)
    )


def long_steps() -> tuple[PublishedProfile, Framework]:
    """Somebody's own framework, whose steps say half as much again as ours ever do."""
    profile, framework = long_names()
    return profile, replace(
        framework,
        steps=tuple(
            replace(
                step,
                first_30_days=f"{step.first_30_days} Then look at what came of it with two teams.",
                six_month_sign=f"{step.six_month_sign} Nobody has to ask twice to be shown one.",
            )
            for step in framework.steps
        ),
    )


STRESSED: dict[str, tuple[PublishedProfile, Framework]] = {
    "no_steps": (no_steps(), FRAMEWORK),
    "no_strength": (replace(PROFILE, strength=None), FRAMEWORK),
    "nothing_to_show": (nothing_to_show(), FRAMEWORK),
    "long_names": long_names(),
    "long_steps": long_steps(),
}
STAFF_CASES = {**CASES, **STRESSED}


@lru_cache
def staff_brief_of(case: str) -> Brief:
    """Present the brief that a page is cut from."""
    return brief_of(case) if case in CASES else present_brief(*STRESSED[case])


@lru_cache
def staff_page_of(case: str) -> StaffPage:
    """Present a page with the air and words that it has room for."""
    return fit_staff_page(present_staff_page(staff_brief_of(case), STAFF_CASES[case][0]))


@lru_cache
def staff_html_of(case: str) -> str:
    """Print a page as HTML."""
    return staff_html(staff_brief_of(case), STAFF_CASES[case][0])


@lru_cache
def staff_pdf_of(case: str) -> bytes:
    """Render a page as PDF."""
    return render_pdf(staff_html_of(case))
