"""Forms made by chance: relevance, calculations, filters, checks, triggers and repeats that look at each other."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from kume_desktop.instruments.model import Kind

HEAD = (
    "type", "name", "label", "relevant", "required", "constraint", "warn", "calculation", "choice_filter",
    "repeat_count", "default", "trigger", "read_only",
)  # fmt: skip
CHOICES = """
| list_name | name | label::Türkçe (tr) | label::English (en) | tur |
| k         | x    | Evet               | Yes                 | 1   |
| k         | y    | Hayır              | No                  | 2   |
| k         | z    | Belki              | Perhaps             | 1   |
"""
DEEPEST = 2


@dataclass
class Draft:
    """The rows so far. `known` are names with the repeats around them: a rule looks only at what stands before it."""

    draw: st.DrawFn
    rows: list[dict[str, str]] = field(default_factory=list)
    known: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    repeats: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    count: int = 0

    def name(self, kind: str) -> str:
        """The next name."""
        self.count += 1
        return f"{kind}{self.count}"

    def seen(self, around: tuple[str, ...], *kinds: str) -> list[str]:
        """Names that a rule inside `around` can read as one value."""
        return [n for n, kind, rows in self.known if rows == around[: len(rows)] and (not kinds or kind in kinds)]

    def pick(self, *options: str) -> str:
        """One of these."""
        return self.draw(st.sampled_from(options))

    def number(self, around: tuple[str, ...]) -> str:
        """An expression that gives a number or blank."""
        own = self.seen(around, "n", "c")
        far = [n for n, kind, rows in self.known if kind in {"n", "c"} and rows and rows[0] not in around]
        terms = [f"${{{name}}}" for name in own] + [f"sum(${{{name}}})" for name in far]
        terms += [f"count(${{{name}}})" for name, _ in self.repeats] + (["position(..)"] if around else []) + ["1"]
        first, second = self.pick(*terms), self.pick(*terms)
        return self.pick(
            f"{first} + {second}", f"{first} * 2", f"if({first} > 2, {second}, '')", f"coalesce({first}, 3)"
        )

    def condition(self, around: tuple[str, ...]) -> str:
        """An expression that is true or false; '' where there is nothing to look at."""
        numbers, selects, many = (self.seen(around, kind) for kind in ("n", "s", "m"))
        options = [f"${{{name}}} > 2" for name in numbers] + [f"${{{name}}} != 'y'" for name in selects]
        options += [f"selected(${{{name}}}, 'x')" for name in many] + [f"not(${{{name}}} = '')" for name in numbers]
        options += [f"${{{name}}} mod 2 = 1" for name in self.seen(around, "c")]
        return self.pick(*options) if options else ""

    def maybe(self, text: str, one_in: int = 2) -> str:
        """The text, now and then."""
        return text if self.draw(st.integers(1, one_in)) == 1 else ""

    def add(self, kind: str, name: str, **cells: str) -> None:
        """Add a row."""
        self.rows.append({"type": kind, "name": name, "label": name.upper(), **cells})

    def question(self, around: tuple[str, ...]) -> None:
        """Add a question or a calculation."""
        kind = self.pick("n", "n", "s", "m", "t", "c", "c", "l", "once")
        name = self.name(kind)
        relevant = self.maybe(self.condition(around), 2)
        if kind == "c":
            self.add("calculate", name, calculation=self.number(around), relevant=relevant)
        elif kind == "l":
            shown = self.seen(around, "s")
            text = f"jr:choice-name(${{{shown[0]}}}, '${{{shown[0]}}}')" if shown else "'-'"
            self.add("calculate", name, calculation=text, relevant=relevant)
        elif kind == "once":
            self.add("calculate", name, calculation="once(now())", relevant=relevant)
        else:
            self.asked(kind, name, around, relevant)
        self.known.append((name, kind, around))

    def asked(self, kind: str, name: str, around: tuple[str, ...], relevant: str) -> None:
        """Add a question that a person answers."""
        types = {"n": "integer", "s": "select_one k", "m": "select_multiple k", "t": "text"}
        cells = {"relevant": relevant, "required": self.maybe(self.condition(around), 3)}
        if kind == "n":
            other = self.seen(around, "n")
            cells["constraint"] = self.maybe(f". >= ${{{other[0]}}}" if other else ". < 9", 4)
            cells["warn"] = self.maybe(". = 4", 4)
            cells["default"] = self.maybe(self.pick("1", "3"), 4) or self.maybe(self.number(around), 6)
        if kind in {"s", "m"}:
            other = self.seen(around, "s", "n")
            cells["choice_filter"] = self.maybe(f"name != ${{{other[0]}}} or tur = '2'" if other else "tur = '1'", 3)
        if kind == "t" and (triggers := self.seen(around, "n", "s")):
            cells["trigger"] = self.maybe(f"${{{self.pick(*triggers)}}}", 2)
            cells["calculation"] = self.maybe(f"concat('t', ${{{triggers[0]}}})", 1) if cells["trigger"] else ""
        cells["read_only"] = self.maybe(self.condition(around), 6) if not cells.get("calculation") else ""
        self.add(types[kind], name, **cells)

    def block(self, around: tuple[str, ...], depth: int) -> None:
        """Add a group or a repeat with what stands in it."""
        kind = self.pick("group", "repeat", "counted")
        name = self.name(kind[0])
        count = self.seen(around, "n")
        counted = {"repeat_count": f"${{{count[0]}}}"} if kind == "counted" and count else {}
        is_repeat = kind != "group"
        self.add(f"begin {'repeat' if is_repeat else 'group'}", name,
                 relevant=self.maybe(self.condition(around), 2), **counted)  # fmt: skip
        inside = (*around, name) if is_repeat else around
        self.content(inside, depth + 1)
        self.rows.append({"type": f"end {'repeat' if is_repeat else 'group'}"})
        if is_repeat:
            self.repeats += [(name, around)] if not around else []

    def content(self, around: tuple[str, ...], depth: int) -> None:
        """Add some questions, and blocks while there is room."""
        for _ in range(self.draw(st.integers(1, 4 if depth else 6))):
            if depth < DEEPEST and self.draw(st.integers(0, 3)) == 0:
                self.block(around, depth)
            else:
                self.question(around)


@st.composite
def surveys(draw: st.DrawFn) -> str:
    """A survey sheet as a table."""
    draft = Draft(draw)
    draft.content((), 0)
    lines = [HEAD, *([row.get(column, "") for column in HEAD] for row in draft.rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


FITTING = {
    Kind.INTEGER: ["2", "5", "1", "3", "0", "4", ""],
    Kind.SELECT_ONE: ["x", "y", "z", ""],
    Kind.SELECT_MULTIPLE: ["x", "x y", "z", "y x", ""],
}
"""Answers that a question may take, most of them no blank."""
acts = st.lists(
    st.tuples(
        st.sampled_from(["answer"] * 6 + ["add"] * 2 + ["remove", "language", "later"]),
        st.integers(0, 40),
        st.integers(0, 40),
    ),
    min_size=4,
    max_size=14,
)
