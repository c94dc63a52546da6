"""Packages: what goes in comes out for those they are for, and for nobody else."""

from __future__ import annotations

import base64
import hashlib
import itertools
from dataclasses import replace
from uuid import uuid4

import pytest

from kume_desktop.exchange.packages import envelope, introduction
from kume_desktop.exchange.packages import seal as sealing
from kume_desktop.exchange.packages.format import (
    BlobLine,
    KeyLine,
    Kind,
    Mark,
    TombstoneLine,
)
from kume_desktop.exchange.packages.opening import open_sealed, peek, read_claimed
from kume_desktop.exchange.packages.parties import (
    AGENCY,
    REVOKED,
    check_checkpoint,
    check_receipt,
    new_secrets,
)
from kume_desktop.exchange.packages.words import WORDS, six_words, word_of
from kume_desktop.problems import Refused
from kume_desktop.store.log import parse
from tests.exchange import sealed
from tests.exchange.sealed import NOW, STUDY, lines_of, opened, sent, world, written


@pytest.fixture
def here():
    return world()


def code_of(call) -> str:
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.problems[0].code


def test_that_everything_sent_comes_back_byte_for_byte(here, tmp_path):
    blob = BlobLine(hashlib.sha256(b"form").hexdigest(), "application/json", b"form")
    key, gone = KeyLine(str(uuid4()), str(uuid4()), b"k" * 32), TombstoneLine(str(uuid4()), "interview", "asked")
    mark = Mark(here.laptop.stream, 3, "ab" * 32)
    receipt = here.agency.secrets.receipt(STUDY, str(uuid4()), NOW.isoformat(), [mark])
    content = sent(here, here.agency, [gone, key, blob, receipt, *lines_of(here.agency, here.other)])
    path = written(tmp_path, content)
    found = opened(here, path, here.laptop, owners=here.owners)
    assert [one.line for one in found.events] == [one.line for one in here.agency.events + here.other.events]
    assert (found.keys, found.tombstones, found.blobs, found.receipts) == ((key,), (gone,), (blob,), (receipt,))
    assert check_receipt(STUDY, found.receipts[0], here.agency.secrets.signing_public)
    assert not check_receipt(STUDY, found.receipts[0], here.laptop.secrets.signing_public)
    assert found.header.events == 10 and found.manifest.counts["blob"] == 1
    ranges = {one.stream: one for one in found.manifest.ranges}
    own = ranges[here.agency.stream]
    assert (own.device, own.first, own.last, own.count) == (here.agency.id, 1, 5, 5)
    assert check_checkpoint(STUDY, own.stream, own.checkpoint, here.agency.secrets.signing_public)
    assert ranges[here.other.stream].checkpoint is None
    assert peek(path) == found.header


def test_that_nothing_of_the_answers_or_names_stands_in_the_file_in_clear(here):
    content = sent(here, here.laptop)
    for canary in ("cevap", "Ayşe", "/data/q1", "bilgisayar", here.laptop.stream):
        assert canary.encode() not in content


def test_that_sender_and_recovery_key_read_it_too_and_a_stranger_does_not(here, tmp_path):
    recovery = new_secrets(str(uuid4()))
    path = written(tmp_path, sent(here, here.laptop, recovery=recovery.encryption_public))
    count = len(here.laptop.events)
    assert len(opened(here, path).events) == count
    assert len(opened(here, path, here.laptop).events) == count
    by_recovery = open_sealed(path, here.trusted, recovery, study=STUDY, read_event=parse)
    assert len(by_recovery.events) == count
    assert code_of(lambda: opened(here, path, here.other)) == "package.not-for-us"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda trusted, here: trusted.pop(here.laptop.id), "package.unknown-sender"),
        (lambda trusted, here: trusted.update({here.laptop.id: here.laptop.known(REVOKED)}), "package.revoked-sender"),
        (lambda trusted, here: trusted.update({here.laptop.id: here.other.known()}), "package.damaged"),
    ],
)
def test_that_a_sender_who_is_not_enrolled_any_more_or_with_other_keys_is_refused(here, tmp_path, change, code):
    path, trusted = written(tmp_path, sent(here, here.laptop)), here.trusted
    change(trusted, here)
    assert code_of(lambda: opened(here, path, trusted=trusted)) == code


def test_that_another_study_another_file_and_a_newer_format_are_told_apart(here, tmp_path):
    other = written(tmp_path, sent(here, here.laptop, study=str(uuid4())))
    assert code_of(lambda: opened(here, other)) == "package.other-study"
    assert code_of(lambda: opened(here, written(tmp_path, b"PK\x03\x04" + b"x" * 500))) == "package.not-ours"
    content = sent(here, here.laptop)
    newer = content.replace(b'"format":1', b'"format":2')
    assert code_of(lambda: opened(here, written(tmp_path, newer))) == "package.newer"
    assert code_of(lambda: opened(here, tmp_path / "nowhere")) == "package.not-found"
    assert code_of(lambda: opened(here, tmp_path)) in {"package.unreadable", "package.not-found"}


def test_that_a_laptop_cannot_write_what_only_the_agency_says(here, tmp_path):
    for kind in (Kind.ASSIGNMENT, Kind.RETURN, Kind.RECEIPT):
        path = written(tmp_path, sent(here, here.laptop, kind=kind))
        assert code_of(lambda path=path: opened(here, path)) == "package.not-entitled"


def test_that_a_laptop_trusts_nobody_and_a_computer_of_the_agency_does(here, tmp_path):
    value = {"role": AGENCY, "state": "enrolled"}
    here.laptop.says("device_trusted", "device", "#trust", value)
    here.agency.says("device_trusted", "device", "#trust", value)
    assert code_of(lambda: opened(here, written(tmp_path, sent(here, here.laptop)))) == "package.not-entitled"
    assert opened(here, written(tmp_path, sent(here, here.agency)), here.laptop).events[-1].kind == "device_trusted"
    relayed = sent(here, here.agency, lines_of(here.agency, here.laptop))
    assert code_of(lambda: opened(here, written(tmp_path, relayed), here.laptop)) == "package.not-entitled"


def test_that_a_laptop_hands_on_another_s_work_only_as_that_one_signed_it(here, tmp_path):
    last = here.other.events[-1]
    signed = here.other.secrets.checkpoint(STUDY, here.other.stream, last.seq, last.hash.hex())
    both = lines_of(here.laptop, here.other)
    relay = sent(here, here.laptop, both, checkpoints={here.other.stream: signed})
    assert len(opened(here, written(tmp_path, relay)).events) == 10
    unsigned = sent(here, here.laptop, both)
    assert code_of(lambda: opened(here, written(tmp_path, unsigned))) == "package.not-entitled"
    here.other.says(value="hiç söylemediğim")
    more = sent(here, here.laptop, lines_of(here.laptop, here.other), checkpoints={here.other.stream: signed})
    assert code_of(lambda: opened(here, written(tmp_path, more))) in {"package.not-entitled", "package.damaged"}
    mine = here.laptop.secrets.checkpoint(STUDY, here.other.stream, 6, here.other.events[-1].hash.hex())
    forged = sent(here, here.laptop, lines_of(here.laptop, here.other), checkpoints={here.other.stream: mine})
    assert code_of(lambda: opened(here, written(tmp_path, forged))) == "package.not-entitled"


def test_that_a_laptop_cannot_go_on_in_the_stream_of_another_computer_or_call_it_its_own(here, tmp_path):
    stolen = {**here.owners, here.agency.stream: here.laptop.id}
    here.agency.says("device_trusted", "device", "#trust", {"role": AGENCY})
    forged = lines_of(here.agency)[1:5]
    path = written(tmp_path, sent(here, here.laptop, forged, owners=stolen))
    assert code_of(lambda: opened(here, path, owners=here.owners)) == "package.not-entitled"
    whole = written(tmp_path, sent(here, here.laptop, lines_of(here.agency)[:5], owners=stolen))
    assert code_of(lambda: opened(here, whole)) == "package.not-entitled", "the stream itself names its computer"


def test_that_a_laptop_leaves_no_hole_in_its_stream_while_the_agency_may_send_a_part(here, tmp_path):
    some = [each for each in lines_of(here.laptop) if each.seq != 3]
    assert code_of(lambda: opened(here, written(tmp_path, sent(here, here.laptop, some)))) == "package.not-entitled"
    part = [each for each in lines_of(here.agency) if each.seq in {1, 4}]
    found = opened(here, written(tmp_path, sent(here, here.agency, part)), here.laptop)
    (told,) = found.manifest.ranges
    assert (told.first, told.last, told.count) == (1, 4, 2)


def test_that_a_body_that_somebody_else_signed_anew_is_found_out(here, tmp_path):
    stolen = envelope.read(written(tmp_path, sent(here, here.other)))
    header = stolen.header
    for change in ({}, {"sender": here.laptop.id}):
        again = envelope.write(replace(header, **change), stolen.body, here.laptop.secrets)
        code = code_of(lambda again=again: opened(here, written(tmp_path, again)))
        assert code == "package.damaged"


def test_that_many_events_go_in_parts_of_which_each_stands_for_itself(here, tmp_path, monkeypatch):
    monkeypatch.setattr(sealing, "PART_BYTES", 1_500)
    package = str(uuid4())
    reader = {here.agency.id: here.agency.secrets.encryption_public}
    made = sealing.seal(
        Kind.INTERVIEWS, STUDY, package, lines_of(here.laptop), reader, here.laptop.secrets, owners=here.owners,
        made_at=NOW.isoformat(),
    )  # fmt: skip
    assert len(made) > 1
    found = [opened(here, written(tmp_path, each, f"{number}")) for number, each in enumerate(made)]
    assert [one.header.part for one in found] == list(range(1, len(made) + 1))
    assert {(one.header.package, one.header.parts) for one in found} == {(package, len(made))}
    assert [e.line for one in found for e in one.events] == [e.line for e in here.laptop.events]
    for before, after in itertools.pairwise(found):
        assert after.manifest.ranges[0].first == before.manifest.ranges[0].last + 1


def test_that_an_empty_package_is_one_part(here, tmp_path):
    assert opened(here, written(tmp_path, sent(here, here.agency, [], kind=Kind.RECEIPT)), here.laptop).events == ()


def test_that_lines_and_events_of_a_later_program_do_not_stop_an_earlier_one(here, tmp_path):
    here.laptop.says("never_heard_of", value={"deep": ["x"]})
    header = sealed.manifest_header(here, len(here.laptop.events))
    manifest_of = opened(here, written(tmp_path, sent(here, here.laptop))).manifest
    lines = [
        sealed.first_line(header, manifest_of.ranges, {**manifest_of.counts, "hologram": 1}),
        b'{"t":"hologram","light":"blue"}',
        *(b'{"t":"event","line":' + one.line.encode() + b"}" for one in here.laptop.events),
        b"",
    ]
    found = opened(here, written(tmp_path, sealed.bomb(here, b"\n".join(lines), manifest=header)))
    assert found.events[-1].kind == "never_heard_of"


def test_that_the_agency_s_keys_in_a_first_package_are_those_that_signed_it(here, tmp_path):
    keys = {
        "signing_key": base64.b64encode(here.agency.secrets.signing_public).decode(),
        "encryption_key": base64.b64encode(here.agency.secrets.encryption_public).decode(),
    }
    here.agency.says("device_trusted", "device", "#trust", {"name": "merkez", "role": AGENCY, **keys})
    path = written(tmp_path, sent(here, here.agency))
    header, claimed = read_claimed(path, here.laptop.secrets, parse)
    assert (header.sender, claimed.name, claimed.verify_key) == (
        here.agency.id, "merkez", here.agency.secrets.signing_public,
    )  # fmt: skip
    assert code_of(lambda: read_claimed(path, here.other.secrets, parse)) == "package.not-for-us"


def test_that_a_first_package_that_names_keys_other_than_its_signer_s_is_refused(here, tmp_path):
    keys = {
        "signing_key": base64.b64encode(here.other.secrets.signing_public).decode(),
        "encryption_key": base64.b64encode(here.other.secrets.encryption_public).decode(),
    }
    here.agency.says("device_trusted", "device", "#trust", {"name": "merkez", "role": AGENCY, **keys})
    path = written(tmp_path, sent(here, here.agency))
    assert code_of(lambda: read_claimed(path, here.laptop.secrets, parse)) == "package.damaged"
    no_word = world()
    path = written(tmp_path, sent(no_word, no_word.agency))
    assert code_of(lambda: read_claimed(path, no_word.laptop.secrets, parse)) == "package.not-entitled"


def test_that_an_introduction_tells_who_a_computer_is_and_six_words_of_its_keys(tmp_path):
    own = new_secrets(str(uuid4()))
    path = written(tmp_path, introduction.seal(own, "Ayşe’nin bilgisayarı", "Ayşe Çınar", str(uuid4()), "2026-11-20"))
    found = introduction.read(path)
    assert (found.device_id, found.name, found.person) == (own.device_id, "Ayşe’nin bilgisayarı", "Ayşe Çınar")
    assert (found.signing_key, found.encryption_key) == (own.signing_public, own.encryption_public)
    assert found.words == six_words(own.device_id, own.signing_public, own.encryption_public)
    assert own.signing not in path.read_bytes() and own.encryption not in path.read_bytes()
    assert peek(path).kind is Kind.INTRODUCTION
    here = world()
    assert code_of(lambda: opened(here, path)) == "package.introduction"
    package = written(tmp_path, sent(here, here.laptop), "b")
    assert code_of(lambda: introduction.read(package)) == "package.no-introduction"


def test_that_an_introduction_for_other_keys_than_its_signer_s_is_refused(tmp_path):
    own, other = new_secrets(str(uuid4())), new_secrets(str(uuid4()))
    content = introduction.seal(own, "a", "b", str(uuid4()), "2026-11-20")
    path = written(tmp_path, content[:-64] + other.sign(b"x"))
    assert code_of(lambda: introduction.read(path)) == "package.damaged"
    for place in range(0, len(content), 7):
        changed = bytearray(content)
        changed[place] ^= 1
        path.write_bytes(bytes(changed))
        assert code_of(lambda: introduction.read(path)).startswith("package.")


def test_that_six_words_hold_more_than_78_bits_and_change_with_every_key():
    own = new_secrets(str(uuid4()))
    words = six_words(own.device_id, own.signing_public, own.encryption_public)
    assert len(words) == WORDS == 6 and all(len(word) == 5 and word.isascii() and word.islower() for word in words)
    more = {six_words(str(uuid4()), bytes([n]) * 32, b"e" * 32) for n in range(200)}
    assert len(more) == 200
    every = {word_of(bits) for bits in range(2**13)}
    assert len(every) == 2**13, "13 bits a word, 78 in six"
    assert not {"semen", "rezil", "geber", "yarak", "sikis"} & every, "they are read out on the telephone"
    other = six_words("e", b"a" * 32, b"b" * 32)
    assert six_words("d", b"a" * 32, b"b" * 32) == six_words("d", b"a" * 32, b"b" * 32) != other


def test_that_events_out_of_order_are_our_own_mistake(here):
    with pytest.raises(ValueError, match="order"):
        sent(here, here.laptop, list(reversed(lines_of(here.laptop))))
