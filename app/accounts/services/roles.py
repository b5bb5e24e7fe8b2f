"""Who may give which role, giving and taking roles, and councils that must not be left without anybody."""

from sqlalchemy import delete

from app.accounts import messages
from app.accounts.models import Account, Grant
from app.accounts.person import IN_AN_AUTHORITY, Capability, Person, Role, can, check_can
from app.accounts.queries import count_active, find_authority
from app.accounts.services.desk import Desk
from app.accounts.services.refusals import Refused
from app.accounts.services.turns import take_turn
from app.audit.services import note
from app.web.errors import NotAllowed, NotFound

# In one authority somebody is either of these; the one includes the other.
_EXCLUDE = {Role.COMMISSIONER: Role.READER, Role.READER: Role.COMMISSIONER}
_LEADING = (Role.PROGRAMME_LEAD, Role.COMMISSIONER)


def assignable(person: Person, authority_code: str | None) -> tuple[Role, ...]:
    """Give the roles that a person may give in an authority (None: in the whole service)."""
    if authority_code is None:
        return (Role.PROGRAMME_LEAD,) if person.programme_lead else ()
    if person.programme_lead:
        return IN_AN_AUTHORITY
    if can(person, Capability.MANAGE_PEOPLE, authority_code):
        return (Role.COMMISSIONER, Role.READER)
    return ()


def check_may_assign(person: Person, role: Role, authority_code: str | None) -> None:
    """Stop a person who may not give or take a role.

    Raises
    ------
    NotFound
        Where the person may not know of the authority.
    NotAllowed
        Where the role is not theirs to give.
    """
    check_can(
        person,
        Capability.MANAGE_SERVICE if authority_code is None else Capability.MANAGE_PEOPLE,
        authority_code,
    )
    if role not in assignable(person, authority_code):
        raise NotAllowed("Only a programme lead gives or takes this role.")


def authority_named(desk: Desk, authority_code: str | None) -> str:
    """Give the name of the authority; nothing for the whole service.

    Raises
    ------
    NotFound
        Where there is no such authority.
    """
    if authority_code is None:
        return ""
    name = find_authority(desk.session, authority_code)
    if name is None:
        raise NotFound
    return name


def has_role(account: Account, role: Role, authority_code: str | None) -> bool:
    """Say whether an account has a role."""
    return any(one.role == role and one.authority_code == authority_code for one in account.grants)


def is_active(account: Account) -> bool:
    """Say whether somebody can use an account."""
    return account.joined_at is not None and account.disabled_at is None and account.closed_at is None


def give_role(
    desk: Desk, actor: Person, account: Account, role: Role, authority_code: str | None, *, tell: bool = True
) -> None:
    """Give somebody a role, and tell them.

    Raises
    ------
    Refused
        Where they have it, or where their council would be left without a commissioner.
    """
    check_may_assign(actor, role, authority_code)
    place = authority_named(desk, authority_code)
    if account.closed_at is not None:
        raise NotFound
    if has_role(account, role, authority_code):
        raise Refused(f"{account.name} is {messages.place_words(role, place)} already.")
    other = _EXCLUDE.get(role)
    if other is not None and has_role(account, other, authority_code):
        _check_stays_led(desk, account, other, authority_code, place)
        _drop(desk, account, other, authority_code)
    desk.session.add(Grant(account_id=account.id, role=role, authority_code=authority_code))
    note(
        desk.session,
        "role given",
        actor.id,
        authority_code=authority_code,
        subject_id=account.id,
        role=role.value,
    )
    if tell and account.joined_at is not None:
        desk.post(
            messages.role_given(account.email or "", account.name, role, place, desk.address("/sign-in"))
        )


def take_role(desk: Desk, actor: Person, account: Account, role: Role, authority_code: str | None) -> None:
    """Take a role from somebody, and tell them.

    Raises
    ------
    Refused
        Where nobody else has it and somebody must.
    """
    check_may_assign(actor, role, authority_code)
    place = authority_named(desk, authority_code)
    if not has_role(account, role, authority_code):
        raise NotFound
    _check_stays_led(desk, account, role, authority_code, place)
    _drop(desk, account, role, authority_code)
    note(
        desk.session,
        "role taken",
        actor.id,
        authority_code=authority_code,
        subject_id=account.id,
        role=role.value,
    )
    if account.joined_at is not None:
        desk.post(messages.role_taken(account.email or "", account.name, role, place))


def why_last(desk: Desk, account: Account, role: Role, authority_code: str | None, place: str) -> str:
    """Say why somebody cannot lose a role: nobody else has it. Nothing where they can."""
    if role not in _LEADING or not is_active(account):
        return ""
    if count_active(desk.session, role, authority_code, but=account.id):
        return ""
    if role == Role.PROGRAMME_LEAD:
        return f"{account.name} is the only programme lead. Make somebody else a programme lead first."
    return (
        f"{account.name} is the only commissioner of {place}. Make somebody else a commissioner there first. "
        "A person who was invited counts once they have joined."
    )


def why_needed(desk: Desk, account: Account) -> str:
    """Say why an account cannot go: somewhere it is the last that leads. Nothing where it can."""
    for grant in account.grants:
        place = authority_named(desk, grant.authority_code)
        if reason := why_last(desk, account, Role(grant.role), grant.authority_code, place):
            return reason
    return ""


def check_not_needed(desk: Desk, account: Account) -> None:
    """Stop an account from going where it is the last that leads.

    Raises
    ------
    Refused
        Saying where.
    """
    for grant in account.grants:
        place = authority_named(desk, grant.authority_code)
        _check_stays_led(desk, account, Role(grant.role), grant.authority_code, place)


def _check_stays_led(
    desk: Desk, account: Account, role: Role, authority_code: str | None, place: str
) -> None:
    # Two who take each other's role at the same time must not both succeed.
    take_turn(desk.session, desk.secrets.digest("leading", f"{role}:{authority_code}"))
    if reason := why_last(desk, account, role, authority_code, place):
        raise Refused(reason)


def _drop(desk: Desk, account: Account, role: Role, authority_code: str | None) -> None:
    place = (
        Grant.authority_code.is_(None) if authority_code is None else Grant.authority_code == authority_code
    )
    desk.session.execute(delete(Grant).where(Grant.account_id == account.id, Grant.role == role, place))
