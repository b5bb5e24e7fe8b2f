"""One organisation from its evidence to the attack: everything that it issues is published, then audited."""

import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from diagnostics.disclosure import cut
from diagnostics.disclosure_audit import audit
from diagnostics.errors import CannotReissue
from diagnostics.knowledge_of import side_knowledge
from diagnostics.last_wave import LastWave, read_last_wave
from diagnostics.profile import Profile, build_profile
from diagnostics.published import GroupScore, PublishedProfile, read_profile
from diagnostics.releases import Release
from tests.audit.organisations import Issue, Organisation, county, organisation
from tests.audit.plain_rule import shown_by_the_plain_rule
from tests.benchmarks.workforce import FRAMEWORK

COUNTY = -1
# The stages that the product itself goes through; the yardstick is none of them.
STAGES = ("compute", "publish", "audit")


@dataclass(frozen=True, slots=True)
class Found:
    """A weakness: the auditor's rule that it breaks, and all that is said of it."""

    rule: str
    text: str


@dataclass(slots=True)
class Examination:
    """What came of one organisation. ``error`` holds the traceback of what should not have happened."""

    number: int
    kinds: dict[str, str] = field(default_factory=dict)
    releases: int = 0
    refused: int = 0
    people: int = 0
    attacked: int = 0
    groups_shown: int = 0
    groups_plain: int = 0
    groups: int = 0
    items_shown: int = 0
    items: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    found: tuple[Found, ...] = ()
    error: str | None = None

    @property
    def passed(self) -> bool:
        return not self.found and self.error is None

    @property
    def took(self) -> float:
        """Seconds, without those of the yardstick."""
        return sum(self.seconds.get(stage, 0.0) for stage in STAGES)

    @contextmanager
    def timed(self, stage: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start


def examine(number: int, seed: int, plain: bool = True) -> Examination:
    """Publish and attack one organisation (or the county); nothing that goes wrong there goes further."""
    examination = Examination(number)
    try:
        generated = county(seed) if number == COUNTY else organisation(number, seed)
        _examine(generated, examination, plain)
    except Exception:
        # One organisation that cannot be published must not hide what the others show.
        examination.error = traceback.format_exc()
    return examination


def _examine(generated: Organisation, examination: Examination, plain: bool) -> None:
    examination.kinds = dict(generated.kinds)
    examination.people = max(issue.frame.total for issue in generated.issues)
    releases: list[Release] = []
    waves: dict[int, LastWave] = {}
    for issue in generated.issues:
        with examination.timed("compute"):
            profile = build_profile(
                FRAMEWORK, issue.frame, issue.evidence, waves.get(issue.wave - 1), rank_draws=False
            )
        with examination.timed("publish"):
            made = _release(profile, issue, releases)
        if made is None:
            examination.refused += 1
            continue
        release, waves[issue.wave] = made
        releases.append(release)
        _count(release.published, examination)
        if plain:
            with examination.timed("plain rule"):
                examination.groups_plain += shown_by_the_plain_rule(profile)
    examination.releases = len(releases)
    with examination.timed("audit"):
        report = audit(releases)
    examination.attacked = report.attacked
    examination.found = tuple(
        Found(weakness.rule, f"{weakness.rule}: {weakness}") for weakness in report.weaknesses
    )


def _release(profile: Profile, issue: Issue, releases: list[Release]) -> tuple[Release, LastWave] | None:
    """Publish a profile beside all that is out; None where a corrected version is refused."""
    try:
        result = cut(profile, releases)
    except CannotReissue:
        if not issue.corrects:
            raise
        return None
    # What leaves is text, so what is attacked is read back from it; what is handed on is kept as text too.
    release = Release(read_profile(result.published.to_json()), side_knowledge(profile, result.published))
    return release, read_last_wave(result.hands_on.to_json())


def _count(published: PublishedProfile, examination: Examination) -> None:
    scores: list[GroupScore] = [
        score
        for heading in published.headings
        for score in (*heading.groups.role_group, *heading.groups.service_area)
    ]
    items = [item for heading in published.headings for item in heading.items]
    examination.groups += len(scores)
    examination.groups_shown += sum(not score.suppressed for score in scores)
    examination.items += len(items)
    examination.items_shown += sum(not item.suppressed for item in items)
