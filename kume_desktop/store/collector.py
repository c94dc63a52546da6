"""Python's collector of cycles, at rest while a great many rows are read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Rows are no garbage and refer to nothing: the collector would go over a million of them again and again.

    What the block made is looked at later, like everything else; the collector of somebody who put it off stays off.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
