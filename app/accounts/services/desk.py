"""What a change to accounts needs beside the database: mail, sealed secrets, and our own address."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from app.database.session import SessionDep
from app.mail.messages import Message
from app.mail.services import post
from app.settings import Settings
from app.web.secrets import Secrets


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction, and what is used in it."""

    session: Session
    secrets: Secrets
    settings: Settings

    def post(self, message: Message | None) -> None:
        """Have a message sent once all is kept; whoever has no address gets none."""
        if message is not None and message.to:
            post(self.session, self.secrets, message)

    def address(self, path: str) -> str:
        """Give the full address of a page. It comes from the settings: a request may name any host."""
        return f"{self.settings.base_url}{path}"


def desk(request: Request, session: SessionDep) -> Desk:
    """Give the desk of a request."""
    return Desk(session, request.app.state.secrets, request.app.state.settings)


DeskDep = Annotated[Desk, Depends(desk, scope="function")]
