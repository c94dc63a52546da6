"""The whole schema, in one picture.

`event` is the truth; the tables below "rows of the heads" are functions of it and can be rebuilt. They hold no foreign
keys among each other, because packages may bring a child before its parent. Integer surrogate keys stand for stream,
subject and path only. STRICT tables on SQLite know INTEGER, REAL, TEXT and BLOB; the four own column types say how a
UUID, a moment, a flag and JSON are kept there, and what they are on PostgreSQL.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine

SCHEMA_NUMBER = 4
"""The number of the newest migration; `user_version` of a study file."""
_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970 UTC of an aware moment."""
    return (moment - _EPOCH) // _MICROSECOND


def from_microseconds(value: int) -> datetime:
    """The moment in the machine's zone."""
    seconds, rest = divmod(value, 1_000_000)
    return datetime.fromtimestamp(seconds, tz=UTC).replace(microsecond=rest).astimezone()


class Uuid(TypeDecorator[str]):
    """A UUID: text in Python, 16 bytes on SQLite, uuid on PostgreSQL."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Native where there is one."""
        return postgresql.UUID(as_uuid=True) if dialect.name == "postgresql" else LargeBinary(16)

    def process_bind_param(self, value: str | UUID | None, dialect: Dialect) -> UUID | bytes | None:
        """Text or UUID to what the driver takes."""
        if value is None:
            return None
        known = value if isinstance(value, UUID) else UUID(value)
        return known if dialect.name == "postgresql" else known.bytes

    def process_result_value(self, value: UUID | bytes | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What the driver gives to text."""
        if not isinstance(value, bytes):
            return None if value is None else str(value)
        # Four times as quick as through a UUID: lists of firms hold tens of thousands.
        text = value.hex()
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


class Moment(TypeDecorator[datetime]):
    """A moment: aware datetime in Python, microseconds UTC on SQLite, timestamptz on PostgreSQL."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Native where there is one."""
        return postgresql.TIMESTAMP(timezone=True) if dialect.name == "postgresql" else Integer()

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | int | None:
        """A moment to what the driver takes."""
        if value is None or dialect.name == "postgresql":
            return value
        return to_microseconds(value)

    def process_result_value(self, value: datetime | int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What the driver gives to a moment in the machine's zone."""
        if value is None:
            return None
        return from_microseconds(value) if isinstance(value, int) else value.astimezone()


class Flag(TypeDecorator[bool]):
    """Yes or no: 1 and 0 on SQLite, boolean on PostgreSQL."""

    impl = Integer
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Native where there is one."""
        return Boolean() if dialect.name == "postgresql" else Integer()

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> bool | int | None:
        """Yes or no to what the driver takes."""
        return value if value is None or dialect.name == "postgresql" else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:  # noqa: ARG002
        """What the driver gives to yes or no."""
        return None if value is None else bool(value)


class Json(TypeDecorator[Any]):
    """A JSON value, kept as text on both."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To canonical text."""
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """From text."""
        return None if value is None else json.loads(value)


Code = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
Number = BigInteger().with_variant(Integer(), "sqlite")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name: str, *items: SchemaItem, by_key: bool = False) -> Table:
    """A table; `by_key` keeps small rows in the tree of their primary key, one page less to write each time."""
    return Table(name, metadata, *items, sqlite_strict=True, sqlite_with_rowid=not by_key)


def _key(name: str = "id") -> Column[str]:
    return Column(name, Uuid, primary_key=True)


def _text(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Text, nullable=default is None, server_default=default)


def _code(name: str, default: str | None = "") -> Column[str]:
    return Column(name, Code, nullable=default is None, server_default=default)


# --- the log ---

stream = _table(
    "stream",
    Column("no", Number, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("device", Uuid),
    Column("opened_at", Moment),
    Column("checkpoint_seq", Integer),
    Column("checkpoint_hash", LargeBinary),
    Column("checkpoint_signature", LargeBinary),
)
subject = _table(
    "subject",
    Column("no", Number, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    _code("kind"),
)
path = _table(
    "path",
    Column("no", Number, primary_key=True, autoincrement=False),
    Column("text", Code, nullable=False, unique=True),
)
event = _table(
    "event",
    Column("no", Number, primary_key=True, autoincrement=False),
    Column("id", Uuid, nullable=False, unique=True),
    Column("stream", Number, ForeignKey("stream.no"), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("kind", Code, nullable=False),
    Column("subject", Number, ForeignKey("subject.no"), nullable=False),
    Column("path", Number, ForeignKey("path.no"), nullable=False),
    Column("instrument_version", Uuid),
    Column("subject_key", Uuid),
    Column("at", Moment, nullable=False),
    Column("author", Text, nullable=False),
    Column("line", Text, nullable=False),
    UniqueConstraint("stream", "seq"),
)
Index("ix_event_subject", event.c.subject)
Index(
    "ix_event_subject_key",
    event.c.subject_key,
    sqlite_where=event.c.subject_key.is_not(None),
    postgresql_where=event.c.subject_key.is_not(None),
)
superseded = _table(
    "superseded",
    Column("target", Uuid, primary_key=True),
    Column("by", Number, ForeignKey("event.no"), primary_key=True),
    by_key=True,
)
subject_key = _table(
    "subject_key",
    _key(),
    Column("subject", Uuid, nullable=False, index=True),
    Column("key", LargeBinary),
    Column("made_at", Moment),
    Column("destroyed_at", Moment),
)
tombstone = _table(
    "tombstone", _key("subject"), _code("kind"), _code("reason"), Column("at", Moment), Column("by", Text)
)
blob = _table(
    "blob",
    Column("hash", Code, primary_key=True),
    _code("media_type"),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# --- the two projections and what is typed ---

head = _table(
    "head",
    Column("subject", Number, ForeignKey("subject.no"), primary_key=True),
    Column("path", Number, ForeignKey("path.no"), primary_key=True),
    Column("event", Number, ForeignKey("event.no"), primary_key=True),
    Column("value", Text),
    Column("personal", Flag, nullable=False),
    Column("contested", Flag, nullable=False),
    by_key=True,
)
Index("ix_head_contested", head.c.subject, sqlite_where=head.c.contested == 1, postgresql_where=head.c.contested)
state = _table(
    "state",
    Column("subject", Number, ForeignKey("subject.no"), primary_key=True),
    Column("path", Number, ForeignKey("path.no"), primary_key=True),
    Column("relevant", Flag, nullable=False),
    Column("value", Text),
    _code("problem"),
    by_key=True,
)
interview_state = _table(
    "interview_state",
    Column("subject", Number, ForeignKey("subject.no"), primary_key=True),
    Column("answered", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("errors", Integer, nullable=False),
    _text("last_question"),
    _text("last_section"),
    _code("instrument_hash"),
    _code("engine_version"),
    Column("at", Moment, nullable=False),
)
draft = _table(
    "draft",
    Column("subject", Number, ForeignKey("subject.no"), primary_key=True),
    Column("path", Number, ForeignKey("path.no"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("at", Moment, nullable=False),
    by_key=True,
)
position = _table(
    "position",
    Column("subject", Number, ForeignKey("subject.no"), primary_key=True),
    Column("path", Number, ForeignKey("path.no"), nullable=False),
    Column("at", Moment, nullable=False),
)

# --- rows of the heads ---

agency = _table("agency", _key(), _text("name"))
study = _table(
    "study", _key(), _text("name"), Column("demonstration", Flag), Column("agency", Uuid), Column("created_at", Moment)
)
person = _table("person", _key(), _text("name"), Column("sort_name", Code))
person_role = _table(
    "person_role", Column("person", Uuid, primary_key=True), Column("wave", Uuid, primary_key=True), _code("role")
)
device = _table(
    "device",
    _key(),
    _text("name"),
    Column("signing_key", LargeBinary),
    Column("encryption_key", LargeBinary),
    Column("enrolled_at", Moment),
    _code("role"),
    _text("person"),
    _code("state"),
    Column("revoked_at", Moment),
    _text("compared_by"),
)
wave = _table("wave", _key(), _code("code"), _text("name"), Column("opened_at", Moment))
area = _table(
    "area",
    _key(),
    Column("code", Code, nullable=False, index=True),
    _text("name_tr"),
    _text("name_en"),
    Column("sort_name", Code),
    _code("nace"),
    _code("nace_revision"),
    Column("frame_n", Integer),
    Column("ordinal", Integer, nullable=False),
)
unit = _table(
    "unit",
    _key(),
    _code("kind"),
    _code("code"),
    _text("name"),
    Column("sort_name", Code),
    Column("area", Code, index=True),
    _text("district"),
    _code("nace"),
    _code("nace_revision"),
    _code("field_nace"),
    _code("size_class"),
    _code("tax_number"),
    Column("natural_person", Flag, nullable=False),
)
frame_version = _table(
    "frame_version",
    _key(),
    Column("wave", Uuid),
    _text("name"),
    _text("source"),
    Column("rows", Integer),
    Column("imported_at", Moment),
)
frame_row = _table(
    "frame_row",
    Column("unit", Uuid, primary_key=True),
    Column("frame_version", Uuid, primary_key=True),
    Column("cells", Json),
)
instrument = _table("instrument", Column("id", Code, primary_key=True))
instrument_version = _table(
    "instrument_version",
    _key(),
    Column("instrument", Code, nullable=False, index=True),
    _code("version"),
    _text("title_tr"),
    _text("title_en"),
    _code("content_hash"),
    _code("file_hash"),
    _code("workbook"),
    _code("source"),
    Column("installed_at", Moment, nullable=False),
)
assignment = _table(
    "assignment",
    _key(),
    Column("wave", Uuid),
    Column("unit", Uuid, index=True),
    _text("interviewer"),
    _code("closed"),
    Column("closed_at", Moment),
    _text("closed_by"),
    _code("plan_day"),
    _code("plan_slot"),
    _text("conversion"),
)
visit = _table(
    "visit",
    _key(),
    Column("unit", Uuid, index=True),
    Column("wave", Uuid),
    Column("at", Moment),
    _code("outcome"),
    Column("next_at", Moment),
    _text("note"),
    _text("by"),
    _code("mode"),
    _code("refusal"),
    _code("state"),
)
interview = _table(
    "interview",
    _key(),
    Column("unit", Uuid, index=True),
    Column("wave", Uuid),
    Column("instrument_version", Uuid),
    _text("interviewer"),
    Column("opened_at", Moment),
    _code("state", "open"),
    Column("completed_at", Moment),
    Column("counts", Flag, nullable=False),
    _code("review"),
    _code("review_reason"),
    _text("reviewed_by"),
    Column("reviewed_at", Moment),
)
interview_choice = _table(
    "interview_choice",
    Column("unit", Uuid, primary_key=True),
    Column("wave", Uuid, primary_key=True),
    Column("instrument", Code, primary_key=True),
    Column("interview", Uuid),
    _code("state"),
)
consent = _table(
    "consent",
    Column("interview", Uuid, primary_key=True),
    Column("purpose", Code, primary_key=True),
    Column("given", Flag),
    _code("how"),
    _code("text_hash"),
    Column("at", Moment),
)
notice_version = _table(
    "notice_version",
    Column("study", Uuid, primary_key=True),
    Column("version", Code, primary_key=True),
    Column("language", Code, primary_key=True),
    _text("text"),
    _code("text_hash"),
)
rating = _table(
    "rating",
    _key(),
    Column("wave", Uuid),
    _code("target_kind"),
    Column("target", Uuid, index=True),
    _code("indicator"),
    _text("rater"),
    Column("round", Integer, nullable=False),
    _code("scale"),
    Column("level", Integer),
    _code("basis"),
    Column("suggestion", Integer),
    _text("reason"),
    Column("evidence", Json),
    Column("contested", Flag, nullable=False),
    Column("at", Moment),
    _code("evidence_kind"),
    Column("settles", Json),
    _code("seen"),
    _code("missing"),
    _code("draft"),
    _code("rubric_version"),
    _code("facts_hash"),
    _code("held_on"),
    _text("members"),
)
rating_sheet = _table(
    "rating_sheet",
    _key(),
    Column("wave", Uuid),
    _code("target_kind"),
    Column("target", Uuid, index=True),
    _text("rater"),
    Column("round", Integer, nullable=False),
    _code("state"),
    Column("at", Moment),
)
method_version = _table(
    "method_version",
    _key(),
    Column("wave", Uuid),
    Column("number", Integer, nullable=False),
    _text("name"),
    _code("version"),
    _code("method_hash"),
    Column("parent", Uuid),
    _text("payload"),
    _text("author"),
    Column("at", Moment),
)
result = _table(
    "result",
    _key(),
    Column("wave", Uuid),
    _code("route"),
    Column("method", Uuid),
    _code("method_hash"),
    Column("instrument_hashes", Json),
    _code("inputs_hash"),
    _code("engine_version"),
    Column("seed", Number, nullable=False),
    _code("payload"),
    Column("at", Moment),
)
suppression = _table(
    "suppression",
    Column("result", Uuid, primary_key=True),
    Column("sheet", Code, primary_key=True),
    Column("cell", Code, primary_key=True),
    _code("reason"),
)

# --- what passes between computers ---

package = _table(
    "package",
    _key(),
    _code("kind"),
    _code("direction"),
    Column("part", Integer),
    Column("parts", Integer),
    Column("sender", Uuid),
    Column("recipients", Json),
    Column("ranges", Json),
    Column("events", Integer),
    _code("file_hash"),
    _code("state"),
    Column("at", Moment),
)
receipt = _table(
    "receipt",
    _key(),
    Column("device", Uuid),
    Column("ranges", Json),
    Column("signature", LargeBinary),
    Column("at", Moment),
)
quarantine = _table(
    "quarantine",
    _key(),
    Column("package", Uuid),
    _code("reason"),
    Column("content", LargeBinary),
    Column("at", Moment),
)
