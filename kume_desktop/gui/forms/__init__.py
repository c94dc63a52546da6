"""The questionnaires of a study: check, install, compare, move drafts, run tests, submissions."""
