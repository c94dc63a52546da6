"""A list of firms is taken: choose the file, say its columns, look at its rows, decide, import."""
