"""What can go wrong with a request, each with its status and its words. A wrong form is not among them.

Raising undoes the request's transaction; the page of the error is made in `app.main`.
"""

from typing import ClassVar


class Problem(Exception):
    """Something that the person who asked can be told."""

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Sorry, there is a problem with the service"

    def __init__(self, message: str = "") -> None:
        super().__init__(message)
        self.message = message


class Malformed(Problem):
    """What came is no request that a browser of ours would send."""

    status = 400
    title = "We could not read what was sent"


class NotFound(Problem):
    """There is no such thing, or none that this person may know of."""

    status = 404
    title = "Page not found"


class NotAllowed(Problem):
    """This person may see it, but not do this."""

    status = 403
    title = "You cannot do this"


class SignInNeeded(Problem):
    """Nobody is signed in."""

    status = 401
    title = "Sign in to continue"


class FormExpired(Problem):
    """The form's token does not fit: it is too old, or it came from somewhere else."""

    status = 403
    title = "We could not accept this form"


class Conflict(Problem):
    """The thing is not, or no longer, in a state that allows this."""

    status = 409
    title = "You cannot do this now"


class Changed(Conflict):
    """Somebody else was faster."""

    title = "This has changed"


class Gone(Problem):
    """A link that worked once, or for a time."""

    status = 410
    title = "This link no longer works"


class Deleted(Gone):
    """What was there was deleted when its time was up."""

    title = "This has been deleted"


class TooLarge(Problem):
    """More was sent than is taken."""

    status = 413
    title = "The file is too large"


class TooMuchText(TooLarge):
    """More was typed than any form takes."""

    title = "This is too long to keep"

    def __init__(self) -> None:
        super().__init__(
            "Nothing from this page was kept. Go back, shorten what you wrote and send it again."
        )


class TooMany(Problem):
    """Too many tries."""

    status = 429
    title = "Wait before you try again"
