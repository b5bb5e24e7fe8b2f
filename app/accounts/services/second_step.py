"""The second step of signing in: codes of an app that change every 30 seconds, and recovery codes."""

import secrets as random
from uuid import UUID

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account, RecoveryCode
from app.web.dates import now
from app.web.secrets import Secrets

_SEALED_AS = "totp"
_RECOVERY = "recovery code"
# Without letters and digits that look alike.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODES, _GROUPS, _IN_A_GROUP = 10, 3, 4
# A telephone's clock may be off by this many steps of 30 seconds.
_STEPS_OFF = 1


def new_secret() -> str:
    """Make the secret that an app is given."""
    return pyotp.random_base32()


def app_address(secret: str, email: str, product: str) -> str:
    """Give the address that the QR code holds."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=product)


def fitting_step(secret: str, typed: str) -> int | None:
    """Give the 30 seconds to which a code belongs: these, the ones before or the next. None: to none."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(
            "".join(typed.split()), for_time=now(), valid_window=_STEPS_OFF
        )
    except OTPVerificationError:
        return None


def keep_secret(session: Session, secrets: Secrets, account_id: UUID, secret: str, step: int) -> None:
    """Take an app into use; the code that proved it does not work again."""
    session.execute(
        update(Account)
        .where(Account.id == account_id)
        .values(totp_sealed=secrets.seal(_SEALED_AS, secret), totp_confirmed_at=now(), totp_last_step=step)
    )


def accept_code(session: Session, secrets: Secrets, account: Account, typed: str) -> bool:
    """Say whether a code is right, and use it up: no code works twice, nor an older one after it."""
    if account.totp_sealed is None:
        return False
    step = fitting_step(secrets.open(_SEALED_AS, account.totp_sealed), typed)
    if step is None:
        return False
    newer = or_(Account.totp_last_step.is_(None), Account.totp_last_step < step)
    used = update(Account).where(Account.id == account.id, newer).values(totp_last_step=step)
    return session.scalars(used.returning(Account.id)).one_or_none() is not None


def make_recovery_codes(session: Session, secrets: Secrets, account_id: UUID) -> tuple[str, ...]:
    """Make new recovery codes in place of all earlier ones. They are shown once; hashes of them are kept."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = tuple(_recovery_code() for _ in range(CODES))
    session.add_all(
        RecoveryCode(account_id=account_id, code_hash=_hashed(secrets, account_id, code)) for code in codes
    )
    return codes


def accept_recovery_code(session: Session, secrets: Secrets, account_id: UUID, typed: str) -> bool:
    """Say whether a recovery code is right, and use it up."""
    used = delete(RecoveryCode).where(
        RecoveryCode.account_id == account_id,
        RecoveryCode.code_hash == _hashed(secrets, account_id, typed),
    )
    return session.scalars(used.returning(RecoveryCode.id)).first() is not None


def count_recovery_codes(session: Session, account_id: UUID) -> int:
    """Say how many recovery codes are left."""
    query = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account_id)
    return session.scalars(query).one()


def _recovery_code() -> str:
    groups = ("".join(random.choice(_LETTERS) for _ in range(_IN_A_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def _hashed(secrets: Secrets, account_id: UUID, code: str) -> bytes:
    bare = "".join(letter for letter in code.upper() if letter.isalnum())
    return secrets.digest(_RECOVERY, f"{account_id}:{bare}")
