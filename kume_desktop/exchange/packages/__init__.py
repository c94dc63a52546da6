"""Packages: the one signed, encrypted file that passes between the computers of a study.

What protects what. The Ed25519 signature over everything says which computer wrote the file, and that nothing in it was
changed since. Who can read it: a random key encrypts the body (XChaCha20-Poly1305, bound to the header), and that key
is wrapped by a libsodium sealed box for every recipient, for the study's recovery key where there is one and for the
sender itself, so that the outbox can be read again. (The design speaks of age; PyNaCl does the same with wheels for
every system and is used for everything else already.) A sealed box proves nothing about its sender: the signature does,
and the first line inside repeats who wrote to whom, so that a body cannot be signed anew by somebody else. The header
is readable by everybody who finds the file: identifiers of study and computers and counts, no names, no answers. There
is no forward secrecy: who gets a computer's secret key reads every package that was ever written to it.
"""
