"""Yedekler: the backups of the study, a look inside, and bringing one back."""
