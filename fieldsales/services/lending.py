"""The lock of a laptop that is in somebody else's hands: a password, kept as a salted hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Self

LEAST = 4  # characters: it keeps a guest from the file for minutes, not a thief for years
_COST = {"n": 2**14, "r": 8, "p": 1}  # 16 MB and some 50 ms a try


@dataclass(frozen=True, slots=True)
class Lock:
    """What opens again by one password; both parts are hexadecimal."""

    salt: str
    digest: str

    @classmethod
    def of(cls, password: str) -> Self:
        salt = secrets.token_hex(16)
        return cls(salt, _digest(password, salt))

    def opens(self, password: str) -> bool:
        """Whether this is the password; never where the lock is damaged."""
        try:
            return hmac.compare_digest(self.digest, _digest(password, self.salt))
        except (ValueError, TypeError):
            return False


def _digest(password: str, salt: str) -> str:
    secret = password.encode("utf-8", "surrogatepass")
    return hashlib.scrypt(secret, salt=bytes.fromhex(salt), **_COST).hex()
