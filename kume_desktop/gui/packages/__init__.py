"""Paketler: what came from other computers and what goes to them."""
