"""Overrides of Qt's methods whose exceptions Qt's binding can carry.

Before Python 3.12 an exception that the interpreter itself raised (a number that is none, a recursion too deep) is no
object yet while it leaves a method, and PySide writes into it as if it were: the process ends without a word. It does
so where the override was called by Qt, called by Python: a key sent on, a picture taken of a widget. Passing through
an `except` makes the exception an object, so every override of ours is called through one.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import wraps
from types import FunctionType
from typing import Any

from PySide6.QtCore import QObject

NEEDED = sys.version_info < (3, 12)
_BINDING = ("PySide6.", "shiboken6.")


def begin() -> None:
    """Let the overrides of every class of Qt's objects that is defined from now on be called so."""
    if NEEDED and "__init_subclass__" not in vars(QObject):
        QObject.__init_subclass__ = classmethod(_defined)  # type: ignore[assignment, method-assign]


def _defined(cls: type[QObject], /, **told: Any) -> None:
    super(QObject, cls).__init_subclass__(**told)
    if not cls.__module__.startswith(_BINDING):
        for name, method in tuple(vars(cls).items()):
            if isinstance(method, FunctionType) and not name.startswith("__") and is_override(cls, name):
                setattr(cls, name, _carried(method))


def is_override(cls: type[QObject], name: str) -> bool:
    """Whether a method of the class takes the place of one of Qt's."""
    return any(name in vars(above) for above in cls.__mro__[1:] if above.__module__.startswith(_BINDING))


def _carried(method: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(method)
    def carried(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except BaseException:
            # It is an object from here on.
            raise

    return carried
