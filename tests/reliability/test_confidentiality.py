"""R21: what was typed stands in clear in no byte that the program leaves behind, but in a file that was asked for."""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from kume_desktop import logs
from kume_desktop.instruments.model import Kind
from kume_desktop.interview import page
from kume_desktop.problems import Refused
from kume_desktop.services import (
    backups,
    crash_reports,
    evidence,
    exports,
    fieldwork,
    figures,
    interviewing,
    practice,
    reporting,
    respondents,
    studies,
    submissions,
    worker,
)
from kume_desktop.services.crash_reports import Where
from kume_desktop.services.packages import making, reading
from kume_desktop.services.personal_data import correcting, erasing
from kume_desktop.services.studies import Study
from kume_desktop.services.views import Area, NewFirm, StudyFacts
from kume_desktop.store import reading as stored
from kume_desktop.store import writing
from kume_desktop.store.events import EventKind, SubjectKind
from tests.merging.offices import agency, laptop, send, take
from tests.services.interviewed import GIVEN

PASSPHRASE = "uzun bir parola"
MARK = "Kqx7Zv"
"""In every canary: ASCII letters that stand in no other file, so that one search finds them all."""
FACTS = StudyFacts("Deneme Ajansı", 2025, "m.5", "ajans", "iki yıl", "kvkk@ajans.example")
AREAS = (Area("kimya", "Kimya", "Chemicals", "20", "2", 96),)
FORMS = ("is_ihtiyac", "kumelenme_duzeyi")


@dataclass
class Canaries:
    """Words of which each stands in one field alone, with the field that it was typed into."""

    fields: dict[str, str] = field(default_factory=dict)

    def __call__(self, where: str) -> str:
        word = f"{MARK}{len(self.fields):04d}q"
        self.fields[word] = where
        return f"Ayşe {word} Yılmaz"

    def told(self, text: str) -> str:
        """The field of a word that was found."""
        at = text.find(MARK)
        return self.fields.get(text[at : at + len(MARK) + 5], "?") if at >= 0 else "?"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A profile, a folder of studies and a folder of temporary files that nobody else writes into."""
    for name in ("profile", "study", "temp"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("KUME_PROFILE", str(tmp_path / "profile"))
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path / "temp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    logs.end()
    logs.begin()
    yield tmp_path
    logs.end()


def type_everything(study: Study, canary: Canaries, forms: tuple[str, ...], district: str = "") -> str:
    """A canary in every text field of a firm; returns the firm."""
    district = district or canary("district")
    unit = fieldwork.add_firm(
        study, NewFirm(canary("name of the firm"), "kimya", district, "20.30", "1-9", "98765432109")
    )
    for fact in ("address", "contact", "phone", "email"):
        correcting.correct(study, unit, fact, canary(f"fact {fact}"), canary("reason of a correction"))
    with study.act() as act:
        cells = {"Yetkili": canary("cell of a list"), canary("head of a list"): "1"}
        writing.add_frame(act, study.wave.wave_id, "Oda", "x", {unit: cells})
    fieldwork.record_visit(study, unit, "10", canary("note of a visit"))
    evidence.allow(study, "Deneme")
    for form in forms:
        type_interview(study, unit, form, canary)
    with study.act() as act:
        given = writing.RatingGiven(
            study.wave.wave_id, "unit", unit, "g1", 4, "Elif", reason=canary("reason of a level"),
            members=canary("members"), seen=canary("what was seen"),
        )  # fmt: skip
        writing.rate(act, given)
    return unit


def type_interview(study: Study, unit: str, form: str, canary: Canaries) -> None:
    session = interviewing.open_interview(study, unit, form)
    for name, value in (("gorusme_bicimi", "1"), ("aydinlatma_okundu", "1"), ("katilim", "1"), ("gorev", "96"),
                        ("hukuki_yapi", "1"), ("acik_riza", "1")):  # fmt: skip
        session.answer(session.interview.path_of(name), value)
    paths = [path for path, spot in session.interview.tree.spots.items() if spot.item.node.kind is Kind.TEXT]
    version = session.record.version_id
    for path in paths:
        said = session.answer(path, canary(f"{form} {path}"))
        if said.at is None:
            # Asked only of others, or wanted in another shape: it is stored as an older version would have stored it.
            with study.act() as act:
                of = (SubjectKind.INTERVIEW, session.interview_id)
                act.append(EventKind.ANSWER, *of, path, canary(f"{form} {path}"), version, personal=True)
        session.draft(path, canary(f"{form} {path}, typed"))
    first = paths[0]
    session.comment(first, canary("comment"))
    session.override(first, canary("override"))
    respondents.join(session, canary("respondent"), "1")
    file = Path(tempfile.gettempdir()) / "asked.txt"
    file.write_text(canary("evidence"), "utf-8")
    evidence.attach(session, session.interview.path_of("gorev"), evidence.read(file))
    file.unlink()
    with suppress(Refused):
        session.complete({first: canary("gap")})


def finish(study: Study, canary: Canaries, form: str) -> None:
    """Another firm, interviewed to the end with a canary in each text that is asked for."""
    unit = fieldwork.add_firm(study, NewFirm(canary("name of a firm"), "kimya", "Bornova", "20.30", "1-9"))
    session = interviewing.open_interview(study, unit, form)
    for name, value in GIVEN.items():
        path = session.interview.path_of(name)
        is_text = session.interview.tree.spots[path].item.node.kind is Kind.TEXT
        session.answer(path, canary(f"finished, {name}") if is_text else value)
    gaps = {one.path: canary("gap") for one in page.open_problems(session.interview)}
    assert session.complete(gaps).at is not None


def leave_things_behind(study: Study, place: Path, canary: Canaries) -> None:
    """What the program writes of its own: backups, practice, logs, reports of failures, what its processes leave."""
    backups.make(study)
    practice.make(study)
    try:
        int(canary("text of an exception"))
    except ValueError as error:
        crash_reports.note(error, Where.WORKER)
        logs.logging.getLogger("kume_desktop.test").error("failed", exc_info=error)
    run(worker.request(study, "compute"))
    run(worker.request(study, "personal-compact"))
    run(worker.request(study, "no-such-verb", wanted=canary("request of a worker")))


def run(request: dict[str, object], kill_after: float = 0.0) -> None:
    """Let a worker carry out a request, as the window does; it may be killed."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kume_desktop", "--worker"], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL, text=True, env=dict(os.environ),
    )  # fmt: skip
    told = json.dumps(request) + "\n"
    try:
        process.communicate(told, timeout=kill_after or 120)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()


def forms_of(word: str) -> list[bytes]:
    """How a word can stand in bytes: plain, in two bytes a letter, in base64 at each of three places."""
    plain = word.encode()
    found = [plain, plain.lower(), plain.upper(), word.encode("utf-16-le"), word.encode("utf-16-be"), plain[::-1]]
    found += [plain.hex().encode(), plain.hex().upper().encode()]
    for shift in range(3):
        whole = base64.b64encode(b"\0" * shift + plain)
        found.append(whole[(shift * 8 + 5) // 6 : (shift + len(plain)) * 8 // 6])
    return [one for one in found if len(one) >= 5]


def searched(folder: Path, wanted: list[bytes]) -> tuple[int, int, list[str]]:
    """Files and bytes below a folder, and the files in which a canary stands; archives and pressed parts are opened."""
    files = size = 0
    found = []
    for file in sorted(each for each in folder.rglob("*") if each.is_file() and not each.is_symlink()):
        content = file.read_bytes()
        files, size = files + 1, size + len(content)
        for part in (content, *opened(content)):
            hit = next((one for one in wanted if one in part), None)
            if hit is not None:
                at = part.find(hit)
                found.append(f"{file.relative_to(folder)}: {part[max(0, at - 40) : at + 40]!r}")
                break
    return files, size, found


def opened(content: bytes) -> Iterator[bytes]:
    """What stands pressed in a file."""
    with suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(content)) as book:
        yield from (book.read(name) for name in book.namelist())
    for head in (b"\x78\x9c", b"\x78\xda", b"\x78\x01", b"\x1f\x8b"):
        at = content.find(head)
        while at >= 0:
            with suppress(zlib.error):
                yield zlib.decompressobj(47).decompress(content[at:], 1_000_000)
            at = content.find(head, at + 1)
            if at > 4_000_000:
                break


def make(place: Path) -> Study:
    return studies.create_study(place / "study" / "d.kume", "Deneme", FACTS, PASSPHRASE, "Elif", AREAS)


def check(place: Path, canary: Canaries, when: str) -> tuple[int, int]:
    """Search a copy: whoever reads a database that is open in the same process takes its locks away."""
    copy = place.parent / f"{place.name}-copy"
    told = "import shutil, sys; shutil.copytree(sys.argv[1], sys.argv[2])"
    subprocess.run([sys.executable, "-c", told, str(place), str(copy)], check=True)
    files, size, found = searched(copy, forms_of(MARK))
    shutil.rmtree(copy)
    assert found == [], (when, [canary.told(one) for one in found])
    return files, size


def test_that_the_search_sees_what_stands_in_clear(place: Path):
    """The controls: without them an empty result would prove nothing."""
    word = f"Ayşe {MARK}0000q Yılmaz"
    put = {
        "plain": word.encode(), "wide": word.encode("utf-16-le"), "coded": base64.b64encode(b"x" + word.encode()),
        "pressed": b"kopf" + zlib.compress(word.encode()), "hex": word.encode().hex().encode(),
    }  # fmt: skip
    for name, content in put.items():
        (place / "temp" / name).write_bytes(content)
    with zipfile.ZipFile(place / "temp" / "book", "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("a.xml", word)
    _files, _size, found = searched(place / "temp", forms_of(MARK))
    assert {one.partition(":")[0] for one in found} == {*put, "book"}


@pytest.mark.change
def test_that_nothing_that_was_typed_stands_in_clear_in_anything_left_behind(
    place: Path, counted: Callable[[str], None]
):
    canary = Canaries()
    with make(place) as study:
        unit = type_everything(study, canary, FORMS[:1])
        check(place, canary, "while the study is open, its write-ahead log included")
        leave_things_behind(study, place, canary)
        check(place, canary, "after backup, practice, failures and workers")
        out = place.parent / f"{place.name}-asked"
        exports.export_csv(study, out, "tr", reason="R21", personal=True)
        _files, _size, asked = searched(out, forms_of(MARK))
        assert asked, "the file that was asked for holds them"
        erasing.erase(study, unit, "request")
        erasing.compact(study)
    files, size = check(place, canary, "after the study was closed")
    counted(f"R21 confidentiality: {len(canary.fields)} fields, {files} files, {size // 1000} kB, 0 in clear")


@pytest.mark.change
def test_that_packages_and_the_computers_they_pass_through_hold_nothing_in_clear(
    place: Path, empty_template: Path, counted: Callable[[str], None]
):
    canary, stick = Canaries(), place / "stick"
    stick.mkdir()
    office = agency(empty_template, place / "agency")
    with office.open() as study:
        unit = type_everything(study, canary, FORMS[:1])
    field = laptop(office, place / "laptop", firms=(unit,))
    with field.open() as study:
        fieldwork.record_visit(study, unit, "10", canary("note of a visit on a laptop"))
        session = interviewing.open_interview(study, unit, FORMS[0])
        session.comment(session.interview.path_of("gorev"), canary("comment on a laptop"))
        file = send(study, making.interviews(study), stick)
    spoiled = stick / "spoiled.kume-package"
    spoiled.write_bytes(file.read_bytes()[:-100] + bytes(100))
    with office.open() as study:
        with pytest.raises(Refused):
            reading.examine(study, spoiled)
        assert take(study, file).new > 0
        back = send(study, making.receipt(study, field.device_id), stick)
        check(place, canary, "while the agency's study is open")
    with field.open() as study:
        assert take(study, back).receipts == 1
    files, size = check(place, canary, "after a receipt")
    told = f"{len(canary.fields)} fields, {files} files of two computers and a stick, {size // 1000} kB, 0 in clear"
    counted(f"R21 packages: {told}")


@pytest.mark.change
def test_that_what_leaves_without_names_holds_nothing_that_was_typed(place: Path, counted: Callable[[str], None]):
    canary, out = Canaries(), place / "out"
    with make(place) as study:
        # Areas, size classes and districts are what such files are counted by.
        type_everything(study, canary, FORMS[:1], "Kemalpaşa")
        finish(study, canary, FORMS[0])
        exports.export_csv(study, out / "csv", "tr", reason="R21")
        submissions.export(study, out / "xml", reason="R21")
        reporting.write_report(study, out / "r.xlsx", "tr", reason="R21")
        figures.export(study, out / "svg", "tr", figures.SVG)
        files, size = check(place, canary, "in files without names")
        submissions.export(study, place.parent / f"{place.name}-asked", reason="R21", personal=True)
        assert searched(place.parent / f"{place.name}-asked", forms_of(MARK))[2], "the files that were asked for do"
    counted(f"R21 files without names: {len(canary.fields)} fields, {files} files, {size // 1000} kB, 0 in clear")


@pytest.mark.change
@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
def test_that_the_window_leaves_nothing_in_clear_when_it_crashes_while_somebody_types(
    place: Path, counted: Callable[[str], None]
):
    canary = Canaries()
    with make(place) as study:
        unit = type_everything(study, canary, FORMS[:1])
    command = [sys.executable, "-m", "tests.reliability.window_typing", str(place / "study" / "d.kume"), unit]
    done = subprocess.run([*command, canary("typed in the window")], capture_output=True, text=True, check=False)
    assert done.returncode < 0, done.stderr[-2000:]
    (typed,) = [line for line in done.stdout.splitlines() if line.startswith("typed ")]
    assert int(typed.split()[1]) >= 2, "what is typed stands in the window"
    assert MARK not in done.stderr
    assert "window_typing.py" in (place / "profile" / "logs" / "crash.log").read_text(encoding="utf-8")
    with studies.open_study(place / "study" / "d.kume", PASSPHRASE) as study:
        (interview,) = (one for one in stored.interviews(study.database, unit_id=unit))
        assert any(MARK in one.text for one in stored.drafts(study.database, interview.interview_id))
    assert len(crash_reports.waiting()) == 2, "the exception and the crash"
    files, size = check(place, canary, "after a crash of the window")
    counted(f"R21 window: {len(canary.fields)} fields, {files} files, {size // 1000} kB, 0 in clear")


CRASHING = """
import os, resource, sys
from kume_desktop import logs
resource.setrlimit(resource.RLIMIT_CORE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
if sys.argv[1] == "begun":
    logs.begin()
word = "-".join(("Kqx7", "Zvmemory")).replace("-", "")
os.abort()
"""
"""Whoever lets the system keep images of crashed processes finds them beside the file, under this name or near it."""
DUMPS = Path("/proc/sys/kernel/core_pattern")


@pytest.mark.skipif(
    not DUMPS.exists() or "/" in DUMPS.read_text() or "|" in DUMPS.read_text(), reason="images go elsewhere here"
)
@pytest.mark.parametrize(("how", "images"), [("begun", 0), ("control", 1)])
def test_that_the_system_writes_no_image_of_memory_when_the_program_crashes(place: Path, how: str, images: int):
    resource = pytest.importorskip("resource")
    if resource.getrlimit(resource.RLIMIT_CORE)[1] != resource.RLIM_INFINITY:
        pytest.skip("this process may not ask for an image")
    done = subprocess.run([sys.executable, "-c", CRASHING, how], cwd=place / "temp", check=False, capture_output=True)
    assert done.returncode == -signal.SIGABRT, done.stderr
    found = list((place / "temp").glob("core*"))
    assert len(found) == images
    assert all(f"{MARK}memory".encode() in one.read_bytes() for one in found)


@pytest.mark.long
def test_that_killed_processes_and_many_firms_leave_nothing_in_clear_either(
    place: Path, counted: Callable[[str], None]
):
    canary = Canaries()
    with make(place) as study:
        for _ in range(10):
            type_everything(study, canary, FORMS)
        for number in range(20):
            target = str(place.parent / f"{place.name}-r{number}.xlsx")
            run(worker.request(study, "report", target=target, lang="tr", reason="R21"), kill_after=0.3 + 0.3 * number)
            run(worker.request(study, "personal-compact"), kill_after=0.2 + 0.1 * number)
        leave_things_behind(study, place, canary)
        archive = backups.make(study).path
    backups.bring_back(place / "study" / "d.kume", PASSPHRASE, archive)
    with studies.open_study(place / "study" / "d.kume", PASSPHRASE):
        files, size = check(place, canary, "after killed workers and a backup brought back")
    counted(f"R21 confidentiality: {len(canary.fields)} fields, {files} files, {size // 1000} kB, 0 in clear")
