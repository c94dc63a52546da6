"""Ayarlar: what a person chooses for this computer, and the facts of the study."""
