"""What every sentence of a profile is written from: its values, its marks, and how sure we are."""

from collections.abc import Collection
from dataclasses import dataclass

from diagnostics.evidence import Record
from diagnostics.evidence_list import Marks
from diagnostics.framework_parts import Heading
from diagnostics.profile import CharacteristicProfile, HeadingProfile, Profile, fieldwork_source
from diagnostics.publication import sides_may_be_named
from diagnostics.published import SOURCES, Gap, Grade, PublishedChange, Source
from diagnostics.triangulation import SourceResult
from diagnostics.wording import on_balance, place_name, seemingly

SAID_BY: dict[str, str] = {
    "survey": "staff answers",
    "interview": "interviews",
    "observation": "observation",
    "document": "documents",
}
DOUBTFUL: tuple[Grade, ...] = ("very low", "low")


@dataclass(frozen=True, slots=True, eq=False)
class Writer:
    """What every sentence is written from: the profile, its marks, and what may be shown."""

    profile: Profile
    marks: Marks
    gaps: tuple[Gap | None, ...]
    changes: tuple[PublishedChange | None, ...]

    @property
    def place(self) -> str:
        """The authority's short name."""
        return place_name(self.profile.diagnostic.authority_name)

    @property
    def leaders(self) -> str:
        """Who spoke for the upper side in interviews; it is named only where it is large."""
        upper = self.profile.framework.comparison.upper
        return upper if sides_may_be_named(self.profile) else "some we interviewed"

    def is_doubtful(self, heading_id: str) -> bool:
        """Say whether confidence in a heading is too low for a plain statement."""
        heading = next(h for h in self.profile.headings if h.heading.id == heading_id)
        return heading.confidence.grade in DOUBTFUL

    def as_sure(self, heading_id: str, text: str, firm: bool = True) -> str:
        """Give a sentence the verb that its evidence allows.

        Parameters
        ----------
        heading_id
            Where confidence in this heading is low, it only seems so.
        text
            The sentence.
        firm
            Whether the whole likely range lies on the side that the sentence takes, and no source denies it.
        """
        if self.is_doubtful(heading_id):
            return seemingly(text)
        return text if firm else on_balance(text)

    def strong_from(self) -> float:
        """Give the score from which a characteristic is called strong: where stage 3 begins."""
        return self.profile.framework.settings.stage_cuts[1]

    def evidence_of(self, heading: Heading, *results: SourceResult) -> tuple[str, ...]:
        """Give the marks of just these results under a heading, or about a characteristic of it."""
        survey = [f"S {heading.short}" for result in results if result.source == "survey"]
        records = dict.fromkeys(record for result in results for record in result.records)
        return (*survey[:1], *self.marks.of_records(tuple(records)))

    def evidence_for(
        self, characteristic: CharacteristicProfile, only: Collection[Source] = SOURCES
    ) -> tuple[str, ...]:
        """Give the marks of all that speaks to a characteristic, or of some sources."""
        results = [
            result
            for source, result in characteristic.sources.items()
            if result is not None and source in only
        ]
        return self.evidence_of(characteristic.heading, *results)

    def evidence_under(self, heading: HeadingProfile, *sources: Source) -> tuple[str, ...]:
        """Give the marks of all that some sources said under a heading."""
        results = [result for source in sources if (result := heading.sources[source]) is not None]
        return self.evidence_of(heading.heading, *results)

    def claims(self, characteristic: CharacteristicProfile, source: Source) -> SourceResult | None:
        """Give what a source says of a characteristic; of the interviews, only what leaders said."""
        if source != "interview":
            return characteristic.sources[source]
        score = self.profile.fieldwork.characteristic_score(
            "interview", characteristic.characteristic.id, self._is_of_leaders
        )
        return fieldwork_source("interview", score)

    def claims_under(self, heading: HeadingProfile, source: Source) -> SourceResult | None:
        """Give what a source says of a heading; of the interviews, only what leaders said."""
        if source != "interview":
            return heading.sources[source]
        ids = [c.id for c in heading.heading.characteristics]
        return fieldwork_source(
            "interview", self.profile.fieldwork.heading_score("interview", ids, self._is_of_leaders)
        )

    def _is_of_leaders(self, record: Record) -> bool:
        groups = self.profile.framework.role_groups
        return any(group.id == record.role_group and group.side == "upper" for group in groups)

    def support_for(self, characteristic: CharacteristicProfile, strong: bool) -> tuple[str, ...]:
        """Give the marks that bear out that a characteristic is strong, or weak; all of them where none does.

        The other side is not hidden: where sources differ, a finding of its own says so.
        """
        line, short = self.strong_from(), characteristic.heading.short
        survey = characteristic.sources["survey"]
        marks = [f"S {short}"] if survey is not None and (survey.score >= line) is strong else []
        rated = self.profile.fieldwork.record_scores(characteristic.characteristic.id)
        records = tuple(record for record, score in rated.items() if (score >= line) is strong)
        return (*marks, *self.marks.of_records(records)) or self.evidence_for(characteristic)

    def of_heading(self, heading: HeadingProfile) -> list[CharacteristicProfile]:
        """Give the heading's characteristics that have a combined score, weakest first."""
        scored = [
            (c.combined.score, index, c)
            for index, c in enumerate(self.profile.characteristics)
            if c.heading is heading.heading and c.combined is not None
        ]
        return [c for _, _, c in sorted(scored, key=lambda entry: entry[:2])]
