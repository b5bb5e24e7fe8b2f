"""From what was gathered to a release that was attacked before anybody sees it. It knows no database."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.profiles.gathering import Gathered
from app.profiles.services import Leaks
from diagnostics.disclosure import cut
from diagnostics.disclosure_audit import audit
from diagnostics.evidence import Review
from diagnostics.knowledge_of import side_knowledge
from diagnostics.last_wave import LastWave
from diagnostics.profile import Profile, build_profile
from diagnostics.releases import Release, Withheld

Progress = Callable[[str], None]
# What a pattern counts as: it is found, or it is not.
THERE = "there"


@dataclass(frozen=True, slots=True)
class Decided:
    """A person's decision, and the code that it was about ("there" for a pattern)."""

    review: Review
    found: str


@dataclass(frozen=True, slots=True, eq=False)
class MadeOf:
    """What a profile is computed from.

    ``issued`` are the versions of this wave that people hold; ``before`` those of the wave before, or what
    was computed of it where nothing was published.
    """

    gathered: Gathered
    decided: tuple[Decided, ...]
    last: LastWave | None
    issued: tuple[Release, ...]
    before: tuple[Release, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Computed:
    """A release, and what stays inside; ``inputs`` is the digest of all that it was made from."""

    release: Release
    withheld: tuple[Withheld, ...]
    hands_on: LastWave
    inputs: str


def compute(made_of: MadeOf, progress: Progress) -> Computed:
    """Compute a profile, cut what may be published, and attack it.

    A decision whose code is another by now is left out: somebody has to look again.

    Raises
    ------
    Leaks
        The auditor could work something out.
    MethodError
        A profile cannot be made; ``CannotReissue`` where it may not stand beside a version that is out.
    """
    profile = _build(made_of, made_of.decided, progress)
    found = codes_found(profile)
    current = tuple(one for one in made_of.decided if found.get(_subject(one)) == one.found)
    if current != made_of.decided:
        profile = _build(made_of, current, progress)
    progress("Protecting people in small groups")
    result = cut(profile, made_of.issued)
    release = Release(result.published, side_knowledge(profile, result.published))
    progress("Attacking what would be published")
    report = audit((*made_of.before, release, *made_of.issued), progress=progress)
    if not report.passed:
        raise Leaks(report)
    return Computed(release, result.withheld, result.hands_on, profile.digest)


def codes_found(profile: Profile) -> Mapping[tuple[str, str], str]:
    """Give the code of every pair of sources, and "there" for every pattern, by heading and subject."""
    found: dict[tuple[str, str], str] = {}
    for heading in profile.headings:
        found |= {(heading.heading.id, f"{pair.a}-{pair.b}"): pair.code for pair in heading.pairs}
        found |= {(heading.heading.id, pattern.id): THERE for pattern in heading.patterns}
    return found


def _build(made_of: MadeOf, decided: tuple[Decided, ...], progress: Progress) -> Profile:
    gathered = made_of.gathered
    evidence = replace(gathered.evidence, reviews=tuple(one.review for one in decided))
    return build_profile(gathered.framework, gathered.frame, evidence, made_of.last, progress=progress)


def _subject(decided: Decided) -> tuple[str, str]:
    return decided.review.heading, decided.review.subject
