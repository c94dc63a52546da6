"""The source of the project as syntax trees, for tests that read it instead of running it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "kume_desktop"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Import:
    """One imported module, written out in full; `typing_only` if it stands under `if TYPE_CHECKING`."""

    module: str
    line: int
    typing_only: bool


@dataclass(frozen=True)
class Module:
    """One file of the project."""

    path: Path

    @property
    def name(self) -> str:
        """The dotted name, as it is imported."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def shown(self) -> str:
        """The path as a person writes it."""
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        """The whole file."""
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text, filename=str(self.path))

    def functions(self) -> Iterator[Function]:
        """Every function and method, nested ones too."""
        return (node for node in ast.walk(self.tree) if isinstance(node, Function))

    def classes(self) -> Iterator[ast.ClassDef]:
        """Every class."""
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        """Everything imported anywhere in the file; `from a import b` gives `a.b` where that is a module, else `a`."""
        return tuple(_imports(self.tree, typing_only=False))


def _imports(node: ast.AST, *, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, child.lineno, typing_only) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield from (
                Import(_deeper(child.module or "", alias.name), child.lineno, typing_only) for alias in child.names
            )
        elif isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            yield from _imports(child, typing_only=True)
        else:
            yield from _imports(child, typing_only=typing_only)


def _deeper(module: str, name: str) -> str:
    folder = ROOT.joinpath(*module.split("."))
    return f"{module}.{name}" if (folder / f"{name}.py").is_file() or (folder / name).is_dir() else module


def modules(*folders: str) -> tuple[Module, ...]:
    """The files under `folders` of the checkout (default: the package)."""
    found = (file for folder in folders or ("kume_desktop",) for file in sorted((ROOT / folder).rglob("*.py")))
    return tuple(_module(file) for file in found)


@cache
def _module(file: Path) -> Module:
    """One `Module` for each file, so that it is parsed once for all tests."""
    return Module(file)


def length(function: Function) -> int:
    """Lines of a function from `def` to its end, its docstring not counted."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def within(module: str, *prefixes: str) -> bool:
    """Whether a dotted name is one of `prefixes` or lies below one."""
    return any(module == prefix or module.startswith(prefix + ".") for prefix in prefixes)
