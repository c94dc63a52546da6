"""Küme Desktop: needs interviews, clustering scores and traceable reports for regional clusters."""

__version__ = "0.1.0"
