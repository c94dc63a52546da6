"""Bilgisayarlar: the computers of the study, introduced, compared, enrolled and revoked."""
