"""Parola ve anahtarlar: the ways into the study."""
