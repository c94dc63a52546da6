"""Every way into a study: wrong ones slowed down, a forgotten passphrase solved, the keyring a convenience."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.errors import NoKeyringError, PasswordDeleteError

from kume_desktop.problems import Refused
from kume_desktop.services import people, studies, unlocking
from kume_desktop.services.studies import Study
from kume_desktop.store import key_slots, keyfile
from tests.studies import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Held(KeyringBackend):
    """A keyring that a test can look into and empty."""

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)


class Absent(Held):
    """A computer without a keyring."""

    def get_password(self, *_asked: str) -> str | None:
        raise NoKeyringError

    def set_password(self, *_asked: str) -> None:
        raise NoKeyringError


@pytest.fixture
def ring() -> Iterator[Held]:
    before, held = keyring.get_keyring(), Held()
    keyring.set_keyring(held)
    yield held
    keyring.set_keyring(before)


def code(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.problems[0].code


def test_that_a_full_disk_keeps_nobody_out_who_knows_the_passphrase(study: Study, monkeypatch: pytest.MonkeyPatch):
    assert code(lambda: unlocking.by_passphrase(study.path, "yanlış")) == "study.wrong-passphrase"

    def full(*_file: object) -> None:
        raise OSError(28, "full")

    monkeypatch.setattr(keyfile, "replace_file", full)
    assert code(lambda: unlocking.by_passphrase(study.path, "yanlış")) == "study.wrong-passphrase"
    assert unlocking.by_passphrase(study.path, PASSPHRASE).person == "Elif"


def test_that_three_wrong_tries_make_the_next_one_wait_and_a_right_one_ends_it(
    study: Study, monkeypatch: pytest.MonkeyPatch
):
    for _ in range(3):
        assert code(lambda: unlocking.by_passphrase(study.path, "yanlış")) == "study.wrong-passphrase"
    assert code(lambda: unlocking.by_passphrase(study.path, PASSPHRASE)) == "study.wait"
    monkeypatch.setattr(unlocking, "FIRST_WAIT", timedelta(0))
    assert unlocking.by_passphrase(study.path, PASSPHRASE).person == "Elif"
    monkeypatch.undo()
    assert code(lambda: unlocking.by_passphrase(study.path, "yanlış")) == "study.wrong-passphrase"


def test_that_a_clock_set_back_locks_nobody_out_for_good(study: Study, monkeypatch: pytest.MonkeyPatch):
    for _ in range(3):
        code(lambda: unlocking.by_passphrase(study.path, "yanlış"))

    class Earlier(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # noqa: ARG003
            return datetime(2021, 1, 1).astimezone()

    monkeypatch.setattr(unlocking, "datetime", Earlier)
    assert unlocking.by_passphrase(study.path, PASSPHRASE).person == "Elif"


def test_that_a_forgotten_passphrase_is_solved_by_the_recovery_key_read_on_the_telephone(study: Study):
    people.add(study, "Can", people.INTERVIEWER, "canın parolası")
    told = unlocking.renew_recovery_key(study)
    study.close()
    spoken = told.replace("-", " ")
    key = unlocking.recover(study.path, spoken, "Can", "yepyeni parola")
    assert key.person == "Can"
    with studies.open_study(study.path, "yepyeni parola") as again:
        assert (again.person, again.role) == ("Can", people.INTERVIEWER)
    assert code(lambda: studies.open_study(study.path, "canın parolası")) == "study.wrong-passphrase"
    assert studies.open_study(study.path, PASSPHRASE).person == "Elif"


def test_that_a_recovery_key_that_was_renewed_opens_nothing_any_more(study: Study):
    first = unlocking.renew_recovery_key(study)
    second = unlocking.renew_recovery_key(study)
    assert code(lambda: unlocking.recover(study.path, first, "Elif", "yeni parola 1")) == "key.recovery-other"
    assert unlocking.recover(study.path, second, "Elif", "yeni parola 1")
    name, made_at = unlocking.ways(study.path).recovery or ("", datetime.now().astimezone())
    assert name == key_slots.recovery_name(second)
    assert datetime.now().astimezone() - made_at < timedelta(minutes=5)


def test_that_the_recovery_key_stands_nowhere(study: Study):
    told = unlocking.renew_recovery_key(study)
    folder = study.path.parent
    study.close()
    digits = told.replace("-", "").encode()
    for file in folder.iterdir():
        raw = file.read_bytes()
        assert told.encode() not in raw
        assert digits not in raw
        assert key_slots.recovery_secret(told).hex().encode() not in raw


@given(st.integers(0, 2**32))
def test_that_one_wrong_digit_is_told_with_its_group(seed: int):
    chance = random.Random(seed)
    told = list(key_slots.new_recovery_key())
    place = chance.choice([n for n, letter in enumerate(told) if letter != "-"])
    told[place] = str((int(told[place]) + chance.randrange(1, 10)) % 10)
    with pytest.raises(Refused) as refused:
        key_slots.recovery_secret("".join(told))
    assert refused.value.problems[0].params["group"] == place // 7 + 1


@given(st.integers(0, 2**32))
def test_that_two_neighbouring_digits_that_were_swapped_are_told(seed: int):
    chance = random.Random(seed)
    told = list(key_slots.new_recovery_key())
    pairs = [n for n in range(len(told) - 1) if "-" not in told[n : n + 2] and told[n] != told[n + 1]]
    place = chance.choice(pairs)
    told[place], told[place + 1] = told[place + 1], told[place]
    with pytest.raises(Refused):
        key_slots.recovery_secret("".join(told))


@pytest.mark.parametrize("typed", ["", "123456", "abc", "1" * 47, "1" * 49, "\u0661" * 48])
def test_that_a_recovery_key_of_another_length_is_told(typed: str):
    assert code(lambda: key_slots.recovery_secret(typed)) == "key.recovery-length"


def test_that_only_staff_make_recovery_keys(study: Study):
    study.role = people.INTERVIEWER
    assert code(lambda: unlocking.renew_recovery_key(study)) == "study.only-staff"


def test_that_a_person_changes_the_own_passphrase_and_no_other(study: Study):
    people.add(study, "Can", people.INTERVIEWER, "canın parolası")
    assert code(lambda: unlocking.change_passphrase(study, "canın parolası", "başka parola")) == (
        "study.wrong-passphrase"
    )
    assert code(lambda: unlocking.change_passphrase(study, PASSPHRASE, "kısa")) == "study.short-passphrase"
    assert code(lambda: unlocking.change_passphrase(study, PASSPHRASE, "canın parolası")) == "people.passphrase-taken"
    unlocking.change_passphrase(study, PASSPHRASE, "elifin yeni parolası")
    study.close()
    assert code(lambda: studies.open_study(study.path, PASSPHRASE)) == "study.wrong-passphrase"
    assert studies.open_study(study.path, "elifin yeni parolası").person == "Elif"
    assert studies.open_study(study.path, "canın parolası").person == "Can"


def test_that_the_keyring_opens_for_the_person_it_remembers_until_it_is_told_to_forget(study: Study, ring: Held):
    assert unlocking.by_keyring(study.path) is None
    unlocking.remember(study)
    assert unlocking.ways(study.path).remembered == "Elif"
    found = unlocking.by_keyring(study.path)
    assert found is not None
    assert (found, found.person) == (study.key, "Elif")
    assert all(study.key.key.hex() not in kept for kept in ring.kept.values())
    unlocking.forget(study)
    assert unlocking.by_keyring(study.path) is None
    assert ring.kept == {}


def test_that_a_keyring_that_was_wiped_or_is_absent_leaves_the_passphrase(study: Study, ring: Held):
    unlocking.remember(study)
    ring.kept.clear()
    assert unlocking.by_keyring(study.path) is None
    assert unlocking.ways(study.path).remembered == ""
    keyring.set_keyring(Absent())
    assert unlocking.by_keyring(study.path) is None
    assert code(lambda: unlocking.remember(study)) == "key.no-keyring"
    study.close()
    assert studies.open_study(study.path, PASSPHRASE).person == "Elif"


def test_that_a_keyring_that_kept_something_else_opens_nothing(study: Study, ring: Held):
    unlocking.remember(study)
    for name in ring.kept:
        ring.kept[name] = "00" * 32
    assert unlocking.by_keyring(study.path) is None
    for name in ring.kept:
        ring.kept[name] = "anahtar değil"
    assert unlocking.by_keyring(study.path) is None
