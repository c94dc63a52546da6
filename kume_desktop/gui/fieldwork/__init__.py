"""Saha: the firms of the study, their visits, and the way into an interview."""
