"""Kişisel veriler: what the data officer does with what is held of persons."""
