"""Accounts, what each may do where, and how they sign in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.database.base import Base, Identified
from app.web.dates import now


class Account(Identified, Base):
    """A person who signs in.

    An account that is closed keeps its id, for the log, and a pseudonym; name, address and keys are gone.
    """

    __tablename__ = "accounts"

    name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_step: Mapped[int | None]
    oidc_subject: Mapped[str | None] = mapped_column(String(255), unique=True)
    created_at: Mapped[datetime] = mapped_column(default=now)
    joined_at: Mapped[datetime | None]
    last_signed_in_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]

    grants: Mapped[list["Grant"]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="raise", passive_deletes=True
    )


class Grant(Identified, Base):
    """A role that an account has: of the whole service, or in one authority."""

    __tablename__ = "grants"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "authority_code"),
        CheckConstraint("(role = 'programme_lead') = (authority_code IS NULL)", name="place"),
        Index(None, "authority_code"),
        # The constraint above does not see that two rows without an authority are the same.
        Index(
            "uq_grants_of_the_service",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("authority_code IS NULL"),
            postgresql_where=text("authority_code IS NULL"),
        ),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(20))
    authority_code: Mapped[str | None] = mapped_column(
        String(16), ForeignKey("authorities.code", ondelete="CASCADE")
    )
    granted_at: Mapped[datetime] = mapped_column(default=now)

    account: Mapped[Account] = relationship(back_populates="grants", lazy="raise")


class SignedInSession(Identified, Base):
    """A browser in which somebody is signed in. The row goes when that ends; the token is kept as a hash.

    ``device`` is what its owner knows it by, such as "Firefox on Windows", and no more of what browsers tell.
    """

    __tablename__ = "sessions"
    __table_args__ = (Index(None, "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device: Mapped[str] = mapped_column(String(80), default="")
    started_at: Mapped[datetime] = mapped_column(default=now)
    seen_at: Mapped[datetime] = mapped_column(default=now)


class AccountLink(Identified, Base):
    """A link that was mailed: to join, or to choose a new password. It works once, and for a time."""

    __tablename__ = "account_links"
    __table_args__ = (Index(None, "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(20))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    expires_at: Mapped[datetime]
    created_at: Mapped[datetime] = mapped_column(default=now)


class RecoveryCode(Identified, Base):
    """A code that stands in once for the app that shows codes. The row goes when it is used."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index(None, "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class FailedAttempt(Identified, Base):
    """An attempt to sign in that did not succeed (yet).

    It is counted by a keyed hash: of the address typed, of the account whose code was asked for, or of where
    it came from.
    """

    __tablename__ = "failed_attempts"
    __table_args__ = (Index(None, "subject", "at"),)

    subject: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime] = mapped_column(default=now)
