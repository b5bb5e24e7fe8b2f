"""Making the first account, from which all others are invited.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.starting import bring_up_to_date, opened, read_settings, writing
from app.console import FAULTY, complain, say, stop

if TYPE_CHECKING:
    from app.database.session import Database
    from app.settings import Settings

_SERVED = "Stop it first, or invite the person on the page “People”."


class RoleName(StrEnum):
    """The roles, as they are typed on a command line."""

    PROGRAMME_LEAD = "programme-lead"
    PDM = "pdm"
    COMMISSIONER = "commissioner"
    READER = "reader"


def create_user(
    email: Annotated[str, typer.Option(help="The address with which the person will sign in.")],
    name: Annotated[str, typer.Option(help="The person’s name.")],
    role: Annotated[RoleName, typer.Option(help="What the person will be.")] = RoleName.PROGRAMME_LEAD,
    council: Annotated[
        str, typer.Option(metavar="CODE", help="The council’s code; for every role but programme-lead.")
    ] = "",
) -> None:
    """Make an account and print the link with which its owner joins. The first account is made like this.

    Ends with 0 when the account is made, with 1 when the database cannot be used, and with 2 when what was
    given cannot be.
    """
    settings = read_settings()
    address = _checked(email, name, role, council)
    with writing(settings, "create-user", _SERVED), opened(settings) as database:
        bring_up_to_date(database, migrating=settings.embedded)
        link = _create(settings, database, name.strip(), address, role, council)
    say(f"{name.strip()} can join with this link. It works once, for seven days:\n\n  {link}\n")
    if settings.base_url.startswith("http://"):
        complain("The link begins with BASE_URL. Set that to the address that people type.")


def _checked(email: str, name: str, role: RoleName, council: str) -> str:
    from app.accounts.forms import as_email

    if not name.strip() or len(name.strip()) > 120:
        stop("Give --name the person’s name, in 120 characters at most.", FAULTY)
    if (role is RoleName.PROGRAMME_LEAD) == bool(council):
        stop(
            "A programme lead belongs to no council: leave --council out."
            if council
            else f"Give --council the code of the council in which the person will be {role.value}.",
            FAULTY,
        )
    try:
        return as_email(email)
    except ValueError as error:
        stop(f"--email: {error}.", FAULTY)


def _create(
    settings: "Settings", database: "Database", name: str, email: str, role: RoleName, council: str
) -> str:
    import app.rooms  # noqa: F401 - tables that point at each other must all be known
    from app.accounts.person import Role
    from app.accounts.services.desk import Desk
    from app.accounts.services.opening import create_first_account
    from app.accounts.services.refusals import Refused
    from app.commissioning.queries import find_authority
    from app.web.secrets import load_secrets

    with database.transaction() as session:
        if council and find_authority(session, council) is None:
            stop(
                f"There is no council with the code “{council}”. The codes are on the page “Councils”.",
                FAULTY,
            )
        try:
            return create_first_account(
                Desk(session, load_secrets(settings), settings),
                name,
                email,
                Role(role.value.replace("-", "_")),
                council or None,
            )
        except Refused as refused:
            stop(f"{refused.message} Sign in with it, or use another address.", FAULTY)
