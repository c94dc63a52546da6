"""The report page: edition, contents, preview, and the files that are written."""
