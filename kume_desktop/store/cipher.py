"""Which encryption guards the studies on this computer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cipher:
    """The versions of SQLCipher, of the library under it with its name, and of SQLite."""

    version: str
    provider: str
    sqlite: str


def cipher() -> Cipher:
    """Ask the driver itself; '–' where it does not say."""
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(":memory:")
    try:
        # The provider names itself only once there is a key.
        connection.execute("PRAGMA key = 'version'")
        version, name, provider = (_pragma(connection, each) for each in ("version", "provider", "provider_version"))
    finally:
        connection.close()
    return Cipher(version, f"{name} {provider}".strip(), dbapi2.sqlite_version)


def _pragma(connection: object, name: str) -> str:
    row = connection.execute(f"PRAGMA cipher_{name}").fetchone()  # type: ignore[attr-defined]
    return str(row[0]) if row else "–"
