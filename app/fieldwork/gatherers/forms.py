"""What the page of who gathers may send."""

from typing import Annotated
from uuid import UUID

from app.web.forms import Form, Says


class GathererForm(Form):
    """Somebody to gather as well."""

    account: Annotated[UUID, Says("Choose who else gathers", wrong="Choose somebody from the list")]
