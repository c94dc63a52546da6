"""The method of a wave in versions: a published one never changes, a draft is none, publishing makes a new one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from kume_desktop.problems import Refused, errors, problem
from kume_desktop.services import method_words, roles

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.parts import Change
    from kume_desktop.scoring.results import AreaScore, Results
    from kume_desktop.services.studies import Study
    from kume_desktop.store.records import MethodRecord

DRAFT, PUBLISHED, ARCHIVED = "draft", "published", "archived"
FACT = "method_draft"
"""The attribute of a wave that holds its draft."""
QUICK_REPLICATES = 2_000


@dataclass(frozen=True, slots=True)
class MethodVersion:
    """One version; of a draft `number` is the one it would get, `method_id` is '' and `note` is empty.

    `changes` against the version before it; `summary_tr`, `summary_en` say them in words.
    """

    number: int
    state: str
    summary_tr: str
    summary_en: str
    author: str
    at: datetime
    method: Method
    note: str
    changes: tuple[Change, ...]
    method_id: str


@dataclass(frozen=True, slots=True)
class Effect:
    """What another method does to an area: both statistics with their categories, before and after.

    `probability` is that of each category after, from the choice of firms alone; () on a panel's route or below ten
    firms. `geometric_after` is the named what-if: what the index would be if a weak indicator were not made good by a
    strong one, with its category; it never takes the place of the index.
    """

    area: str
    before: float | None
    after: float | None
    published_before: int | None
    published_after: int | None
    category_before: int | None
    category_after: int | None
    published_category_before: int | None
    published_category_after: int | None
    probability: tuple[float, ...]
    geometric_before: float | None = None
    geometric_after: float | None = None
    geometric_category: int | None = None

    @property
    def category_changes(self) -> bool:
        """Whether the area moves into another category, by either statistic."""
        return (self.category_before, self.published_category_before) != (
            self.category_after,
            self.published_category_after,
        )


def versions(study: Study) -> tuple[MethodVersion, ...]:
    """Every version, the newest first; the draft before them all where there is one."""
    from kume_desktop.scoring.method import Method
    from kume_desktop.store import reading

    kept = reading.methods(study.database, study.wave.wave_id)
    methods = [Method.from_json(record.payload) for record in kept]
    parents = [None, *methods[:-1]]
    found = [
        _version(study, record, method, parent, PUBLISHED if place == len(kept) else ARCHIVED)
        for place, (record, method, parent) in enumerate(zip(kept, methods, parents, strict=True), start=1)
    ]
    begun = _drafted(study)
    if begun is not None and methods:
        found.append(_draft_version(begun, methods[-1], kept[-1].number + 1))
    return tuple(reversed(found))


def _version(study: Study, record: MethodRecord, method: Method, parent: Method | None, state: str) -> MethodVersion:
    from kume_desktop.store import reading

    notes = reading.heads(study.database, record.method_id).get("note#note", ())
    changes = _as_read(parent, method) if parent is not None else None
    return MethodVersion(
        number=record.number,
        state=state,
        summary_tr=method_words.summary(changes, "tr"),
        summary_en=method_words.summary(changes, "en"),
        author=record.author,
        at=record.at,
        method=replace(method, published=True),
        note=(notes[0].value or "") if notes else "",
        changes=changes or (),
        method_id=record.method_id,
    )


def _as_read(old: Method, new: Method) -> tuple[Change, ...]:
    """What differs, the cuts on the scale of the index as people read them."""
    points = {str(place): pair for place, pair in enumerate(zip_longest(old.cut_points, new.cut_points), start=1)}
    return tuple(
        replace(one, before=points[one.code][0], after=points[one.code][1]) if one.kind == "cut" else one
        for one in old.describe_changes(new)
    )


@dataclass(frozen=True, slots=True)
class _Draft:
    method: Method
    author: str
    at: datetime


def _drafted(study: Study) -> _Draft | None:
    from kume_desktop.scoring.method import Method
    from kume_desktop.store import reading

    heads = reading.heads(study.database, study.wave.wave_id).get(FACT, ())
    if not heads or not heads[-1].value:
        return None
    last = heads[-1]
    return _Draft(replace(Method.from_json(last.value or ""), published=False), last.author, last.at)


def _draft_version(begun: _Draft, published: Method, number: int) -> MethodVersion:
    changes = _as_read(published, begun.method)
    return MethodVersion(
        number=number,
        state=DRAFT,
        summary_tr=method_words.summary(changes, "tr"),
        summary_en=method_words.summary(changes, "en"),
        author=begun.author,
        at=begun.at,
        method=begun.method,
        note="",
        changes=changes,
        method_id="",
    )


def draft(study: Study) -> Method | None:
    """The draft that somebody works on; of two computers' drafts the one written last."""
    begun = _drafted(study)
    return begun.method if begun is not None else None


def computed_with(study: Study, computed: Results) -> Method:
    """The version that results were computed with; the one in force where the study does not hold that one."""
    from kume_desktop.scoring.method import Method
    from kume_desktop.services import results
    from kume_desktop.store import reading

    for record in reading.methods(study.database, study.wave.wave_id):
        if (record.method_hash, record.version) == (computed.method_hash, computed.method_version):
            return Method.from_json(record.payload)
    return results.method(study)


def save_draft(study: Study, method: Method) -> None:
    """Keep a draft as it is, also one that does not hold yet (`Method.problems` says what is wrong)."""
    _keep_draft(study, replace(method, published=False).to_json())


def discard_draft(study: Study) -> None:
    """Drop the draft; the log keeps what it was."""
    if _drafted(study) is not None:
        _keep_draft(study, "")


def _keep_draft(study: Study, text: str) -> None:
    from kume_desktop.store import writing
    from kume_desktop.store.events import SubjectKind

    roles.require(study, roles.Right.MANAGE)
    with study.act() as act:
        writing.set_fact(act, SubjectKind.WAVE, study.wave.wave_id, FACT, text)


def publish(study: Study, note: str) -> MethodVersion:
    """Make the draft the method in force.

    Raises:
        Refused: no draft, no note, nothing that differs, or a method that does not hold (all that is wrong with it).
    """
    begun = draft(study)
    if begun is None:
        raise Refused(problem("method.no-draft"))
    return _publish(study, begun, note, drop_draft=True)


def _publish(study: Study, wanted: Method, note: str, *, drop_draft: bool) -> MethodVersion:
    from kume_desktop.scoring.method import Method
    from kume_desktop.store import reading, writing
    from kume_desktop.store.events import EventKind, SubjectKind

    roles.require(study, roles.Right.MANAGE)
    parent = reading.latest_method(study.database, study.wave.wave_id)
    if parent is None:
        raise Refused(problem("study.no-method"))
    wrong = [*errors(wanted.problems())]
    if not note.strip():
        wrong.append(problem("method.no-note"))
    if not Method.from_json(parent.payload).describe_changes(wanted):
        wrong.append(problem("method.unchanged"))
    if wrong:
        raise Refused(*wrong)
    number = parent.number + 1
    made = replace(wanted, version=str(number), published=True)
    with study.act() as act:
        method_id = writing.save_method(
            act, study.wave.wave_id, number, made.name.tr, made.version, made.hash, made.to_json(),
            parent=parent.method_id,
        )  # fmt: skip
        act.append(EventKind.NOTE, SubjectKind.METHOD, method_id, "note", note.strip())
        if drop_draft:
            writing.set_fact(act, SubjectKind.WAVE, study.wave.wave_id, FACT, "")
    return next(one for one in versions(study) if one.method_id == method_id)


def publish_texts(study: Study, wanted: Method, note: str) -> MethodVersion:
    """Publish a method that differs from the one in force in its texts only; a draft stays, with the same texts."""
    made = _publish(study, wanted, note, drop_draft=False)
    begun = draft(study)
    if begun is not None:
        save_draft(study, replace(begun, policy_texts=wanted.policy_texts))
    return made


def presets(study: Study) -> tuple[Method, ...]:
    """The presets that the instruments of the study bring, the default one first; read-only."""
    from kume_desktop.scoring.method import Method

    instruments = [study.instrument(record.version_id) for record in study.instruments()]
    rows = [row for instrument in instruments for row in instrument.indices]
    indicators = [indicator for instrument in instruments for indicator in instrument.indicators]
    return tuple(Method.from_rows(rows, indicators, preset.code) for preset in Method.presets(rows))


def effect(study: Study, method: Method) -> tuple[Effect, ...]:
    """What `method` would do to every area, against the method in force; nothing is stored.

    Raises:
        Refused: the method does not hold.
    """
    from kume_desktop.scoring import analyse
    from kume_desktop.scoring.index import score_areas
    from kume_desktop.scoring.uncertainty.settings import RunSettings
    from kume_desktop.services import results

    wrong = errors(method.problems())
    if wrong:
        raise Refused(*wrong)
    given = results.inputs(study)
    before = score_areas(given.areas, given.levels, given.method)
    after = score_areas(given.areas, given.levels, method)
    settings = RunSettings(replicates=QUICK_REPLICATES)
    material = analyse.Material(given.areas, given.levels, given.needs, method, given.around, settings)
    sure = analyse.uncertain(material)
    likely = (one.sampling for one in sure.areas)
    pairs = zip(before, after, likely, strict=True)
    return tuple(_with_geometric(_effect(*each), *each[:2], given.method, method) for each in pairs)


def effects_of(records: Iterable[Mapping[str, Any]]) -> tuple[Effect, ...]:
    """What the worker's verb `preview` answered, as effects."""
    names = [one.name for one in fields(Effect)]
    told = ({name: record[name] for name in names} for record in records)
    return tuple(Effect(**{**one, "probability": tuple(one["probability"])}) for one in told)


def _with_geometric(told: Effect, old: AreaScore, new: AreaScore, before: Method, after: Method) -> Effect:
    from kume_desktop.scoring.index import category_of

    found = _geometric(new, after)
    return replace(
        told,
        geometric_before=_geometric(old, before),
        geometric_after=found,
        geometric_category=None if found is None else category_of(found, after.cut_points, after.decimals),
    )


def _geometric(area: AreaScore, method: Method) -> float | None:
    """The what-if index of an area; None where it has no index."""
    import numpy as np

    from kume_desktop.scoring.index import geometric

    if area.score is None:
        return None
    means = {one.code: one.mean for one in area.indicators}
    row = [np.nan if (mean := means.get(code)) is None else mean for code in method.indicator_codes]
    return geometric(np.array(row, dtype=np.float64), method)


def _effect(old: AreaScore, new: AreaScore, probability: Sequence[float]) -> Effect:
    return Effect(
        area=new.code,
        before=old.score,
        after=new.score,
        published_before=old.published_index,
        published_after=new.published_index,
        category_before=old.category,
        category_after=new.category,
        published_category_before=old.published_category,
        published_category_after=new.published_category,
        probability=tuple(probability),
    )
