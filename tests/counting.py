"""What a test of reliability counted, as one line; the lines stand together at the end of a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

COUNTED, CASE = "counted", "case"


@pytest.fixture
def counted(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Tell a line of counts: `R2 power loss: 500 states, 0 lost, 0 corrupt`."""

    def tell(line: str) -> None:
        print(line)
        record_property(COUNTED, line)

    return tell


@pytest.fixture(autouse=True)
def case(request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    """A test under `@pytest.mark.cases("R25 consent")` is one of those that are counted together."""
    marker = request.node.get_closest_marker("cases")
    if marker is not None:
        record_property(CASE, marker.args[0])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show every line that was counted, those of tests that failed with a word, and how many cases held."""
    told = [
        (name, line, report.passed)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, ())
        if getattr(report, "when", "") == "call"
        for name, line in report.user_properties
    ]
    lines = [line + ("" if passed else "  FAILED") for name, line, passed in told if name == COUNTED]
    held = Counter(line for name, line, passed in told if name == CASE and passed)
    failed = Counter(line for name, line, passed in told if name == CASE and not passed)
    lines += [f"{row}: {held[row] + failed[row]} cases, {failed[row]} failed" for row in held | failed]
    if lines:
        terminalreporter.section("counted")
        for line in sorted(lines, key=_place):
            terminalreporter.write_line(line)


def _place(line: str) -> tuple[int, str]:
    """R2 stands before R10."""
    number = line[1:].partition(" ")[0]
    return (int(number) if number.isdigit() else 0, line)
