"""Accounts in words: rows, states, headings that sort, and the entries of the log."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlencode
from uuid import UUID

import segno

from app.accounts.devices import UNKNOWN
from app.accounts.models import Account, AccountLink, SignedInSession
from app.accounts.person import IN_AN_AUTHORITY, ROLE_NAMES, Role
from app.accounts.queries import PEOPLE_ON_A_PAGE, Found, Wanted
from app.accounts.services.second_step import app_address
from app.audit.models import Entry
from app.audit.queries import ENTRIES_ON_A_PAGE, Sought
from app.interchange.framework_files import load_once, supplied_frameworks
from app.web.dates import now, uk_date, uk_time
from app.web.templating import PRODUCT

ROLE_HINTS: Mapping[Role, str] = {
    Role.PROGRAMME_LEAD: "Sees and manages all councils and people",
    Role.PDM: "Gathers and rates evidence, and writes the brief",
    Role.COMMISSIONER: "Sets up and runs the council’s diagnostics, and manages its people",
    Role.READER: "Sees the council’s diagnostics and briefs, and changes nothing",
}
_KEYS: Mapping[str, str] = {"brief": "version of the brief", "later": "steps that wait"}
_GREEN, _BLUE, _YELLOW, _GREY = "green", "blue", "yellow", "grey"


@dataclass(frozen=True, slots=True)
class State:
    """How an account stands, and the colour of its tag."""

    text: str
    colour: str


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role that somebody has. ``code`` and ``place`` are empty for the whole service."""

    role: Role
    code: str
    place: str

    @property
    def short(self) -> str:
        """The role without its place."""
        return ROLE_NAMES[self.role]

    @property
    def text(self) -> str:
        """The role with its place."""
        return f"{self.short}, {self.place}" if self.place else self.short


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person in a table, or on a page of their own."""

    id: UUID
    name: str
    email: str
    roles: tuple[RoleHeld, ...]
    state: State
    signed_in: str
    address: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a column that sorts. ``sorted`` is the value of aria-sort; empty where it does not."""

    text: str
    href: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class LogRow:
    """An entry of the log in words."""

    when: str
    who: str
    what: str
    where: str
    about: str
    details: str


@dataclass(frozen=True, slots=True)
class Browser:
    """Where somebody is signed in."""

    id: UUID
    name: str
    since: str
    seen: str
    is_this: bool


def state_of(account: Account, link: AccountLink | None) -> State:
    """Say how an account stands."""
    if account.closed_at is not None:
        return State("Closed", _GREY)
    if account.disabled_at is not None:
        return State("Switched off", _GREY)
    if account.joined_at is None:
        if link is not None and link.expires_at > now():
            return State(f"Invited until {uk_date(link.expires_at)}", _BLUE)
        return State("Invitation expired" if account.password_hash is None else "Not yet joined", _YELLOW)
    if account.password_hash is None and account.oidc_subject is None:
        return State("Must sign in anew", _YELLOW)
    return State("Active", _GREEN)


def roles_of(account: Account, authorities: Mapping[str, str]) -> tuple[RoleHeld, ...]:
    """Name the roles of an account, those of the whole service first."""
    held = [
        RoleHeld(
            Role(grant.role),
            grant.authority_code or "",
            authorities.get(grant.authority_code or "", grant.authority_code or ""),
        )
        for grant in account.grants
    ]
    return tuple(sorted(held, key=lambda one: (one.code != "", one.text)))


def person_row(
    account: Account, link: AccountLink | None, authorities: Mapping[str, str], base: str
) -> PersonRow:
    """Put an account into words; its page lies under ``base``."""
    seen = account.last_signed_in_at
    return PersonRow(
        id=account.id,
        name=account.name,
        email=account.email or "",
        roles=roles_of(account, authorities),
        state=state_of(account, link),
        signed_in=uk_time(seen) if seen else "Never",
        address=f"{base}/{account.id}",
    )


def person_rows(found: Found, authorities: Mapping[str, str], base: str) -> list[PersonRow]:
    """Put a page of accounts into words."""
    return [person_row(one, found.links.get(one.id), authorities, base) for one in found.accounts]


def people_headings(wanted: Wanted) -> list[Heading]:
    """Give the headings of the table of people; choosing one sorts by it, choosing it again turns it over."""
    made = []
    for text, column in (("Name", "name"), ("Email", "email"), ("Last signed in", "signed_in")):
        current = wanted.sort == column
        turned = current and not wanted.descending
        query = {"q": wanted.words, "sort": column, "order": "desc" if turned else "asc"}
        made.append(
            Heading(
                text,
                f"/people?{urlencode(_given(query, closed=wanted.closed))}",
                ("descending" if wanted.descending else "ascending") if current else "none",
            )
        )
    name, email, signed_in = made
    return [name, email, Heading("Roles"), Heading("State"), signed_in]


def people_pages(wanted: Wanted, found: Found) -> dict[str, object] | None:
    """Give what GOV.UK's pagination shows under the table of people; nothing where there is one page."""
    query = {
        "q": wanted.words,
        "sort": wanted.sort,
        "order": "desc" if wanted.descending else "asc",
    }
    return pagination(
        "/people", _given(query, closed=wanted.closed), wanted.page, found.total, PEOPLE_ON_A_PAGE
    )


def _given(query: Mapping[str, str], *, closed: bool) -> dict[str, str]:
    kept = {name: value for name, value in query.items() if value}
    return {**kept, "closed": "yes"} if closed else kept


def pagination(
    address: str, query: Mapping[str, str], page: int, total: int, on_a_page: int
) -> dict[str, object] | None:
    """Give the links between the pages of a list."""
    last = max(1, -(-total // on_a_page))
    if last == 1:
        return None

    def href(number: int) -> str:
        return f"{address}?{urlencode({**query, 'page': str(number)})}"

    near = sorted({1, last, *range(max(1, page - 1), min(last, page + 1) + 1)})
    items: list[dict[str, object]] = []
    for before, number in zip([0, *near], near, strict=False):
        if number - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": number, "href": href(number), "current": number == page})
    links: dict[str, object] = {"items": items}
    if page > 1:
        links["previous"] = {"href": href(page - 1)}
    if page < last:
        links["next"] = {"href": href(page + 1)}
    return links


def role_choices(roles: Iterable[Role]) -> list[dict[str, str]]:
    """Give roles as the choices of a field."""
    return [{"value": role.value, "text": ROLE_NAMES[role], "hint": ROLE_HINTS[role]} for role in roles]


def authority_choices(authorities: Mapping[str, str], first: str) -> list[dict[str, str]]:
    """Give authorities as the choices of a field, after words for none."""
    return [{"value": "", "text": first}] + [
        {"value": code, "text": name} for code, name in authorities.items()
    ]


def all_roles() -> tuple[Role, ...]:
    """Give every role, in the order in which a programme lead is offered them."""
    return (*IN_AN_AUTHORITY, Role.PROGRAMME_LEAD)


def browser_rows(browsers: Sequence[SignedInSession], this: UUID | None) -> list[Browser]:
    """Say where somebody is signed in."""
    return [
        Browser(one.id, one.device or UNKNOWN, uk_time(one.started_at), uk_time(one.seen_at), one.id == this)
        for one in browsers
    ]


def qr_code(secret: str, email: str) -> str:
    """Draw the code that an app reads, as an address that holds the picture."""
    made = segno.make(app_address(secret, email, PRODUCT), error="m", micro=False)
    return made.svg_data_uri(scale=5, border=4, light="#fff")


def in_groups(secret: str) -> str:
    """Write a secret so that it can be read and typed."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def log_rows(
    entries: Iterable[Entry], names: Mapping[UUID, str], authorities: Mapping[str, str]
) -> list[LogRow]:
    """Put entries of the log into words."""
    return [
        LogRow(
            when=uk_time(entry.at),
            who=_who(entry.actor_id, names),
            what=entry.action[0].upper() + entry.action[1:],
            where=authorities.get(entry.authority_code or "", entry.authority_code or ""),
            about="" if entry.subject_id == entry.actor_id else _named(entry.subject_id, names),
            details=", ".join(
                f"{_KEYS.get(key, key.replace('_', ' '))}: {_detail(key, value, names, authorities)}"
                for key, value in entry.details.items()
            ),
        )
        for entry in entries
    ]


def _who(actor_id: UUID | None, names: Mapping[UUID, str]) -> str:
    if actor_id is None:
        return "The service itself"
    return names.get(actor_id, "Somebody unknown")


def _named(subject_id: UUID | None, names: Mapping[UUID, str]) -> str:
    return names.get(subject_id, "") if subject_id else ""


def accounts_in(entries: Iterable[Entry]) -> frozenset[UUID]:
    """Give the accounts that entries name: who did something, to whom, and in the details."""
    found = {one for entry in entries for one in (entry.actor_id, entry.subject_id) if one}
    return frozenset(
        found | {UUID(entry.details["account"]) for entry in entries if "account" in entry.details}
    )


def _detail(key: str, value: object, names: Mapping[UUID, str], authorities: Mapping[str, str]) -> str:
    """Give what is kept as a code in the words of the pages."""
    if key == "step":
        return _step_titles().get(str(value), str(value))
    if key == "state":
        return str(value).replace("_", " ").capitalize()
    if key == "council":
        return authorities.get(str(value), str(value))
    if key == "account":
        return names.get(UUID(str(value)), "somebody unknown")
    return _word(value)


@cache
def _step_titles() -> Mapping[str, str]:
    return {
        step.id: step.title
        for path in supplied_frameworks().values()
        for step in load_once(path.read_text(encoding="utf-8")).steps
    }


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (list, tuple)):
        return ", ".join(_word(one) for one in value)
    return ROLE_NAMES.get(str(value), str(value))


def log_pages(sought: Sought, total: int) -> dict[str, object] | None:
    """Give the links between the pages of the log."""
    query = {"authority": sought.authority_code, "action": sought.action}
    kept = {name: value for name, value in query.items() if value}
    return pagination("/log", kept, sought.page, total, ENTRIES_ON_A_PAGE)


def action_choices(actions: Iterable[str]) -> list[dict[str, str]]:
    """Give the actions of the log as the choices of a field."""
    return [{"value": "", "text": "All actions"}] + [
        {"value": action, "text": action[0].upper() + action[1:]} for action in actions
    ]
