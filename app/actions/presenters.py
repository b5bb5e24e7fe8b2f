"""Actions in words: how far each is, whose it is, by when, and whether its sign was seen."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.actions.models import DONE, STOPPED, UNDER_WAY, Action
from app.actions.offers import Offer, headings_served
from app.actions.queries import Written
from app.actions.services import NOT_LOOKED, OVER, SIGN_NAMES, STATE_NAMES
from app.commissioning.models import Diagnostic
from app.commissioning.presenters.details import Row
from app.commissioning.presenters.words import name_of
from app.commissioning.queries import Candidate
from app.web.dates import uk_date, uk_time
from diagnostics.framework import Framework
from diagnostics.wording import counted_noun, listed

SOON_DAYS = 28
EFFORTS = {"S": "Small", "M": "Medium", "L": "Large"}
NO_DATE, NO_OWNER = "No date yet", "Nobody yet"
ALL, OVERDUE, SOON, FINISHED = "all", "overdue", "soon", "done"
VIEWS: Mapping[str, str] = {ALL: "All", OVERDUE: "Overdue", SOON: "Due soon", FINISHED: "Done"}
_EMPTY: Mapping[str, str] = {
    ALL: "Every step comes next, not now. Bring one forward to begin with it.",
    OVERDUE: "Nothing is overdue.",
    SOON: f"Nothing is due in the next {SOON_DAYS} days.",
    FINISHED: "Nothing is done yet. When an action is done, change its state on its page.",
}
_TAGS = {UNDER_WAY: "govuk-tag--light-blue", DONE: "govuk-tag--green", STOPPED: "govuk-tag--grey"}


def actions_address(diagnostic: Diagnostic, further: str = "") -> str:
    """Give the address of the actions of a diagnostic, or of a page beneath it."""
    return f"/diagnostics/{diagnostic.id}/actions{further}"


def trail(diagnostic: Diagnostic, *further: tuple[str, str], top: bool = False) -> list[dict[str, str]]:
    """Give the way to a page of the actions; ``top`` for the first page."""
    way = [("Dashboard", "/"), (name_of(diagnostic), f"/diagnostics/{diagnostic.id}")]
    if not top:
        way.append(("Actions", actions_address(diagnostic)))
    return [{"text": text, "href": href} for text, href in (*way, *further)]


def is_overdue(action: Action, day: date) -> bool:
    """Say whether an action should have been done before a day."""
    return _open(action) and action.due_on is not None and action.due_on < day


def is_due_soon(action: Action, day: date) -> bool:
    """Say whether an action is due within four weeks."""
    return _open(action) and action.due_on is not None and 0 <= (action.due_on - day).days <= SOON_DAYS


def _open(action: Action) -> bool:
    return not action.later and action.state not in OVER


_IN_VIEW: Mapping[str, Callable[[Action, date], bool]] = {
    ALL: lambda action, _: not action.later,
    OVERDUE: is_overdue,
    SOON: is_due_soon,
    FINISHED: lambda action, _: not action.later and action.state == DONE,
}


@dataclass(frozen=True, slots=True)
class View:
    """A view of the actions, as a link with how many it holds."""

    text: str
    href: str
    here: bool


def in_view(actions: Sequence[Action], view: str, day: date) -> list[Action]:
    """Give the actions of a view; what is due first stands first among those that are due."""
    found = [one for one in actions if _IN_VIEW[view](one, day)]
    return sorted(found, key=lambda one: one.due_on or date.max) if view in (OVERDUE, SOON) else found


def views(diagnostic: Diagnostic, actions: Sequence[Action], here: str, day: date) -> list[View]:
    """Give the links to the views."""
    return [
        View(
            f"{text} ({len(in_view(actions, name, day))})",
            actions_address(diagnostic, "" if name == ALL else f"?show={name}"),
            name == here,
        )
        for name, text in VIEWS.items()
    ]


def nothing_in(view: str) -> str:
    """Say what an empty view means."""
    return _EMPTY[view]


@dataclass(frozen=True, slots=True)
class Card:
    """An action as a list or its own page shows it."""

    title: str
    address: str
    state: str
    tag: str
    owner: str
    due: str
    late: bool
    serves: str
    do: str
    first_30_days: str
    effort: str
    sign: str
    sign_seen: str
    sign_evidence: str
    later: bool
    revision: int
    builds_on: tuple[str, ...]


def cards(
    diagnostic: Diagnostic,
    framework: Framework | None,
    actions: Sequence[Action],
    names: Mapping[UUID, str],
    day: date,
    among: Sequence[Action] = (),
) -> list[Card]:
    """Put actions into words; ``among`` are all of the plan, on some of which others build."""
    steps = {step.id: step for step in framework.steps} if framework else {}
    known = {one.step: one for one in among or actions}
    found = []
    for one in actions:
        step = steps.get(one.step)
        found.append(
            Card(
                title=one.title,
                address=actions_address(diagnostic, f"/{one.id}"),
                state="Next, not now" if one.later else STATE_NAMES[one.state],
                tag="govuk-tag--grey" if one.later else _TAGS.get(one.state, "govuk-tag--blue"),
                owner=owner_of(one, names),
                due=due_words(one, day),
                late=is_overdue(one, day),
                serves=listed(list(headings_served(framework, one.step).values())),
                do=step.action if step else "",
                first_30_days=step.first_30_days if step else "",
                effort=EFFORTS[step.effort] if step else "",
                sign=one.sign,
                sign_seen=sign_words(one),
                sign_evidence=one.sign_evidence,
                later=one.later,
                revision=one.revision,
                builds_on=tuple(
                    f"{steps[need].title} ({_how_far(known.get(need))})"
                    for need in (step.requires if step else ())
                    if need in steps
                ),
            )
        )
    return found


def _how_far(action: Action | None) -> str:
    if action is None:
        return "not in the plan"
    return "next, not now" if action.later else STATE_NAMES[action.state].lower()


def owner_of(action: Action, names: Mapping[UUID, str]) -> str:
    """Name the owner: a person and the role, or one of the two."""
    person = names.get(action.owner_id, "") if action.owner_id else action.owner_name
    return (
        f"{person} ({action.owner_role})"
        if person and action.owner_role
        else person or action.owner_role or NO_OWNER
    )


def due_words(action: Action, day: date) -> str:
    """Say when an action is due, and by how many days it is late."""
    if action.due_on is None:
        return NO_DATE
    said = uk_date(action.due_on)
    if not _open(action):
        return said
    days = (action.due_on - day).days
    if days < 0:
        return f"{said}, overdue by {counted_noun(-days, 'day')}"
    if days == 0:
        return f"{said}, today"
    return f"{said}, in {counted_noun(days, 'day')}" if days <= SOON_DAYS else said


def sign_words(action: Action) -> str:
    """Say whether the sign at six months was seen, and when."""
    if not action.sign_seen:
        return NOT_LOOKED
    said = SIGN_NAMES[action.sign_seen]
    return f"{said}, {uk_date(action.sign_on)}" if action.sign_on else said


@dataclass(frozen=True, slots=True)
class Line:
    """A note as its action's page shows it."""

    head: str
    change: str
    text: str


def note_lines(notes: Sequence[Written]) -> list[Line]:
    """Put notes into words, the newest first."""
    return [Line(f"{one.who}, {uk_time(one.at)}", one.change, one.text) for one in notes]


def plan_rows(action: Action, names: Mapping[UUID, str]) -> tuple[Row, ...]:
    """Give what is saved of an action's plan, to stand beside what somebody typed meanwhile."""
    person = names.get(action.owner_id, "") if action.owner_id else action.owner_name
    return (
        Row("How far it is", (STATE_NAMES[action.state],)),
        Row("Role of the owner", (action.owner_role or "None",)),
        Row("Person", (person or "Nobody",)),
        Row("Due date", (uk_date(action.due_on) if action.due_on else NO_DATE,)),
    )


def sign_rows(action: Action) -> tuple[Row, ...]:
    """Give what is saved of an action's sign."""
    return (Row("Sign", (sign_words(action),)), Row("What was seen", (action.sign_evidence or "Nothing",)))


def people_choices(
    people: Sequence[Candidate], action: Action, names: Mapping[UUID, str]
) -> list[dict[str, str]]:
    """Give those of the council who have an account, and whoever owns the action already."""
    found = {one.id: one.name for one in people}
    if action.owner_id is not None and action.owner_id not in found:
        found[action.owner_id] = f"{names.get(action.owner_id, '')} (no role in the council any more)"
    return [{"value": "", "text": "Nobody with an account"}] + [
        {"value": str(account_id), "text": name} for account_id, name in found.items()
    ]


def state_choices() -> list[dict[str, str]]:
    """Give the states to choose from."""
    hints = {STOPPED: "Say why in the note below."}
    return [
        {"value": value, "text": text, "hint": hints.get(value, "")} for value, text in STATE_NAMES.items()
    ]


def sign_choices() -> list[dict[str, str]]:
    """Give what can be said of a sign."""
    return [{"value": value, "text": text} for value, text in SIGN_NAMES.items()]


@dataclass(frozen=True, slots=True)
class OfferCard:
    """A step on offer."""

    title: str
    do: str
    owner: str
    first_30_days: str
    sign: str
    effort: str


@dataclass(frozen=True, slots=True)
class OfferWords:
    """What a brief has for the plan, in words."""

    number: int
    first_time: bool
    first: tuple[OfferCard, ...]
    later: tuple[str, ...]
    promoted: tuple[str, ...]
    later_now: tuple[str, ...]
    unnamed: tuple[str, ...]
    button: str


def offer_words(offer: Offer, number: int, *, first_time: bool) -> OfferWords:
    """Put an offer into words."""
    actions, later = len(offer.first) + len(offer.promoted), len(offer.later)
    parts = [counted_noun(actions, "action")] if actions else []
    parts += [f"{counted_noun(later, 'step')} for later"] if later else []
    return OfferWords(
        number=number,
        first_time=first_time,
        first=tuple(
            OfferCard(
                one.step.title,
                one.step.action,
                one.step.owner,
                one.step.first_30_days,
                one.step.six_month_sign,
                EFFORTS[one.step.effort],
            )
            for one in offer.first
        ),
        later=tuple(one.step.title for one in offer.later),
        promoted=tuple(one.title for one in offer.promoted),
        later_now=tuple(one.title for one in offer.later_now),
        unnamed=tuple(one.title for one in offer.unnamed),
        button=f"Take over {listed(parts)}",
    )
