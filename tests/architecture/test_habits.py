"""Habits of the house that no linter rule covers."""

from __future__ import annotations

import ast
import re
import tokenize
from io import StringIO

from tests.architecture.code import ROOT, Module, modules

CATCH_ALLS = {
    "kume_desktop/cli.py": "the command line's main",
    "kume_desktop/__main__.py": "the command line's main",
    "kume_desktop/services/worker.py": "the task runner",
    "kume_desktop/gui/failures.py": "the excepthook",
}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "base", "core"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|TBD)\b")


def _comments(module: Module) -> list[tokenize.TokenInfo]:
    tokens = tokenize.generate_tokens(StringIO(module.text).readline)
    return [token for token in tokens if token.type == tokenize.COMMENT]


def _calls(module: Module) -> list[tuple[int, str]]:
    return [(node.lineno, ast.unparse(node.func)) for node in ast.walk(module.tree) if isinstance(node, ast.Call)]


def _is_catch_all(handler: ast.ExceptHandler) -> bool:
    """Whether it swallows everything; a handler that ends in a bare `raise` only tidies up."""
    caught = "" if handler.type is None else ast.unparse(handler.type)
    last = handler.body[-1]
    reraises = isinstance(last, ast.Raise) and last.exc is None
    return caught in {"", "Exception", "BaseException"} and not reraises


def test_that_everything_is_caught_in_three_places_only():
    strays = [
        f"{module.shown}:{node.lineno}"
        for module in modules("kume_desktop", "benchmarks")
        if module.shown not in CATCH_ALLS
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler) and _is_catch_all(node)
    ]
    assert strays == []


def test_that_no_work_is_left_as_a_note():
    notes = [
        f"{module.shown}:{token.start[0]} {token.string}"
        for module in modules("kume_desktop", "benchmarks", "tests")
        for token in _comments(module)
        if UNFINISHED.search(token.string)
    ]
    assert notes == []


def test_that_no_function_is_a_stub():
    """Empty or `raise NotImplementedError` is for protocols and for methods that a subclass or a base class fills."""
    found = modules("kume_desktop", "benchmarks")
    classes = [one for module in found for one in module.classes()]
    stubs = [
        f"{module.shown}:{function.lineno} {function.name}"
        for module in found
        for function in module.functions()
        if _does_nothing(function)
        and not function.name.startswith("no_")  # a null object says by its name that it does nothing
        and not any(
            function in ast.walk(owner) and _is_filled(owner, function.name, classes) for owner in module.classes()
        )
    ]
    assert stubs == []


def _does_nothing(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    if any("overload" in ast.unparse(mark) for mark in function.decorator_list):
        return False
    return all(
        isinstance(statement, ast.Pass)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        or (isinstance(statement, ast.Raise) and "NotImplementedError" in ast.unparse(statement))
        for statement in function.body
    )


def _is_filled(owner: ast.ClassDef, name: str, classes: list[ast.ClassDef]) -> bool:
    """Whether `owner` is a protocol, or a class above or below it has the method as well."""
    if "Protocol" in _bases(owner):
        return True
    related = [one for one in classes if one.name in _bases(owner) or owner.name in _bases(one)]
    return any(getattr(node, "name", "") == name for one in related for node in one.body)


def _bases(one: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).partition("[")[0].rpartition(".")[2] for base in one.bases}


def test_that_nobody_sleeps_or_spins_the_event_loop():
    forbidden = {"time.sleep", "sleep", "QTest.qWait", "qWait", "qtbot.wait", "QThread.sleep", "QThread.msleep"}
    strays = [
        f"{module.shown}:{line} {called}"
        for module in modules("kume_desktop", "tests", "benchmarks")
        for line, called in _calls(module)
        if called in forbidden or (called.endswith(".processEvents") and not module.shown.startswith("benchmarks/"))
    ]
    assert strays == []


def test_that_nothing_asserts_on_elapsed_time():
    clocks = {"time.perf_counter", "time.time", "time.process_time", "perf_counter", "timeit.timeit"}
    strays = [
        f"{module.shown}:{line} {called}"
        for module in modules("tests")
        for line, called in _calls(module)
        if called in clocks
    ]
    assert strays == []


def test_that_modules_are_named_after_what_they_hold():
    assert [m.shown for m in modules("kume_desktop", "tests", "benchmarks") if m.path.stem in VAGUE_NAMES] == []


def test_that_tests_are_named_as_sentences():
    wrong = [
        f"{module.shown}:{function.lineno} {function.name}"
        for module in modules("tests")
        for function in module.functions()
        if function.name.startswith("test") and not function.name.startswith("test_that_")
    ]
    assert wrong == []


def test_that_tests_use_real_parts():
    mocks = [
        f"{module.shown}:{found.line}"
        for module in modules("tests")
        for found in module.imports
        if found.module in {"unittest.mock", "mock", "pytest_mock"}
    ]
    assert mocks == []


def test_that_only_qt_overrides_are_written_in_camel_case():
    qt = _qt_names()
    wrong = [
        f"{module.shown}:{function.lineno} {function.name}"
        for module in modules("kume_desktop/gui")
        for function in module.functions()
        if re.search("[a-z][A-Z]", function.name) and function.name not in qt
    ]
    assert wrong == []


def _qt_names() -> set[str]:
    """Names of methods that Qt's classes have, from the type stubs, so that Qt need not be loaded."""
    import importlib.util
    from pathlib import Path

    spec = importlib.util.find_spec("PySide6")
    assert spec is not None
    assert spec.origin is not None
    stubs = [Path(spec.origin).parent / f"Qt{part}.pyi" for part in ("Core", "Gui", "Widgets", "Svg")]
    return {
        name
        for stub in stubs
        for name in re.findall(r"^    def (\w+)\(", stub.read_text(encoding="utf-8"), re.MULTILINE)
    }


def test_that_files_are_opened_with_their_encoding():
    """Without one, Windows reads and writes in its own code page and Turkish letters break."""
    strays = [
        f"{module.shown}:{node.lineno} {ast.unparse(node)[:60]}"
        for module in modules("kume_desktop", "benchmarks")
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and _is_text_call_without_encoding(node)
    ]
    assert strays == []


def _is_text_call_without_encoding(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name not in {"open", "read_text", "write_text"} or any(word.arg in {"encoding", None} for word in call.keywords):
        return False
    if name == "read_text":
        return not call.args
    if name == "write_text":
        return len(call.args) < 2
    text = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
    modes = [value for value in text if re.fullmatch("[rwaxbt+]{1,3}", value)]
    binary = any("b" in mode for mode in modes)
    looks_like_a_file = isinstance(call.func, ast.Name) or bool(modes)
    return looks_like_a_file and not binary


def test_that_product_files_name_no_machine_and_no_package_host():
    told = re.compile(
        r"(?<![\w./-])/(?:work/|farm/|root/\.|home/\w)|pythonhosted|pypi\.org/simple|index-url *=|/opt/wheels"
    )
    kinds = {".py", ".md", ".toml", ".lock", ".po", ".spec", ".yml", ".csv", ""}
    folders = ("kume_desktop", "benchmarks", "docs", "resources", "forms", ".ci")
    files = [
        path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in kinds and path.is_file()
    ]
    files += [path for path in ROOT.iterdir() if path.is_file() and path.suffix in kinds]
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in files
        if "__pycache__" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if told.search(line)
    ]
    assert named == []
