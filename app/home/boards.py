"""The dashboard: what somebody sees first, by the roles that they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.accounts.person import Person, Role
from app.actions.tasks import running_plans
from app.commissioning.models import DRAFT, Authority, Diagnostic
from app.commissioning.presenters.authorities import Next, newest, what_can_begin
from app.commissioning.presenters.words import name_of
from app.commissioning.queries import authorities_seen_by, candidates, diagnostics_seen_by
from app.fieldwork.tasks import fieldwork_tasks
from app.home.presenters import COLUMNS, Overview, overviews, sorted_by
from app.home.rows import later_tasks_of, tasks_of
from app.interchange.vocabulary import listed
from app.survey.queries import old_copies
from app.survey.tasks import still_to_destroy
from app.web.dates import today
from app.web.sorting import Column, Sorting

_NAMED = 3


@dataclass(frozen=True, slots=True)
class Council:
    """One council of somebody's: its newest diagnostic if there is one, what can begin, and whom to ask."""

    name: str
    address: str
    overview: Overview | None
    begin: Next
    ask: str


@dataclass(frozen=True, slots=True)
class KeysLeft:
    """A survey that is over, with copies of its key to be destroyed; ``yours`` where you have one."""

    name: str
    address: str
    words: str
    yours: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The dashboard's parts; those of roles that somebody does not have are empty."""

    keys_left: tuple[KeysLeft, ...]
    leads: bool
    table: tuple[Overview, ...]
    heads: tuple[Column, ...]
    without: int
    own: tuple[Council, ...]
    assigned: tuple[Council, ...]
    read: tuple[Council, ...]

    @property
    def empty(self) -> bool:
        """Whether somebody has no role at all."""
        return not (self.leads or self.own or self.assigned or self.read)


def board_of(session: Session, person: Person, *, sort: str, order: str) -> Board:
    """Put the dashboard of a person together."""
    authorities = {one.code: one for one in authorities_seen_by(session, person)}
    seen = diagnostics_seen_by(session, person)
    last = newest(seen)
    shown = list(last.values())
    found = overviews(
        shown,
        tasks_of(session, shown),
        today(),
        fieldwork_tasks(session, shown),
        later_tasks_of(session, shown),
        running_plans(session, shown),
    )
    sorting = Sorting.asked(sort, order, COLUMNS)
    own = _codes(person, Role.COMMISSIONER)
    assigned = _codes(person, Role.PDM) - own
    read = _codes(person, Role.READER) - own - assigned

    def councils(codes: frozenset[str]) -> tuple[Council, ...]:
        return tuple(
            _council(session, person, authority, last, found)
            for authority in _in_order([authorities[code] for code in codes if code in authorities], found)
        )

    return Board(
        keys_left=_keys_left(session, person, seen),
        leads=person.programme_lead,
        table=tuple(sorted_by(found, sorting)) if person.programme_lead else (),
        heads=sorting.heads(COLUMNS, "/"),
        without=len(authorities) - len(last),
        own=councils(own),
        assigned=councils(assigned),
        read=councils(read),
    )


def _keys_left(session: Session, person: Person, seen: Sequence[Diagnostic]) -> tuple[KeysLeft, ...]:
    """Give the surveys of all waves that old backups could still open: the next wave does not change that."""
    copies = old_copies(session, [one.id for one in seen if one.state != DRAFT])
    return tuple(
        KeysLeft(
            name=name_of(one),
            address=f"/diagnostics/{one.id}/survey",
            words=still_to_destroy(copies[one.id]),
            yours=person.id in {copy.account_id for copy in copies[one.id]},
        )
        for one in seen
        if one.id in copies
    )


def _codes(person: Person, role: Role) -> frozenset[str]:
    return person.authorities.get(role, frozenset())


def _in_order(authorities: Sequence[Authority], found: Sequence[Overview]) -> list[Authority]:
    """Put those first whose diagnostic needs looking at first; those without one come last, by name."""
    place = {one.authority_code: number for number, one in enumerate(found)}
    return sorted(authorities, key=lambda one: (place.get(one.code, len(place)), one.name.casefold()))


def _council(
    session: Session,
    person: Person,
    authority: Authority,
    last: Mapping[str, Diagnostic],
    found: Sequence[Overview],
) -> Council:
    return Council(
        name=authority.name,
        address=f"/authorities/{authority.code}",
        overview=next((one for one in found if one.authority_code == authority.code), None),
        begin=what_can_begin(person, authority, last.get(authority.code)),
        ask=_whom_to_ask(session, authority.code),
    )


def _whom_to_ask(session: Session, authority_code: str) -> str:
    names = [
        one.name
        for one in candidates(session, authority_code)
        if Role.COMMISSIONER in one.roles and one.joined
    ]
    return listed(names[:_NAMED]) if names else "a programme lead"
