"""The XForms that the form benchmarks run on, written as a converter would write them, in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kume_desktop.instruments.source import FormSource
    from kume_desktop.interview.state import Setting, Tables

SCALE = (("1", "Hiç", "None"), ("2", "Az", "Little"), ("3", "Orta", "Some"), ("4", "Çok", "Much"))
_NAMESPACES = (
    'xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms"'
)


def source_of(xform: str) -> FormSource:
    """The form as the store keeps it after its conversion."""
    from kume_desktop.instruments.source import FormSource

    return FormSource(xform, {}, "0" * 64, "0" * 64)


def setting(tables: Tables | None = None) -> Setting:
    """What an interview takes from outside, the same in every run."""
    from datetime import UTC, datetime

    from kume_desktop.interview.state import Setting

    return Setting(tables or {}, "a", "b", "tr", lambda: datetime(2026, 1, 5, 9, 0, tzinfo=UTC), "600")


class Draft:
    """A form that is being written: its instance, binds, texts and body."""

    def __init__(self) -> None:
        self.instance: list[str] = []
        self.binds: list[str] = []
        self.texts: dict[str, tuple[str, str]] = {}
        self.body: list[str] = []
        self.instances: list[str] = []

    def ask(self, path: str, kind: str, label: str, bind: str = "", control: str = "") -> None:
        """Add a question; `bind` and `control` are further XML."""
        self.leaf(path, kind, bind)
        self.texts[f"{path}:label"] = (f"{label}?", f"{label} (en)?")
        tag = "select1" if control else "input"
        self.body.append(f'<{tag} ref="{path}"><label ref="jr:itext(\'{path}:label\')"/>{control}</{tag}>')

    def leaf(self, path: str, kind: str, bind: str = "") -> None:
        """Add a node that nobody sees."""
        self.instance.append(f"<{path.rsplit('/', 1)[-1]}/>")
        self.binds.append(f'<bind nodeset="{path}" type="{kind}" {bind}/>')

    def open(self, path: str, label: str, bind: str = "", repeat: bool = False) -> None:
        """Open a group or a repeat."""
        self.instance.append(f"<{path.rsplit('/', 1)[-1]}>")
        if bind:
            self.binds.append(f'<bind nodeset="{path}" {bind}/>')
        self.texts[f"{path}:label"] = (label, f"{label} (en)")
        self.body.append(f'<group ref="{path}"><label ref="jr:itext(\'{path}:label\')"/>')
        self.body.append(f'<repeat nodeset="{path}">' if repeat else "")

    def close(self, path: str, repeat: bool = False) -> None:
        """Close what was opened last."""
        self.instance.append(f"</{path.rsplit('/', 1)[-1]}>")
        self.body.append(("</repeat>" if repeat else "") + "</group>")

    def choices(self, name: str, items: Iterable[Sequence[str]], columns: Sequence[str] = ()) -> None:
        """Add a list of (name, Turkish, English, further columns)."""
        cells = []
        for code, turkish, english, *more in items:
            self.texts[f"{name}-{code}"] = (turkish, english)
            extra = "".join(f"<{column}>{cell}</{column}>" for column, cell in zip(columns, more, strict=True))
            cells.append(f"<item><itextId>{name}-{code}</itextId><name>{code}</name>{extra}</item>")
        self.instances.append(f'<instance id="{name}"><root>{"".join(cells)}</root></instance>')

    def text(self) -> str:
        """The whole document."""
        translations = "".join(
            f'<translation lang="{language}"{default}>'
            + "".join(f'<text id="{key}"><value>{pair[at]}</value></text>' for key, pair in self.texts.items())
            + "</translation>"
            for at, (language, default) in enumerate((("Türkçe (tr)", ' default="true()"'), ("English (en)", "")))
        )
        return (
            f"<h:html {_NAMESPACES}><h:head><h:title>Deneme</h:title><model><itext>{translations}</itext>"
            f'<instance><data id="deneme" version="1">{"".join(self.instance)}</data></instance>'
            f"{''.join(self.instances)}{''.join(self.binds)}</model></h:head><h:body>{''.join(self.body)}</h:body></h:html>"
        )


def listed(instance: str, condition: str = "") -> str:
    """The choices of a select."""
    nodeset = f"instance('{instance}')/root/item{f'[{condition}]' if condition else ''}"
    return f'<itemset nodeset="{nodeset}"><value ref="name"/><label ref="jr:itext(itextId)"/></itemset>'


def sections(questions: int) -> str:
    """Sections of ten: four choices, two checked numbers, two texts under a condition, a sum and a running sum."""
    draft = Draft()
    draft.choices("olcek", SCALE)
    for number in range(1, questions // 10 + 1):
        here = f"/data/g{number}"
        draft.open(here, f"Bölüm {number}", f'relevant="/data/g{number - 1}/n1 != 7"' if number > 1 else "")
        for item in range(1, 5):
            draft.ask(f"{here}/s{item}", "string", f"Soru {number}.{item}", control=listed("olcek"))
        for item in (1, 2):
            check = f'required="true()" constraint=". &gt;= 0 and . &lt;= 100000" jr:constraintMsg="Çok {item}"'
            draft.ask(f"{here}/n{item}", "int", f"Sayı {number}.{item}", check)
        for item in (1, 2):
            condition = f"relevant=\" {here}/s{item} = '4' and {here}/n1 &gt; 10\""
            draft.ask(f"{here}/t{item}", "string", f"Neden {number}.{item}", condition)
        draft.leaf(f"{here}/c1", "string", f'calculate=" {here}/n1 + {here}/n2 "')
        before = f" + coalesce(/data/g{number - 1}/c2, 0)" if number > 1 else ""
        draft.leaf(f"{here}/c2", "string", f'calculate="coalesce( {here}/c1 , 0){before}"')
        draft.close(here)
    return draft.text()


def answers(questions: int = 600) -> str:
    """A form for single answers: a cascade of 17 sums, a section of 17 questions that a choice opens, 501 limits."""
    draft = Draft()
    draft.choices("olcek", SCALE)
    draft.ask("/data/taban", "int", "Taban")
    for number in range(1, 18):
        before = f"/data/k{number - 1}" if number > 1 else "/data/taban"
        draft.leaf(f"/data/k{number}", "int", f'calculate="coalesce({before}, 0) + {number}"')
    draft.ask("/data/kapi", "string", "Kapı", control=listed("olcek"))
    draft.open("/data/g", "Açılan bölüm", "relevant=\" /data/kapi = '4'\"")
    for number in range(1, 18):
        draft.ask(f"/data/g/q{number}", "int", f"Açılan {number}")
    draft.close("/data/g")
    draft.ask("/data/sinir", "int", "Sınır")
    draft.open("/data/c", "Sınırlı bölüm")
    for number in range(1, 502):
        draft.ask(f"/data/c/v{number}", "int", f"Sınırlı {number}", 'constraint=". &lt;= /data/sinir "')
    draft.close("/data/c")
    for number in range(1, questions - 17 - 17 - 501 - 3 + 1):
        draft.ask(f"/data/x{number}", "string", f"Başka {number}")
    return draft.text()


def rows(questions: int = 20) -> str:
    """A repeat of so many questions, whose sums look within the row and across all rows."""
    draft = Draft()
    draft.open("/data/r", "Satır", repeat=True)
    for number in range(1, questions - 3):
        draft.ask(f"/data/r/q{number}", "int", f"Sayı {number}", 'constraint=". &lt; 1000"')
    draft.leaf("/data/r/sira", "int", 'calculate="position(..)"')
    draft.leaf("/data/r/iki", "int", 'calculate=" ../q1 * 2"')
    draft.ask("/data/r/neden", "string", "Neden", 'relevant=" ../q2 &gt; 10"')
    draft.ask("/data/r/not", "string", "Not", 'required=" ../q3 = 1"')
    draft.close("/data/r", repeat=True)
    draft.leaf("/data/toplam", "int", 'calculate="sum( /data/r/q1 )"')
    draft.leaf("/data/kac", "int", 'calculate="count( /data/r )"')
    return draft.text()


def districts(count: int = 20_000, provinces: int = 81) -> str:
    """A select of so many choices, filtered by the province that was chosen before."""
    draft = Draft()
    draft.choices("il", ((f"p{number}", f"İl {number}", f"Province {number}") for number in range(provinces)))
    rows_of = ((f"d{n}", f"Mahalle {n}", f"Quarter {n}", f"p{n % provinces}") for n in range(count))
    draft.choices("mahalle", rows_of, ("il",))
    draft.ask("/data/il", "string", "İl", control=listed("il"))
    draft.ask("/data/mahalle", "string", "Mahalle", control=listed("mahalle", "il= /data/il "))
    return draft.text()
