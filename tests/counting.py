"""What a test of reliability counted, as one line; the lines stand together at the end of a run."""

from __future__ import annotations

from collections.abc import Callable

import pytest

COUNTED = "counted"


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tell a line of counts: `R2 power loss: 500 states, 0 lost, 0 corrupt`."""

    def tell(line: str) -> None:
        print(line)
        record_property(COUNTED, line)

    return tell


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show every line that was counted, those of tests that failed with a word."""
    lines = [
        line + ("" if report.passed else "  FAILED")
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        if getattr(report, "when", "") == "call"
        for name, line in report.user_properties
        if name == COUNTED
    ]
    if lines:
        terminalreporter.section("counted")
        for line in sorted(lines, key=_place):
            terminalreporter.write_line(line)


def _place(line: str) -> tuple[int, str]:
    """R2 stands before R10."""
    number = line[1:].partition(" ")[0]
    return (int(number) if number.isdigit() else 0, line)
