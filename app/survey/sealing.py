"""Packing answers so that neither size nor order tells anything, and sealing them for the close."""

import json
import secrets
from dataclasses import dataclass, field

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

# Two comments of 1,000 characters (4 bytes each at most, twice that where JSON escapes them) and all answers
# fit.
PADDED = 12 * 1024
LONGEST_COMMENT = 1000
_LENGTH_BYTES = 4


class CannotUnseal(ValueError):
    """A box cannot be opened with this key, or what is in it is no set of answers."""


@dataclass(frozen=True, slots=True)
class Given:
    """What one person has answered, so far or finally.

    ``role_group`` and ``service_area`` are ids, "" for prefer not to say, and None where not asked yet.
    ``answers`` goes by question code: the value on the scale, or None for "don't know or not my role".
    ``needs`` are the ticked choices, None where the page was not reached. ``comments`` goes by question code.
    """

    role_group: str | None = None
    service_area: str | None = None
    answers: dict[str, int | None] = field(default_factory=dict)
    needs: tuple[str, ...] | None = None
    comments: dict[str, str] = field(default_factory=dict)

    def packed(self) -> bytes:
        """Give the answers as bytes, always equally many."""
        given = {name: getattr(self, name) for name in self.__slots__}
        content = json.dumps(given, ensure_ascii=False, separators=(",", ":")).encode()
        if len(content) > PADDED - _LENGTH_BYTES:
            raise ValueError("the answers are longer than any that the form takes")
        filled = len(content).to_bytes(_LENGTH_BYTES, "big") + content
        return filled + bytes(PADDED - len(filled))

    @classmethod
    def unpacked(cls, content: bytes) -> "Given":
        """Give back the answers.

        Raises
        ------
        CannotUnseal
            Where these are no answers.
        """
        length = int.from_bytes(content[:_LENGTH_BYTES], "big")
        try:
            found = json.loads(content[_LENGTH_BYTES : _LENGTH_BYTES + length])
            needs = found["needs"]
            return cls(
                role_group=found["role_group"],
                service_area=found["service_area"],
                answers=dict(found["answers"]),
                needs=None if needs is None else tuple(needs),
                comments=dict(found["comments"]),
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CannotUnseal("What was in the box is no set of answers.") from error


def random_id() -> bytes:
    """Give the key of a row that must not tell when it came."""
    return secrets.token_bytes(16)


def seal(given: Given, public_key: bytes) -> bytes:
    """Seal answers to a survey's public key."""
    return bytes(SealedBox(PublicKey(public_key)).encrypt(given.packed()))


def unseal(sealed: bytes, private_key: bytes) -> Given:
    """Open what was sealed.

    Raises
    ------
    CannotUnseal
        Where the key is another one, or the box was changed.
    """
    try:
        return Given.unpacked(SealedBox(PrivateKey(private_key)).decrypt(sealed))
    except CryptoError as error:
        raise CannotUnseal("This key does not open the box.") from error


def keep_draft(given: Given, box: SecretBox) -> bytes:
    """Encrypt a draft."""
    return bytes(box.encrypt(given.packed()))


def take_draft(sealed: bytes, box: SecretBox) -> Given:
    """Decrypt a draft.

    Raises
    ------
    CannotUnseal
        Where it was kept under another token, or was changed.
    """
    try:
        return Given.unpacked(box.decrypt(sealed))
    except CryptoError as error:
        raise CannotUnseal("This token does not open the draft.") from error
