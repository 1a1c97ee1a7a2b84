"""The order history of a project, encrypted with a passphrase: scrypt (RFC 7914) and AES-256-GCM (NIST SP 800-38D).

`cryptography` does the encryption; it is an optional dependency. Without it, a project with an encrypted history opens,
and its history stays closed.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

from lib.card.bounds import Text, Within
from lib.errors import UserError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

SUFFIX = ".aes"
MIN_PASSPHRASE = 12
"""Characters: shorter ones can be guessed from a file that was copied."""
MAX_PASSPHRASE = 1_000

_BLOCK = 8
_MEMORY = 256 * 2**20
"""Of scrypt, at most: 128 · cost · block size is 128 MiB at the highest cost that is accepted."""
_KEY_BYTES = 32
_SALT_BYTES = 16
_NONCE_BYTES = 12
OVERHEAD_BYTES = _NONCE_BYTES + 16
"""By which an encrypted entry is longer: the nonce and the tag."""


@dataclass(frozen=True)
class Encryption:
    """How the history was encrypted. The cost is bounded, so that a file can't ask for more."""

    salt: Annotated[str, Text(32, r"[0-9a-f]{32}")]
    cost: Annotated[int, Within(2**14, 2**17)] = 2**17
    """scrypt's N, a power of two; its r is 8 and its p is 1."""


@dataclass(frozen=True)
class LockedHistory:
    """An encrypted history that waits for its passphrase."""

    encryption: Encryption
    entries: Mapping[str, bytes] = field(repr=False)
    """Name of the entry, without suffix → its encrypted bytes."""
    pseudonymised: bool
    currency: str


def available() -> bool:
    """Whether the library for encryption is installed."""
    return find_spec("cryptography") is not None


def new_encryption() -> Encryption:
    """Parameters for a new file, with a random salt."""
    return Encryption(secrets.token_hex(_SALT_BYTES))


def encrypted(entries: Mapping[str, bytes], encryption: Encryption, passphrase: str) -> Mapping[str, bytes]:
    """The entries of a history, encrypted: name + `SUFFIX` → bytes. Raises UserError for a short passphrase."""
    if len(passphrase) < MIN_PASSPHRASE:
        raise UserError("project.short_passphrase", needed=MIN_PASSPHRASE)
    key = _key(encryption, passphrase)
    made = {}
    for name, data in entries.items():
        nonce = secrets.token_bytes(_NONCE_BYTES)
        made[name + SUFFIX] = nonce + _cipher(key).encrypt(nonce, data, _context(name))
    return made


def decrypted(locked: LockedHistory, passphrase: str) -> Mapping[str, bytes]:
    """The entries of a history: name → bytes.

    Raises UserError where the passphrase is wrong, the file was changed, or the library is missing.
    """
    wrong = UserError("project.wrong_passphrase")
    if not passphrase or len(passphrase) > MAX_PASSPHRASE:
        raise wrong
    key = _key(locked.encryption, passphrase)
    cipher = _cipher(key)
    from cryptography.exceptions import InvalidTag

    made = {}
    for name, data in locked.entries.items():
        if len(data) < OVERHEAD_BYTES:
            raise wrong
        try:
            made[name] = cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], _context(name))
        except InvalidTag:
            raise wrong from None
    return made


def _key(encryption: Encryption, passphrase: str) -> bytes:
    return hashlib.scrypt(
        passphrase.encode("utf-8", "surrogatepass"),
        salt=bytes.fromhex(encryption.salt),
        n=encryption.cost,
        r=_BLOCK,
        p=1,
        maxmem=_MEMORY,
        dklen=_KEY_BYTES,
    )


def _cipher(key: bytes) -> AESGCM:
    if not available():
        raise UserError("project.no_encryption")
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(key)


def _context(name: str) -> bytes:
    """What is authenticated beside the content, so that two entries can't be swapped."""
    return f"brine project {name}".encode()
