"""Ciphertext inside events, and the wrapping of data keys: XChaCha20-Poly1305 (libsodium)."""

from __future__ import annotations

import base64
import secrets

KEY_BYTES = 32
_NONCE_BYTES = 24


def new_key() -> bytes:
    """A random key."""
    return secrets.token_bytes(KEY_BYTES)


def seal(plain: str, key: bytes, context: bytes) -> str:
    """Encrypt text; the result (base64 of nonce and ciphertext) opens only with `key` and the same `context`."""
    return base64.b64encode(seal_bytes(plain.encode(), key, context)).decode("ascii")


def unseal(box: str, key: bytes, context: bytes) -> str | None:
    """The text, or None where key, context or ciphertext are not those of `seal`."""
    try:
        raw = base64.b64decode(box, validate=True)
    except ValueError:
        return None
    plain = unseal_bytes(raw, key, context)
    return None if plain is None else plain.decode()


def seal_bytes(plain: bytes, key: bytes, context: bytes) -> bytes:
    """Encrypt bytes: nonce (24), then ciphertext with its tag (16)."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_encrypt

    nonce = secrets.token_bytes(_NONCE_BYTES)
    return nonce + bytes(crypto_aead_xchacha20poly1305_ietf_encrypt(plain, context, nonce, key))


def unseal_bytes(box: bytes, key: bytes, context: bytes) -> bytes | None:
    """The bytes, or None where key, context or ciphertext are not those of `seal_bytes`."""
    from nacl.bindings import crypto_aead_xchacha20poly1305_ietf_decrypt
    from nacl.exceptions import CryptoError

    try:
        return bytes(crypto_aead_xchacha20poly1305_ietf_decrypt(box[_NONCE_BYTES:], context, box[:_NONCE_BYTES], key))
    except (CryptoError, ValueError, TypeError):
        return None
