"""One way to a page of the service, and what addresses begin with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

Step = Callable[["Page", str], None]
NOBODY = ""
EMPTIED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a page.

    A page on which something is typed, chosen or ticked says so: its forms are also sent with everything
    emptied but what ``typed`` tells, and must then say what is wrong.
    """

    address: str
    who: str = "petra"
    before: Step | None = None
    then: Step | None = None
    status: int = 200
    typed: Mapping[str, str] | None = None
    # In a window of its own, which is left behind afterwards; or in the last such window.
    alone: bool = False
    goes_on: bool = False
    # A document of its own, without the service around it: a brief.
    document: bool = False


D, A = "/diagnostics/{diagnostic_id}", "/authorities/{authority_code}"
DRAFT, EMPTY, OPEN, CLOSED = (f"/diagnostics/{{{name}}}" for name in ("draft", "empty", "open", "closed"))
# Two closed waves of one council, with their profiles.
FIRST, SECOND = "/diagnostics/{first}", "/diagnostics/{second_wave}"
FEW, ALONE, WAITING = "/diagnostics/{few}", "/diagnostics/{alone}", "/diagnostics/{waiting}"
HERE = "/authorities/{here}"
LONG = "x" * 5000
