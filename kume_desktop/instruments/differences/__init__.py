"""What differs between two versions of an instrument, and which question became which."""

from kume_desktop.instruments.differences.compare import compare
from kume_desktop.instruments.differences.found import Comparison, Difference, Gravity, Means
from kume_desktop.instruments.differences.matching import Pair, Sureness, match
from kume_desktop.instruments.differences.retired import with_retired

__all__ = ["Comparison", "Difference", "Gravity", "Means", "Pair", "Sureness", "compare", "match", "with_retired"]
