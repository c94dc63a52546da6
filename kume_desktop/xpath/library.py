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

__all__ = ["FAMILIES", "FUNCTIONS", "NOT_IN_COLLECT", "NOT_IN_ENKETO"]
FAMILIES = (functions_geo, functions_nodes, functions_number, functions_select, functions_text, functions_time)
NOT_IN_COLLECT = frozenset(
    {"floor", "ceiling", "substring", "last", "name", "local-name", "namespace-uri", "id", "lang"}
)
"""Functions of XPath 1.0 that other programs know but ODK Collect does not."""
NOT_IN_ENKETO = frozenset(
    {"base64-decode", "extract-signed", "geofence", "depend", "enclosed-area", "is-selected", "version"}
)
"""Functions that ODK Collect knows but Enketo does not."""
