"""Reading a package of 500 interviews, against decrypting and unpacking the same bytes alone.

Measured: every part opened as the program does it before it hands anything on (signature, decryption, bounded
unpacking, the strict schema of every line, ranges and chains). The reference decrypts and unpacks the same lines.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.measure import Measurement, interleaved, processor, tell
from benchmarks.packages_made import stream

ROUNDS = 5
INTERVIEWS, FEWER = 500, 20


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds; two rounds (--quick) take fewer interviews."""
    from nacl.secret import Aead

    from kume_desktop.exchange.packages.format import SUFFIX, EventLine, Kind
    from kume_desktop.exchange.packages.opening import open_sealed
    from kume_desktop.exchange.packages.parties import ENROLLED, LAPTOP, Trusted, new_secrets
    from kume_desktop.exchange.packages.seal import seal
    from kume_desktop.store.log import parse

    laptop, agency = new_secrets(str(uuid4())), new_secrets(str(uuid4()))
    study = str(UUID(int=1))
    events = list(stream(laptop.device_id, INTERVIEWS if rounds >= ROUNDS else FEWER))
    name = str(events[0].stream)
    lines = (EventLine(name, event.seq, event.hash, event.line) for event in events)
    parts = seal(
        Kind.INTERVIEWS,
        study,
        str(uuid4()),
        lines,
        {agency.device_id: agency.encryption_public},
        laptop,
        owners={name: laptop.device_id},
        made_at="2026-01-01T00:00:00+00:00",
    )
    files = [folder / f"{number}{SUFFIX}" for number in range(len(parts))]
    for file, part in zip(files, parts, strict=True):
        file.write_bytes(part)
    trusted = {laptop.device_id: Trusted(laptop.signing_public, laptop.encryption_public, LAPTOP, ENROLLED)}
    box = Aead(b"k" * 32)
    plain = "\n".join(event.line for event in events).encode()
    closed = bytes(box.encrypt(zlib.compress(plain, 6)))

    def read() -> None:
        for file in files:
            open_sealed(file, trusted, agency, study=study, read_event=parse)

    ours, reference = interleaved(read, lambda: zlib.decompress(box.decrypt(closed)), rounds)
    size = sum(map(len, parts)) / 1e6
    tell(f"  {len(events)} entries in {len(files)} parts, {size:.1f} MB; processor time {processor(read):.0f} ms")
    return Measurement("package-read", ours, "ms", "decryption + unpacking of the same lines", reference)
