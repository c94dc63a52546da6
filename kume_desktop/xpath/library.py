"""The whole function library in one table; importing this module fills it."""

from __future__ import annotations

from kume_desktop.xpath import (
    functions_geo,
    functions_nodes,
    functions_number,
    functions_select,
    functions_text,
    functions_time,
)
from kume_desktop.xpath.registry import FUNCTIONS

__all__ = ["FAMILIES", "FUNCTIONS", "NOT_IN_COLLECT"]
FAMILIES = (functions_geo, functions_nodes, functions_number, functions_select, functions_text, functions_time)
NOT_IN_COLLECT = frozenset({"floor", "ceiling", "substring", "last", "name", "local-name", "namespace-uri"})
"""Functions of XPath 1.0 that other programs know but ODK Collect does not."""
