"""What may leave the method: the published, suppressed profile, schema ``profile/1``.

Scores and differences are whole points from 0 to 100, rates and shares whole per cent. A score of 5
means “5 or lower” and one of 95 “95 or higher”, but for those of interviews, observation and documents,
which are exact. What is suppressed is absent: its number is null
and its group says only that it is suppressed.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pydantic import TypeAdapter

from diagnostics.published_parts import (
    LETTERS,
    SOURCES,
    Code,
    Coefficient,
    Derived,
    EvidenceEntry,
    Finding,
    Gap,
    Grade,
    GroupResponse,
    GroupScore,
    Limit,
    Margins,
    Need,
    Pair,
    Pattern,
    PublishedAuthority,
    PublishedChange,
    PublishedConfidence,
    PublishedFramework,
    PublishedGroups,
    PublishedHeading,
    PublishedItem,
    PublishedQuote,
    PublishedReliability,
    PublishedResponse,
    PublishedSources,
    PublishedStep,
    PublishedWeighting,
    Reason,
    ScoreRange,
    Source,
    SourceScore,
    StageRange,
    Status,
    Strength,
)

__all__ = [
    "LETTERS",
    "SOURCES",
    "Code",
    "Coefficient",
    "Derived",
    "EvidenceEntry",
    "Finding",
    "Gap",
    "Grade",
    "GroupResponse",
    "GroupScore",
    "Limit",
    "Margins",
    "Need",
    "Pair",
    "Pattern",
    "PublishedAuthority",
    "PublishedChange",
    "PublishedConfidence",
    "PublishedFramework",
    "PublishedGroups",
    "PublishedHeading",
    "PublishedItem",
    "PublishedProfile",
    "PublishedQuote",
    "PublishedReliability",
    "PublishedResponse",
    "PublishedSources",
    "PublishedStep",
    "PublishedWeighting",
    "Reason",
    "ScoreRange",
    "Source",
    "SourceScore",
    "StageRange",
    "Status",
    "Strength",
    "profile_schema",
    "read_profile",
]


@dataclass(frozen=True, slots=True)
class PublishedProfile:
    """The whole published object, from which every surface is cut."""

    schema: Literal["profile/1"]
    authority: PublishedAuthority
    wave: int
    as_of: str
    survey_dates: tuple[str, str] | None
    framework: PublishedFramework
    method: str
    threshold: int
    digest: str
    response: PublishedResponse
    records: dict[str, int]
    verdict: str
    headings: tuple[PublishedHeading, ...]
    reliability: dict[str, PublishedReliability]
    steps: tuple[PublishedStep, ...]
    strength: Strength | None
    findings: tuple[Finding, ...]
    quotes: tuple[PublishedQuote, ...]
    needs: tuple[Need, ...]
    derived_importance: tuple[Derived, ...]
    evidence: tuple[EvidenceEntry, ...]
    limits: tuple[Limit, ...]
    comments_received: str | None
    contact: str | None = None
    weighting: PublishedWeighting | None = None
    # Why a person overruled the ranking of the steps. It is written only where one did.
    steps_note: str | None = None

    def finding(self, finding_id: str) -> Finding:
        """Give a finding by its id."""
        return next(finding for finding in self.findings if finding.id == finding_id)

    def own_digest(self) -> str:
        """Give the SHA-256, in hexadecimal, of all of the profile but its ``digest``.

        It rests on nothing that is not published: a digest of the answers would let whoever knows
        nearly all of them check a guess at the rest.
        """
        return hashlib.sha256(replace(self, digest="").to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Give the profile as JSON text, the same bytes for the same profile."""
        told = asdict(self)
        if self.steps_note is None:
            # What was published before there was the field keeps its bytes, and so its digest.
            del told["steps_note"]
        return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


_ADAPTER: TypeAdapter[PublishedProfile] = TypeAdapter(PublishedProfile)


def profile_schema() -> dict[str, Any]:
    """Give the JSON Schema of a published profile."""
    return _ADAPTER.json_schema(mode="serialization")


def read_profile(text: str) -> PublishedProfile:
    """Read a published profile from its JSON text.

    Raises
    ------
    pydantic.ValidationError
        Where the text is not a profile of schema ``profile/1``.
    """
    return _ADAPTER.validate_json(text)
