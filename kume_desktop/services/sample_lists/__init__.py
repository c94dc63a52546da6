"""Firm lists that chambers hand out: look at the file, say what its columns mean, check every row, import at once."""
