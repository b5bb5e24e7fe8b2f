"""What the page of files may send beside the file itself."""

from typing import Annotated

from pydantic import Field

from app.fieldwork.files.naming import LONGEST_NAME
from app.web.forms import Form, Says


class FileForm(Form):
    """Another name for the file, and whether its name is confirmed to be nobody's."""

    name: Annotated[
        str,
        Field(max_length=LONGEST_NAME),
        Says("Enter a name", too_long=f"The name must be {LONGEST_NAME} characters or fewer"),
    ] = ""
    harmless: Annotated[str, Says("Confirm")] = ""
