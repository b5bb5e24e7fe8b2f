"""A survey's private key: on this machine until the close, and with two custodians under a passphrase.

It lies in the data folder's ``survey-keys``, never in the database, so that no backup of the database can be
opened.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey
from nacl.secret import SecretBox

from app.web.errors import Problem

FOLDER = "survey-keys"
_FORMAT = "evidence-use-diagnostic escrow 1"
# Letters and digits that nobody confuses when reading them aloud; 30 of them are 147 bits.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_GROUPS, _GROUP = 6, 5


class KeyMissing(Problem):
    """The survey's key is not on this machine, or what lies in its place is not its key."""

    status = 409
    title = "The key is not on this machine"


class WrongEscrow(ValueError):
    """An escrow file is not one, or the passphrase does not open it, or it belongs to another survey."""


class KeyStore:
    """The private keys of the surveys that this machine closes."""

    def __init__(self, data_folder: Path) -> None:
        self.folder = data_folder / FOLDER

    def _path(self, diagnostic_id: UUID) -> Path:
        return self.folder / f"{diagnostic_id}.key"

    def make(self, diagnostic_id: UUID) -> bytes:
        """Make a survey's keys, keep the private one here, and give the public one.

        Only for a diagnostic that has no survey, whose row the caller holds: what a launch that came to
        nothing left here is overwritten.
        """
        private = PrivateKey.generate()
        self.put(diagnostic_id, bytes(private))
        return bytes(private.public_key)

    def put(self, diagnostic_id: UUID, private_key: bytes) -> None:
        """Keep a private key on this machine, readable for the service alone."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path, partial = self._path(diagnostic_id), self._path(diagnostic_id).with_suffix(".part")
        descriptor = os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(private_key)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        self._sync()

    def has(self, diagnostic_id: UUID) -> bool:
        """Say whether a key is here."""
        return self._path(diagnostic_id).is_file()

    def fits(self, diagnostic_id: UUID, public_key: bytes) -> bool:
        """Say whether the key is here that opens what was sealed to a public key."""
        try:
            self.fitting(diagnostic_id, public_key)
        except KeyMissing:
            return False
        return True

    def fitting(self, diagnostic_id: UUID, public_key: bytes) -> bytes:
        """Give a private key, once it has shown that it opens what was sealed to a public key.

        A copy of another key would lose every answer, and nobody would know before the close.

        Raises
        ------
        KeyMissing
            Where it is not on this machine, or what lies in its place is damaged or another key.
        """
        private_key = self.get(diagnostic_id)
        if not _is_key_of(private_key, public_key):
            raise KeyMissing(
                "The file in the place of this survey's key is damaged, or it is another key. Have a "
                "custodian bring the key back."
            )
        return private_key

    def get(self, diagnostic_id: UUID) -> bytes:
        """Give a private key.

        Raises
        ------
        KeyMissing
            Where it is not on this machine.
        """
        try:
            return self._path(diagnostic_id).read_bytes()
        except FileNotFoundError as error:
            raise KeyMissing(
                "The key of this survey is not on this machine. Close the survey on the machine that "
                "launched it, or have a custodian bring the key back."
            ) from error

    def destroy(self, diagnostic_id: UUID) -> None:
        """Overwrite a key and remove it."""
        path = self._path(diagnostic_id)
        if not path.is_file():
            return
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        self._sync()

    def _sync(self) -> None:
        descriptor = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def new_passphrase() -> str:
    """Make a passphrase for an escrow file, in groups that can be written down."""
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    return "-".join(groups)


def make_escrow(private_key: bytes, diagnostic_id: UUID, passphrase: str) -> bytes:
    """Write a custodian's copy of a key, which the passphrase opens."""
    salt = secrets.token_bytes(pwhash.argon2id.SALTBYTES)
    sealed = _box(passphrase, salt).encrypt(private_key)
    content = {
        "format": _FORMAT,
        "diagnostic": str(diagnostic_id),
        "public_key": base64.b64encode(bytes(PrivateKey(private_key).public_key)).decode(),
        "salt": base64.b64encode(salt).decode(),
        "sealed_key": base64.b64encode(sealed).decode(),
    }
    return (json.dumps(content, indent=2) + "\n").encode()


@dataclass(frozen=True, slots=True)
class EscrowFile:
    """What an escrow file holds, whose passphrase nobody has tried yet."""

    diagnostic: str
    salt: bytes
    sealed_key: bytes


def read_escrow(content: bytes) -> EscrowFile:
    """Read an escrow file.

    Raises
    ------
    WrongEscrow
        Where it is none.
    """
    try:
        found: dict[str, Any] = json.loads(content)
        if found["format"] != _FORMAT:
            raise KeyError("format")
        return EscrowFile(
            str(found["diagnostic"]),
            base64.b64decode(found["salt"], validate=True),
            base64.b64decode(found["sealed_key"], validate=True),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise WrongEscrow("This is not an escrow file of this service.") from error


def open_escrow(content: bytes, passphrase: str, diagnostic_id: UUID, public_key: bytes) -> bytes:
    """Give the private key that a custodian brings back.

    Raises
    ------
    WrongEscrow
        Where the file, the passphrase or the survey is not the right one; the message says which.
    """
    escrow = read_escrow(content)
    if escrow.diagnostic != str(diagnostic_id):
        raise WrongEscrow("This escrow file belongs to another survey.")
    try:
        private_key = _box(passphrase, escrow.salt).decrypt(escrow.sealed_key)
    except (CryptoError, ValueError) as error:
        raise WrongEscrow("The passphrase does not open this escrow file. Check each letter.") from error
    if not _is_key_of(private_key, public_key):
        raise WrongEscrow("The key in this file is not the key of this survey.")
    return private_key


def _is_key_of(private_key: bytes, public_key: bytes) -> bool:
    return len(private_key) == PrivateKey.SIZE and bytes(PrivateKey(private_key).public_key) == public_key


def _box(passphrase: str, salt: bytes) -> SecretBox:
    plain = "".join(passphrase.upper().split()).replace("-", "")
    key = pwhash.argon2id.kdf(
        SecretBox.KEY_SIZE,
        plain.encode(),
        salt,
        opslimit=pwhash.argon2id.OPSLIMIT_MODERATE,
        memlimit=pwhash.argon2id.MEMLIMIT_MODERATE,
    )
    return SecretBox(key)
