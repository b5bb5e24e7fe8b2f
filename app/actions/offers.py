"""What a published brief has for the plan that is not in it yet. Nothing that is in it goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.actions.models import Action
from diagnostics.framework import Framework
from diagnostics.framework_parts import Step
from diagnostics.published import PublishedProfile


@dataclass(frozen=True, slots=True)
class Offered:
    """A step that would go into the plan."""

    step: Step
    rank: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Steps that would become actions or come next, and actions that the brief speaks of in another way.

    ``promoted`` were "next, not now" and are now among the first. ``later_now`` are actions that the brief
    puts later, ``unnamed`` those that it does not name any more; both stay as they are.
    """

    first: tuple[Offered, ...]
    later: tuple[Offered, ...]
    promoted: tuple[Action, ...]
    later_now: tuple[Action, ...]
    unnamed: tuple[Action, ...]

    @property
    def anything(self) -> bool:
        """Whether there is something to take over."""
        return bool(self.first or self.later or self.promoted)

    @property
    def says_anything(self) -> bool:
        """Whether the brief speaks of the plan in another way than the plan itself."""
        return self.anything or bool(self.later_now or self.unnamed)


def offer_of(
    profile: PublishedProfile, brief_id: UUID, framework: Framework, actions: Sequence[Action]
) -> Offer:
    """Give what a brief has that the plan has not. What was taken over from this brief is settled."""
    library = {step.id: step for step in framework.steps}
    ranked = sorted((step for step in profile.steps if step.id in library), key=lambda step: step.rank)
    known = {action.step: action for action in actions}
    first = {step.id for step in ranked if step.first}
    named = {step.id for step in ranked}
    new = [step for step in ranked if step.id not in known]
    unsettled = [action for action in actions if action.brief_id != brief_id]
    return Offer(
        first=tuple(Offered(library[step.id], step.rank) for step in new if step.first),
        later=tuple(Offered(library[step.id], step.rank) for step in new if not step.first),
        promoted=tuple(one for one in unsettled if one.later and one.step in first),
        later_now=tuple(one for one in unsettled if not one.later and one.step in named - first),
        unnamed=tuple(one for one in unsettled if one.step not in named),
    )


def headings_served(framework: Framework | None, step_id: str) -> Mapping[str, str]:
    """Give the headings that a step serves, by id: those of the characteristics that it moves."""
    if framework is None:
        return {}
    of = framework.heading_of
    return {of[one.id].id: of[one.id].name for one in framework.moved_by(step_id)}
