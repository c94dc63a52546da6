"""Printing for the field: what, for whom, and what was written."""
