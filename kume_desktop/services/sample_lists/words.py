"""What is said about lists, by the window and by the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from kume_desktop import texts
from kume_desktop.exchange.sample_lists.fields import ListField
from kume_desktop.exchange.sample_lists.matching import Why
from kume_desktop.problem_texts import SENTENCES
from kume_desktop.texts import N_, _, tr

if TYPE_CHECKING:
    from kume_desktop.services.sample_lists.checked import Checked
    from kume_desktop.services.sample_lists.importing import Imported
    from kume_desktop.services.sample_lists.undoing import TakenBack

FIELDS: Mapping[ListField, str] = {
    ListField.NAME: N_("Name of the firm"),
    ListField.TAX_NUMBER: N_("Tax number"),
    ListField.PERSON_NUMBER: N_("Identity number of a person"),
    ListField.NACE: N_("NACE code"),
    ListField.AREA: N_("Activity area"),
    ListField.PROVINCE: N_("Province"),
    ListField.DISTRICT: N_("District"),
    ListField.ADDRESS: N_("Address"),
    ListField.PHONE: N_("Telephone"),
    ListField.EMAIL: N_("E-mail"),
    ListField.CONTACT: N_("Contact person"),
    ListField.STAFF: N_("Number of employees"),
    ListField.REGISTER: N_("Register number"),
}
WHY: Mapping[Why, str] = {
    Why.TAX: N_("the same tax number"),
    Why.NAME: N_("the same name"),
    Why.BRANCH: N_("the same tax number in another district: perhaps a branch"),
    Why.NO_DISTRICT: N_("the same name, but one has no district"),
    Why.FORM: N_("the same name with another legal form"),
    Why.ADDRESS: N_("the same name at another address or register number"),
    Why.SPELLING: N_("names spelled alike"),
}
ATTRIBUTES: Mapping[str, str] = {
    "name": N_("Name of the firm"),
    "tax_number": N_("Tax number"),
    "district": N_("District"),
    "nace": N_("NACE code"),
    "area": N_("Activity area"),
    "size_class": N_("Employees"),
}
_KINDS: Mapping[str, str] = {
    "list.no-name": N_("No name"),
    "list.name-long": N_("Very long name"),
    "list.tax-check": N_("Tax number with a wrong check digit"),
    "list.tax-not-digits": N_("Tax number with other signs than digits"),
    "list.tax-spoilt": N_("Tax number rounded by a spreadsheet"),
    "list.tax-length": N_("Tax number of a wrong length"),
    "list.nace-shape": N_("No NACE code"),
    "list.nace-division": N_("NACE code of another revision"),
    "list.nace-was-date": N_("NACE code that became a date"),
    "list.nace-short": N_("NACE code that may lack a zero"),
    "list.nace-unlisted": N_("NACE class that the forms do not list"),
    "list.province-unknown": N_("Unknown province"),
    "list.district-unknown": N_("Unknown district"),
    "list.district-elsewhere": N_("District of another province"),
    "list.district-guess": N_("District spelled otherwise"),
    "list.no-area": N_("In no activity area"),
    "list.area-several": N_("In several activity areas"),
    "list.area-unknown": N_("Unknown activity area"),
    "list.staff-shape": N_("No number of employees"),
    "list.phone-shape": N_("Unusual telephone number"),
    "list.email-shape": N_("Unusual e-mail address"),
}


def kind_name(code: str) -> str:
    """A kind of finding in a few words."""
    return _(_KINDS[code]) if code in _KINDS else _(SENTENCES[code])


def count(number: int) -> str:
    """A count as it is written: 18.204."""
    return texts.number(number, 0)


def _parts(counted: Iterator[tuple[int, str]]) -> str:
    return ", ".join(tr(text, count=count(number)) for number, text in counted if number)


def told(done: Imported) -> str:
    """What an import did, in one sentence."""
    if not done.frame_id:
        return tr(N_("{count} rows read: the list says nothing new. Nothing was changed."), count=count(done.read))
    counted = (
        (done.added, N_("{count} new firms")),
        (done.changed, N_("{count} updated")),
        (done.unchanged, N_("{count} unchanged")),
        (done.merged, N_("{count} rows of the same firm")),
        (done.left_out, N_("{count} left out")),
        (done.later, N_("{count} put off")),
        (done.kept, N_("{count} kept as corrected by hand")),
        (done.restored, N_("{count} tax numbers got their zeros back")),
        (done.mended, N_("{count} cells freed of control characters")),
    )
    return tr(N_("{count} rows read: {parts}."), count=count(done.read), parts=_parts(iter(counted)))


def foreseen(made: Checked) -> str:
    """What an import would do, in one sentence."""
    counted = (
        (made.new, N_("{count} new firms")),
        (made.changed, N_("{count} updated")),
        (made.known - made.changed, N_("{count} unchanged")),
        (made.merged, N_("{count} rows of the same firm")),
        (made.left_out, N_("{count} left out")),
        (made.later, N_("{count} put off")),
        (made.restored, N_("{count} tax numbers got their zeros back")),
    )
    parts = _parts(iter(counted))
    if not parts:
        return tr(N_("{count} rows read; none can be taken before you decide about them."), count=count(made.read))
    return tr(N_("{count} rows read: {parts}."), count=count(made.read), parts=parts)


def taken_back(done: TakenBack) -> str:
    """What taking an import back did, in one sentence."""
    counted = (
        (done.withdrawn, N_("{count} firms withdrawn")),
        (done.restored, N_("{count} values put back")),
        (done.kept, N_("{count} stay because somebody has worked on them")),
    )
    return tr(N_("List taken back: {parts}."), parts=_parts(iter(counted)) or "–")
