"""What the mail server would not take for now, and when it is asked again.

It is kept in memory only: after a restart everything is tried once more, which does no harm.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.mail.sending import WAITS

# A server that is down is asked again after a quarter of an hour at the latest, since all the others wait.
_SERVER_WAITS = WAITS[:3]
# A server that puts off so many addresses at once would put off the others too.
MOST_PUT_OFF = 200


@dataclass(slots=True)
class _Refused:
    """How often something was refused, and when it is tried again."""

    times: int
    until: datetime


class Patience:
    """Remembers what is to be left alone for a while, so that no round tries it again and again."""

    def __init__(self) -> None:
        self._server: _Refused | None = None
        self._addresses: dict[UUID, _Refused] = {}

    def rests(self, moment: datetime) -> bool:
        """Say whether nothing is to be sent for now."""
        server_rests = self._server is not None and moment < self._server.until
        return server_rests or len(self.put_off(moment)) >= MOST_PUT_OFF

    def put_off(self, moment: datetime) -> tuple[UUID, ...]:
        """Give the addresses that are to be left alone for now."""
        return tuple(address for address, refused in self._addresses.items() if moment < refused.until)

    def server_failed(self, moment: datetime) -> None:
        """Note that no message leaves at all."""
        times = 1 if self._server is None else self._server.times + 1
        wait = _SERVER_WAITS[min(times, len(_SERVER_WAITS)) - 1]
        self._server = _Refused(times, moment + wait)

    def refused(self, address: UUID, moment: datetime) -> bool:
        """Note that an address was refused for now; say whether it is worth trying again."""
        # Whoever refuses one message has answered.
        self._server = None
        before = self._addresses.pop(address, None)
        times = 1 if before is None else before.times + 1
        if times > len(WAITS):
            return False
        self._addresses[address] = _Refused(times, moment + WAITS[times - 1])
        return True

    def settled(self, address: UUID) -> None:
        """Note that an address needs no more patience: its message left, or never will."""
        self._server = None
        self._addresses.pop(address, None)
