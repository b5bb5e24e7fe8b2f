"""What a service will not do. Raised before anything is written; a page can say it beside its form."""

from app.web.errors import Conflict


class Refused(Conflict):
    """What was asked for is not possible as things stand; the message says what to do first."""

    title = "This is not possible yet"
