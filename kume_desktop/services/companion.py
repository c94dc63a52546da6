"""What the window asks its companion: a worker that stays, so that reading a whole study never holds a page up.

Each answer is a record that JSON can carry, and has a reader here that makes the views of the services out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kume_desktop.services import (
    access_log,
    backups,
    conduct,
    conflict_cases,
    field_answers,
    firm_table,
    practice,
    progress,
    questionnaires,
    results,
)
from kume_desktop.services.packages import work as packages
from kume_desktop.services.personal_data import acts, finding
from kume_desktop.services.review import back_checks
from kume_desktop.services.review import inbox as review_inbox
from kume_desktop.services.review import reading as review_reading
from kume_desktop.services.review import waiting as review_waiting

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.services.firm_scores import FirmScore
    from kume_desktop.services.policies import PolicyText
    from kume_desktop.services.rating_views import LiveScore
    from kume_desktop.services.results import CellAnswer, LevelBehind
    from kume_desktop.services.studies import Study

HASHES, LEFT_OUT, ANSWERS, LEVELS, FIRMS, POLICIES, PRESETS, PREVIEW, SO_FAR = (
    "hashes", "left-out", "answers", "levels", "firms", "policies", "presets", "preview", "so-far",
)  # fmt: skip
OVERVIEW, DIFFERENCES = questionnaires.OVERVIEW, questionnaires.DIFFERENCES
DRAFTS, TESTS = questionnaires.DRAFTS, questionnaires.TESTS
Asked = Mapping[str, Any]


def _hashes(study: Study, _asked: Asked) -> dict[str, Any]:
    """Hashes of inputs and method, and the newest event before they were read."""
    newest = results.newest_event(study)
    return {"newest": newest, "hashes": list(results.hashes(study))}


def hashes(answer: Asked) -> tuple[int, tuple[str, str]]:
    """Read the answer to `HASHES`: the newest event before the reading, the hashes of inputs and method."""
    inputs, method = answer["hashes"]
    return int(answer["newest"]), (str(inputs), str(method))


def _left_out(study: Study, _asked: Asked) -> dict[str, Any]:
    """What was not counted, and the names of the firms among it by their codes: no page reads all firms for those."""
    from kume_desktop.store import reading

    found = results.left_out(study)
    codes = {one["firm"] for one in found}
    units = reading.units(study.database) if codes else ()
    return {"left_out": found, "names": {unit.code: unit.name for unit in units if unit.code in codes}}


def _answers(study: Study, asked: Asked) -> dict[str, Any]:
    return {"answers": [asdict(one) for one in results.answers_behind(study, asked["area"], asked["cell"])]}


def answers(answer: Asked) -> tuple[CellAnswer, ...]:
    """Read the answer to `ANSWERS`."""
    return tuple(results.CellAnswer(**one) for one in answer["answers"])


def _levels(study: Study, asked: Asked) -> dict[str, Any]:
    return {"levels": [asdict(one) for one in results.evidence_behind(study, asked["area"], asked["indicator"])]}


def levels(answer: Asked) -> tuple[LevelBehind, ...]:
    """Read the answer to `LEVELS`."""
    return tuple(results.LevelBehind(**one) for one in answer["levels"])


def _firms(study: Study, _asked: Asked) -> dict[str, Any]:
    from kume_desktop.services.firm_scores import firm_scores

    return {"firms": {area: [asdict(one) for one in found] for area, found in firm_scores(study).items()}}


def firms(answer: Asked) -> Mapping[str, tuple[FirmScore, ...]]:
    """Read the answer to `FIRMS`."""
    from kume_desktop.services.firm_scores import FirmScore

    return {area: tuple(FirmScore(**one) for one in found) for area, found in answer["firms"].items()}


def _policies(study: Study, _asked: Asked) -> dict[str, Any]:
    from kume_desktop.services import policies

    codes = [policies.EVERY, *(one.code for one in results.method(study).categories)]
    return {"policies": {code: [asdict(one) for one in policies.texts(study, code)] for code in codes}}


def policies_of(answer: Asked) -> Mapping[str, tuple[PolicyText, ...]]:
    """Read the answer to `POLICIES`: the texts by category, `all` among them."""
    from kume_desktop.services.policies import PolicyText

    return {code: tuple(PolicyText(**one) for one in found) for code, found in answer["policies"].items()}


def _presets(study: Study, _asked: Asked) -> dict[str, Any]:
    from kume_desktop.services import method_versions

    return {"presets": [one.to_json() for one in method_versions.presets(study)]}


def presets(answer: Asked) -> tuple[Method, ...]:
    """Read the answer to `PRESETS`."""
    from kume_desktop.scoring.method import Method

    return tuple(Method.from_json(one) for one in answer["presets"])


def _preview(study: Study, asked: Asked) -> dict[str, Any]:
    """What a method (`method`: its JSON) would do to every area; nothing is stored."""
    from kume_desktop.scoring.method import Method
    from kume_desktop.services import method_versions

    effects = method_versions.effect(study, Method.from_json(asked["method"]))
    return {"effects": [asdict(effect) | {"category_changes": effect.category_changes} for effect in effects]}


def _so_far(study: Study, asked: Asked) -> dict[str, Any]:
    from kume_desktop.services import interview_score

    found = interview_score.so_far(study, asked["unit_id"])
    return {"score": asdict(found) if found is not None else None}


def so_far(answer: Asked) -> LiveScore | None:
    """Read the answer to `SO_FAR`."""
    from kume_desktop.services.rating_views import LiveScore

    return LiveScore(**answer["score"]) if answer["score"] is not None else None


BACKUP = "look-inside"


def _backup(study: Study, asked: Asked) -> dict[str, Any]:
    """What is inside the backup `archive`."""
    return backups.record_of(backups.look(study, Path(asked["archive"])))


def backup(answer: Asked) -> backups.Look:
    """Read the answer to `BACKUP`."""
    return backups.look_of(answer)


VERBS: Mapping[str, Callable[[Study, Asked], dict[str, Any]]] = {
    HASHES: _hashes,
    LEFT_OUT: _left_out,
    ANSWERS: _answers,
    LEVELS: _levels,
    FIRMS: _firms,
    POLICIES: _policies,
    PRESETS: _presets,
    PREVIEW: _preview,
    SO_FAR: _so_far,
    firm_table.PIECE: firm_table.piece,
    field_answers.DAY: field_answers.day,
    field_answers.RESERVE: field_answers.reserve,
    field_answers.RATES: field_answers.rates,
    **questionnaires.VERBS,
    **conduct.VERBS,
    **conflict_cases.VERBS,
    **progress.VERBS,
    **back_checks.VERBS,
    **review_inbox.VERBS,
    **review_reading.VERBS,
    **review_waiting.VERBS,
    **practice.VERBS,
    BACKUP: _backup,
    **access_log.VERBS,
    **finding.VERBS,
    **acts.VERBS,
    **packages.VERBS,
}
