"""What can be set from outside, read once from the environment; README's table is made from this."""

import re
from email.utils import getaddresses
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LEAST_SECRET = 32
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def _without_slash(address: str) -> str:
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("write the address that people type, such as https://diagnostic.example.org")
    return address.rstrip("/")


class Settings(BaseSettings):
    """The settings of the service. Each is an environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    data_folder: Annotated[
        Path,
        Field(
            description="Where the embedded database, the mail of the file mailer, attached files and keys "
            "are kept."
        ),
    ] = Path("data")
    database_url: Annotated[
        str,
        Field(
            description="A PostgreSQL address, postgresql://user:password@host/name. Empty: SQLite, embedded."
        ),
    ] = ""
    base_url: Annotated[
        str,
        AfterValidator(_without_slash),
        Field(description="The address that people type. Links in mail begin with it."),
    ] = "http://localhost:8000"
    more_hosts: Annotated[
        str, Field(description="Other host names that the service answers to, with commas between them.")
    ] = ""
    secret_key: Annotated[
        SecretStr,
        Field(
            description="At least 32 random characters; signs forms and seals secrets. Empty: "
            "made once and kept in the data folder. Set it when several machines serve together."
        ),
    ] = SecretStr("")
    trusted_proxies: Annotated[
        str, Field(description="Addresses or networks of proxies whose word on a visitor’s address is taken.")
    ] = "127.0.0.1"
    operator: Annotated[
        str, Field(description="The organisation that runs the service, for notices and the privacy page.")
    ] = ""
    support_email: Annotated[str, Field(description="Where people write for help. Empty: none is shown.")] = (
        ""
    )
    mail: Annotated[
        Literal["file", "console", "smtp"],
        Field(description="How mail leaves: into files in the data folder, onto the console, or by SMTP."),
    ] = "file"
    mail_from: Annotated[str, Field(description="The sender of all mail.")] = "diagnostic@localhost"
    smtp_host: Annotated[str, Field(description="The SMTP server.")] = "localhost"
    smtp_port: Annotated[int, Field(description="Its port.", ge=1, le=65535)] = 587
    smtp_security: Annotated[
        Literal["starttls", "tls", "none"], Field(description="How the connection to it is protected.")
    ] = "starttls"
    smtp_user: Annotated[str, Field(description="The user name there, if it asks for one.")] = ""
    smtp_password: Annotated[SecretStr, Field(description="The password there.")] = SecretStr("")
    invitations_a_minute: Annotated[
        int,
        Field(description="The most survey invitations and reminders that leave in a minute.", ge=1, le=6000),
    ] = 120
    oidc_issuer: Annotated[
        str,
        Field(
            description="The issuer for single sign-on, such as "
            "https://login.microsoftonline.com/TENANT/v2.0. Empty: no single sign-on."
        ),
    ] = ""
    oidc_client_id: Annotated[str, Field(description="The client id that the issuer gave.")] = ""
    oidc_client_secret: Annotated[SecretStr, Field(description="The client secret that it gave.")] = (
        SecretStr("")
    )
    oidc_name: Annotated[str, Field(description="What the sign-in button calls it.")] = (
        "your Microsoft account"
    )
    upload_megabytes: Annotated[
        int, Field(description="The largest file that people may upload.", ge=1, le=200)
    ] = 20
    log_format: Annotated[
        Literal["plain", "json"], Field(description="Log lines for people or for programs.")
    ] = "plain"
    demo: Annotated[
        bool, Field(description="Marks every page as a demonstration with invented councils.")
    ] = False

    @field_validator("secret_key")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < LEAST_SECRET:
            raise ValueError(f"write at least {LEAST_SECRET} random characters, or leave it empty")
        return value

    @field_validator("mail_from")
    @classmethod
    def _one_sender(cls, value: str) -> str:
        found = getaddresses([value])
        if len(found) != 1 or not re.fullmatch(r"[^@\s]+@[^@\s]+", found[0][1]) or not value.isprintable():
            raise ValueError("write one email address, such as Diagnostic <diagnostic@example.org>")
        return value

    @field_validator("database_url")
    @classmethod
    def _known_engine(cls, value: str) -> str:
        # Hosting platforms hand out the short form, which SQLAlchemy does not know.
        if value.startswith("postgres://"):
            value = "postgresql://" + value.removeprefix("postgres://")
        if value and not value.startswith(("postgresql://", "sqlite:///")):
            raise ValueError("begin it with postgresql://, or leave it empty for the embedded database")
        return value

    @model_validator(mode="after")
    def _single_sign_on_is_complete(self) -> Self:
        if bool(self.oidc_issuer) != bool(self.oidc_client_id):
            raise ValueError("set OIDC_ISSUER and OIDC_CLIENT_ID together, or neither")
        return self

    @model_validator(mode="after")
    def _password_stays_secret(self) -> Self:
        if self.smtp_user and self.smtp_security == "none" and self.smtp_host not in _THIS_MACHINE:
            raise ValueError(
                "SMTP_SECURITY=none would send SMTP_PASSWORD where others can read it; use starttls or tls"
            )
        return self

    @property
    def address(self) -> str:
        """The database's address; the embedded one lies in the data folder."""
        return self.database_url or f"sqlite:///{self.data_folder.resolve() / 'diagnostic.db'}"

    @property
    def embedded(self) -> bool:
        """Whether the database is a file of ours."""
        return self.address.startswith("sqlite")

    @property
    def secure(self) -> bool:
        """Whether people reach the service over HTTPS."""
        return self.base_url.startswith("https://")

    @cached_property
    def hosts(self) -> tuple[str, ...]:
        """The host names that the service answers to."""
        own = urlsplit(self.base_url).hostname or ""
        return tuple(
            dict.fromkeys([own, *(name.strip() for name in self.more_hosts.split(",") if name.strip())])
        )
