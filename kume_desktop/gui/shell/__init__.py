"""The frame around the pages: rail, command palette, key list."""
