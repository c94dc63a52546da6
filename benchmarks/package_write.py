"""Making a package of 500 interviews, against packing and encrypting the same bytes alone.

Measured: the entries of one laptop's stream out of an encrypted study, sealed for another computer (lines, ranges,
checkpoints, compression, encryption, signature). The reference compresses and encrypts the same lines.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from uuid import UUID, uuid4

from benchmarks.measure import Measurement, interleaved, processor, tell
from benchmarks.packages_made import empty_database, stream

ROUNDS = 5
INTERVIEWS, FEWER = 500, 20


def run(folder: Path, rounds: int) -> Measurement:
    """Measure in milliseconds; two rounds (--quick) take fewer interviews."""
    from nacl.secret import Aead

    from kume_desktop.exchange.packages.format import EventLine, Kind
    from kume_desktop.exchange.packages.parties import new_secrets
    from kume_desktop.exchange.packages.seal import seal
    from kume_desktop.store import outgoing

    laptop, agency = new_secrets(str(uuid4())), new_secrets(str(uuid4()))
    events = list(stream(laptop.device_id, INTERVIEWS if rounds >= ROUNDS else FEWER))
    name = str(events[0].stream)
    database = empty_database(folder, "write")
    database.import_events([event.line for event in events])
    plain = "\n".join(event.line for event in events).encode()
    box = Aead(b"k" * 32)

    def make() -> None:
        held = outgoing.written(database, {UUID(name): 0})
        seal(
            Kind.INTERVIEWS,
            str(UUID(int=1)),
            str(uuid4()),
            (EventLine(name, row.seq, row.hash, row.line) for row in held.rows),
            {agency.device_id: agency.encryption_public},
            laptop,
            owners={name: laptop.device_id},
            made_at="2026-01-01T00:00:00+00:00",
        )

    ours, reference = interleaved(make, lambda: box.encrypt(zlib.compress(plain, 6)), rounds)
    tell(f"  {len(events)} entries, {len(plain) / 1e6:.1f} MB; processor time {processor(make):.0f} ms")
    database.close()
    return Measurement("package-write", ours, "ms", "zlib + encryption of the same lines", reference)
