"""Puanlama: levels for firms and areas, with the evidence beside them; and how far the raters agree."""
