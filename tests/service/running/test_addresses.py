"""What is taken for an address is one to which mail can be written."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from app.mail.addresses import NoAddress, NotReachable, as_address
from app.mail.composing import compose
from app.mail.messages import Message


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Sian.O'Neil+1@Example.org", "Sian.O'Neil+1@example.org"),
        ("ann@bücher.example.org", "ann@bücher.example.org"),
        (f"{'x' * 64}@{'y' * 63}.org", f"{'x' * 64}@{'y' * 63}.org"),
    ],
    ids=["ordinary", "letters in the domain", "long"],
)
def test_what_is_taken_can_be_written_to(typed: str, kept: str) -> None:
    assert as_address(typed) == kept
    message = Message(to=kept, subject="s", text="t", kind="k")
    mail = compose(message, UUID(int=1), datetime(2027, 3, 1, tzinfo=UTC), sender="d@example.org")
    assert mail["To"].addresses[0].addr_spec.isascii()


@pytest.mark.parametrize("typed", ["", "ann", "ann@", "mailto:ann@example.org", "=?utf-8?q?x?=@example.org"])
def test_what_is_none_is_told_apart(typed: str) -> None:
    with pytest.raises(NoAddress):
        as_address(typed)


@pytest.mark.parametrize("typed", ["zoë@example.org", "ŵyn@example.org", "анна@example.org"])
def test_an_address_that_mail_servers_need_not_take_is_refused_with_the_reason(typed: str) -> None:
    with pytest.raises(NotReachable, match="letters other than a to z before the @"):
        as_address(typed)
