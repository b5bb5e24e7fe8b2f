"""What the page of a brief's readers may send."""

from typing import Annotated

from pydantic import Field

from app.web.forms import Form, Says

YES, NO = "yes", "no"


class ShareForm(Form):
    """The council to share with."""

    council: Annotated[str, Field(min_length=1, max_length=16), Says("Choose the council to share with")]


class PublicForm(Form):
    """Whether everybody may read the page."""

    public: Annotated[str, Field(pattern=f"^({YES}|{NO})$"), Says("Choose whether everybody may read it")]
