"""The service's own secret, and what is made from it: signed words and sealed ones."""

import os
import secrets
from dataclasses import dataclass
from hashlib import blake2b

from itsdangerous import BadSignature, URLSafeTimedSerializer
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox

from app.settings import Settings

_FILE = "secret-key"


class UnreadableSecret(RuntimeError):
    """Something was sealed under another secret key."""


@dataclass(frozen=True, slots=True)
class Secrets:
    """Signs what travels through a browser and seals what lies in the database."""

    key: str

    def sign(self, purpose: str, value: str) -> str:
        """Sign a value for one purpose."""
        return URLSafeTimedSerializer(self.key, salt=purpose).dumps(value)

    def signed(self, purpose: str, text: str, seconds: int) -> str | None:
        """Give back the signed value, or None where it was not signed here, for this, so recently."""
        try:
            value = URLSafeTimedSerializer(self.key, salt=purpose).loads(text, max_age=seconds)
        except BadSignature:
            return None
        return value if isinstance(value, str) else None

    def seal(self, purpose: str, text: str) -> bytes:
        """Encrypt a text for one purpose."""
        return bytes(self._box(purpose).encrypt(text.encode()))

    def open(self, purpose: str, sealed: bytes) -> str:
        """Decrypt a sealed text.

        Raises
        ------
        UnreadableSecret
            Where it was sealed under another key, or for another purpose, or was changed.
        """
        try:
            return self._box(purpose).decrypt(sealed).decode()
        except CryptoError as error:
            raise UnreadableSecret("SECRET_KEY is not the one under which this was sealed.") from error

    def digest(self, purpose: str, text: str) -> bytes:
        """Give 32 bytes that stand for a text, for one purpose; nobody without the key can try texts out."""
        return blake2b(text.encode(), digest_size=32, key=self._key(purpose)).digest()

    def _box(self, purpose: str) -> SecretBox:
        return SecretBox(self._key(purpose))

    def _key(self, purpose: str) -> bytes:
        return blake2b(self.key.encode(), digest_size=32, person=purpose.encode()[:16]).digest()


def load_secrets(settings: Settings) -> Secrets:
    """Take the secret key from the settings, or from the data folder, where it is made the first time."""
    given = settings.secret_key.get_secret_value()
    if given:
        return Secrets(given)
    path = settings.data_folder / _FILE
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return Secrets(path.read_text(encoding="ascii"))
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(key := secrets.token_urlsafe(48))
    return Secrets(key)
