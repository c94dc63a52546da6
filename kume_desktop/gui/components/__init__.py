"""The parts that every page is built from (ui.md section 6)."""
