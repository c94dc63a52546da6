"""Before and at the start of a study: recent studies, passphrase, new study, start page."""
