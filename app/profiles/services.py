"""Computing the waves, cutting what may be published, and attacking it before anybody sees it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from app.interchange.evidence_folder import EvidenceFolder
from app.interchange.faults import Fault
from app.profiles.releases import Found, UnreadableReleases, wave_of
from diagnostics.audit_report import AuditReport
from diagnostics.disclosure import cut
from diagnostics.disclosure_audit import audit
from diagnostics.knowledge_of import side_knowledge
from diagnostics.last_wave import LastWave
from diagnostics.profile import build_profile
from diagnostics.releases import Release, Withheld

Progress = Callable[[str], None]


class Leaks(Exception):
    """What would be published gives something away; ``report`` says what, table by table."""

    def __init__(self, report: AuditReport) -> None:
        self.report = report
        super().__init__("; ".join(f"{weak.table}: {weak.found}" for weak in report.weaknesses))


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """The newest wave as it may be published, what is withheld of it, and what the auditor reported.

    ``previous`` is the release of the wave before; ``issued`` are the versions of these two waves that
    people already hold, which were attacked together with them.
    """

    release: Release
    withheld: tuple[Withheld, ...]
    previous: Release | None
    issued: tuple[Release, ...]
    report: AuditReport


def refuse_strangers(found: Iterable[Found], waves: Sequence[EvidenceFolder]) -> None:
    """Refuse versions that somebody named as issued and that are of none of these waves.

    Raises
    ------
    UnreadableReleases
        With every one of them.
    """
    about = [wave.evidence.diagnostic for wave in waves]
    meant = {(diagnostic.authority_code, diagnostic.wave) for diagnostic in about}
    here = " and ".join(str(diagnostic.wave) for diagnostic in about[-2:])
    faults = [
        Fault(
            str(one.path),
            None,
            None,
            f"This is wave {one.release.published.wave} of {one.release.published.authority.name}. "
            f"The evidence is of {about[-1].authority_name}, wave {here}. Name a version of the same wave.",
        )
        for one in found
        if not one.kept and wave_of(one.release.published) not in meant
    ]
    if faults:
        raise UnreadableReleases(faults)


@dataclass(frozen=True, slots=True)
class ScoresShown:
    """How many group scores a profile shows, of how many it has a row for."""

    shown: int
    rows: int


def analyse(waves: Sequence[EvidenceFolder], issued: Sequence[Release], progress: Progress) -> Analysis:
    """Compute every wave, the oldest first, and attack the newest together with what people hold.

    Parameters
    ----------
    waves
        The oldest first, at least one.
    issued
        Versions that people already hold; those of other waves are left aside.
    progress
        Is told in a few words what is being done.

    Raises
    ------
    Leaks
        The auditor could work something out.
    MethodError
        A profile cannot be made; ``CannotReissue`` where it may not stand beside a version that is out.
    """
    last: LastWave | None = None
    made: list[Release] = []
    withheld: tuple[Withheld, ...] = ()
    for wave in waves:
        named = f"Wave {wave.evidence.diagnostic.wave}: " if len(waves) > 1 else ""

        def tell(part: str, named: str = named) -> None:
            progress(f"{named}{part}")

        profile = build_profile(wave.framework, wave.frame, wave.evidence, last, progress=tell)
        tell("Protecting people in small groups")
        result = cut(profile, issued)
        made.append(Release(result.published, side_knowledge(profile, result.published)))
        withheld, last = result.withheld, result.hands_on
    held = _of_waves(waves[-2:], issued)
    progress("Attacking what would be published")
    report = audit((*made[-2:], *held), progress=progress)
    if not report.passed:
        raise Leaks(report)
    return Analysis(made[-1], withheld, made[-2] if len(made) > 1 else None, held, report)


def attack(releases: Sequence[Release], seconds: float, progress: Progress) -> AuditReport:
    """Attack releases together, with the longest that one calculation may take."""
    return audit(releases, seconds=seconds, progress=progress)


def group_scores(release: Release) -> ScoresShown:
    """Count the group scores of a profile, shown and not."""
    rows = [
        row
        for heading in release.published.headings
        for table in (heading.groups.role_group, heading.groups.service_area)
        for row in table
    ]
    return ScoresShown(sum(not row.suppressed for row in rows), len(rows))


def _of_waves(waves: Sequence[EvidenceFolder], issued: Sequence[Release]) -> tuple[Release, ...]:
    about = [wave.evidence.diagnostic for wave in waves]
    meant = {(diagnostic.authority_code, diagnostic.wave) for diagnostic in about}
    return tuple(version for version in issued if wave_of(version.published) in meant)
