"""Nothing can be recovered from what is published of thirty generated organisations and a county."""

from dataclasses import replace
from io import StringIO

import numpy as np
import pytest
from rich.console import Console

from diagnostics.disclosure import Cut, cut
from diagnostics.profile import Profile
from diagnostics.published import GroupScore
from diagnostics.releases import Release
from diagnostics.survey_groups import GroupTable
from tests.audit import examination
from tests.audit.examination import COUNTY, Examination, examine
from tests.audit.organisations import DEAL, KINDS, Organisation, organisation
from tests.audit.run import main

SEED = 2018
# Any thirty in a row that begin a deal are of every kind; these are quick.
THIRTY = range(2 * DEAL, 3 * DEAL)
# One of them that hides a few groups and shows the others.
SOME_HIDDEN = 62


def assert_nothing_recovered(examined: Examination) -> None:
    assert examined.error is None, examined.error
    assert not examined.found, "\n".join(found.text for found in examined.found)


@pytest.mark.parametrize("number", THIRTY)
def test_nothing_is_recovered_from(number: int) -> None:
    assert_nothing_recovered(examine(number, SEED, plain=False))


def test_nothing_is_recovered_from_a_county() -> None:
    examined = examine(COUNTY, SEED, plain=False)
    assert_nothing_recovered(examined)
    assert examined.groups_shown > 0 and examined.items_shown > 0


def test_the_thirty_are_of_every_kind() -> None:
    dealt = {(dimension, kind) for n in THIRTY for dimension, kind in organisation(n, SEED).kinds.items()}
    assert dealt == {(dimension, kind) for dimension, kinds in KINDS.items() for kind in kinds}


def facts(generated: Organisation) -> set[str]:
    """What a threat rests on, read from the evidence itself."""
    found = set()
    if len(generated.issues) > 1:
        first, last = generated.issues[0], generated.issues[-1]
        found.add("a second wave" if last.wave > first.wave else "a second version")
    for issue in generated.issues:
        frame, answers = issue.frame, issue.evidence.answers
        of_area: dict[str, set[str]] = {}
        for cell in frame.cells:
            if cell.headcount:
                of_area.setdefault(cell.service_area, set()).add(cell.role_group)
        found |= {"an area of one role" for roles in of_area.values() if len(roles) == 1 and len(of_area) > 1}
        found |= {"one person in a role" for people in frame.role_groups.values() if people == 1}
        found |= {"an area of nobody" for people in frame.service_areas.values() if people == 0}
        if answers is None:
            found.add("no answers")
            continue
        values = answers.values
        found |= {"a role not said" for role in answers.role_group if role is None}
        found |= {"an area not said" for area in answers.service_area if area is None}
        if answers.n == frame.total:
            found.add("everybody answered")
        if answers.n < 10:
            found.add("fewer answers than the threshold")
        if answers.n > 1 and np.isnan(values).all(axis=0).any():
            found.add("an item that nobody answered")
        if answers.n > 9 and np.nanstd(values) == 0:
            found.add("unanimous")
    return found


@pytest.mark.filterwarnings("ignore:Degrees of freedom|Mean of empty slice")
def test_the_thirty_hold_what_a_threat_rests_on() -> None:
    held = set().union(*(facts(organisation(number, SEED)) for number in THIRTY))
    assert held == {
        "a second wave",
        "a second version",
        "an area of one role",
        "an area of nobody",
        "one person in a role",
        "no answers",
        "a role not said",
        "an area not said",
        "everybody answered",
        "fewer answers than the threshold",
        "an item that nobody answered",
        "unanimous",
    }


def test_the_same_number_and_seed_give_the_same_organisation() -> None:
    for number in (3, 8, 21):
        one, same, other = (organisation(number, seed) for seed in (SEED, SEED, SEED + 1))
        assert one.kinds == same.kinds
        for issue, again in zip(one.issues, same.issues, strict=True):
            assert issue.frame == again.frame
            assert (issue.evidence.records, issue.evidence.ratings) == (
                again.evidence.records,
                again.evidence.ratings,
            )
            if issue.evidence.answers and again.evidence.answers:
                np.testing.assert_array_equal(issue.evidence.answers.values, again.evidence.answers.values)
        assert one.issues[0].frame != other.issues[0].frame


def unsuppressed(profile: Profile, issued: list[Release]) -> Cut:
    """What would be published if no group were hidden."""
    result, survey = cut(profile, issued), profile.survey
    published = result.published
    if survey is None:
        return result

    def opened(rows: tuple[GroupScore, ...], table: GroupTable, h: int) -> tuple[GroupScore, ...]:
        return tuple(
            replace(row, score=round(float(table.mean[g, h])), n_band="10 to 19", suppressed=False)
            if table.n[g, h]
            else row
            for g, row in enumerate(rows)
        )

    headings = tuple(
        replace(
            heading,
            groups=replace(
                heading.groups,
                role_group=opened(heading.groups.role_group, survey.role_groups, h),
                service_area=opened(heading.groups.service_area, survey.service_areas, h),
            ),
        )
        for h, heading in enumerate(published.headings)
    )
    return replace(result, published=replace(published, headings=headings))


def run(*arguments: str) -> tuple[int, str]:
    printed = StringIO()
    code = main(["--processes", "1", "--seed", str(SEED), *arguments], Console(file=printed, width=200))
    return code, printed.getvalue()


def test_the_runner_reports_a_planted_weakness(monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--only", str(SOME_HIDDEN))[0] == 0
    monkeypatch.setattr(examination, "cut", unsuppressed)
    code, printed = run("--only", str(SOME_HIDDEN))
    assert code == 1
    assert f"Organisation {SOME_HIDDEN}: " in printed


def test_the_runner_reports_what_went_wrong_and_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(number: int, seed: int) -> Organisation:
        if number == 1:
            raise RuntimeError("planted")
        return organisation(SOME_HIDDEN, seed)

    monkeypatch.setattr(examination, "organisation", broken)
    monkeypatch.setattr(examination, "county", lambda seed: organisation(SOME_HIDDEN, seed))
    code, printed = run("--organisations", "3")
    assert code == 1
    assert "Organisations               3\n" in printed
    assert "Organisation 1: Traceback" in printed and "planted" in printed
    assert "Organisation 0: " not in printed
