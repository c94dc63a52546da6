"""The policy texts of each category, as the study words them; another wording is another version of the method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kume_desktop.problems import Refused, problem
from kume_desktop.services import method_versions, results
from kume_desktop.texts import N_, tr

if TYPE_CHECKING:
    from kume_desktop.scoring.method import Method
    from kume_desktop.scoring.parts import Policy
    from kume_desktop.services.method_versions import MethodVersion
    from kume_desktop.services.studies import Study

EVERY = "all"
OWN = "Own"
NOTE = N_("Policy texts changed")


@dataclass(frozen=True, slots=True)
class PolicyText:
    """A policy text of a category (`all`: of every one); `origin` is S or I as the source has it, else Own."""

    category: str
    order: int
    tr: str
    en: str
    origin: str


def texts(study: Study, category: str) -> tuple[PolicyText, ...]:
    """The texts of a category (its number, or `all`) in order."""
    quoted = _quoted(study)
    return tuple(
        replace(one, origin=quoted.get((category, one.tr), OWN)) for one in worded(results.method(study), category)
    )


def worded(method: Method, category: str) -> tuple[PolicyText, ...]:
    """The texts of a category as a method words them, whosever they are (`origin` is '')."""
    return tuple(
        PolicyText(
            policy.category,
            policy.order,
            policy.text.tr,
            policy.text.en,
            "",
        )
        for policy in sorted(method.policy_texts, key=lambda one: one.order)
        if policy.category == category
    )


def edit(study: Study, category: str, wanted: Sequence[tuple[str, str]], note: str = "") -> MethodVersion:
    """Give a category other texts (Turkish, English), in their order: a new version of the method in force.

    Raises:
        Refused: an unknown category, a text without Turkish, nothing that differs.
    """
    from kume_desktop.scoring.parts import Policy, Words

    method = results.method(study)
    if category not in {EVERY, *(one.code for one in method.categories)}:
        raise Refused(problem("committee.unknown-category", category=category, categories=_codes(method)))
    if any(not turkish.strip() for turkish, _english in wanted):
        raise Refused(problem("method.policy-empty"))
    others = [policy for policy in method.policy_texts if policy.category != category]
    own = [
        Policy(category, order, Words(turkish.strip(), english.strip()))
        for order, (turkish, english) in enumerate(wanted, start=1)
    ]
    changed = replace(method, policy_texts=_in_order(method, [*others, *own]))
    return method_versions.publish_texts(study, changed, note.strip() or tr(NOTE))


def _in_order(method: Method, policies: Iterable[Policy]) -> tuple[Policy, ...]:
    rank = {code: place for place, code in enumerate([*(one.code for one in method.categories), EVERY])}
    return tuple(sorted(policies, key=lambda one: (rank.get(one.category, 0), one.order)))


def _codes(method: Method) -> str:
    return ", ".join(one.code for one in method.categories)


def _quoted(study: Study) -> dict[tuple[str, str], str]:
    """(category, text) -> origin, of the texts that came with the instruments."""
    return {
        (row.parent, row.text.get("tr", "")): str(row.origin)
        for record in study.instruments()
        for row in study.instrument(record.version_id).indices
        if row.kind == "policy"
    }
