"""Packages between the computers of a study: making them, the outbox, reading them, receipts.

Agency to laptop: assignments, returned interviews, receipts. Laptop to agency: everything it wrote since the last
receipt. A package is signed by its sender, readable by its recipients and by the sender itself, and lies in the outbox
until it is copied away; nothing is stored from one before a dry run said what it would change.
"""
