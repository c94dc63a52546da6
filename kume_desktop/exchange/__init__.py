"""What comes from other programs: foreign files pass a guard, are read within limits, and become plain values."""
