"""A survey in which every row has a mistake of its own, and what must be said about it (the rest must stay silent)."""

# ruff: noqa: E501 - a table of cases

from __future__ import annotations

from dataclasses import dataclass

HEAD = (
    "type", "name", "label", "relevant", "constraint", "constraint_message", "calculation", "required", "read_only",
    "choice_filter", "repeat_count", "appearance", "parameters", "default", "trigger",
)  # fmt: skip
CHOICES = (
    "| list_name | name | label | il | bolge | bos | missing |",
    "| evet | 1 | Evet | | | | |",
    "| evet | 2 | Hayır | | | | |",
    "| olcek | 1 | Az | | | | |",
    "| olcek | 5 | Çok | | | | |",
    "| olcek | nr | Yanıtlamadı | | | | nr |",
    "| ilce | bornova | Bornova | izmir | ege | | |",
    "| ilce | konak | Konak | izmir | ege | | |",
)


@dataclass(frozen=True)
class Line:
    """Cells by column, and the findings: (code without `form.`, column, what the sentence says)."""

    cells: dict[str, str]
    found: tuple[tuple[str, str, str], ...] = ()


def line(kind: str, name: str, *found: tuple[str, str, str], label: str = "?", **cells: str) -> Line:
    return Line({"type": kind, "name": name, "label": label, **cells}, found)


def hidden(name: str, how: str, *found: tuple[str, str, str]) -> Line:
    return line("calculate", name, *found, label="", calculation=how)


LINES = (
    line("integer", "n"),
    line("decimal", "o"),
    line("date", "gun"),
    line("text", "t"),
    line("select_one evet", "s"),
    line("select_multiple evet", "m"),
    line("select_one olcek", "puan"),
    line("begin_repeat", "r"),
    line("integer", "v"),
    line("text", "yalniz", ("one-row", "calculation", "sum"), calculation="sum(${v})", read_only="yes"),
    hidden("en_cok", "max(${v})", ("one-row", "calculation", "max")),
    hidden("kac", "count(${r})", ("rows-from-inside", "calculation", "count(${r})")),
    hidden("mutlak", "sum(/data/r/v)", ("path-into-own-repeat", "calculation", "${v}")),
    hidden("onceki", "indexed-repeat(/data/r/v, /data/r, position(..) - 1)"),
    hidden("kendi", "${v} * 2"),
    line("end_repeat", "", label=""),
    hidden("toplam", "sum(${v}) + count(${r}) + max(${v})"),
    hidden("satir_say", "count(${r}[v > 3])"),
    hidden("tek", "${v} + 1", ("rows-as-one", "calculation", "indexed-repeat(${v}, ${r}, 1)")),
    hidden("birlesik", "concat(${v}, 'x')", ("concat-of-rows", "calculation", "join(' ', ${v})")),
    hidden("ucuncu", "${r}[3]/v", ("expression-positional-predicate", "calculation", "position()=")),
    hidden("bos_mu", "if(${t}, 1, 2)", ("expression-bare-condition", "calculation", "t")),
    line("text", "ciplak", ("expression-bare-condition", "relevant", "${t}"), relevant="${t}"),
    line("text", "bos_degil", relevant="${t} != ''"),
    hidden("tirnak", "concat('${t}', 'a')", ("reference-in-quotes", "calculation", "${t}")),
    hidden("etiket", "jr:choice-name(${s}, '${s}')"),
    hidden("ustel", "number('1e3')", ("exponent", "calculation", "1e3")),
    hidden("virgul", "number('1,5')", ("expression-decimal-comma", "calculation", "1,5")),
    hidden("simdi", "string-length(now())", ("now-as-text", "calculation", "format-date-time")),
    hidden("yarim", "round(-${o})", ("round-negative", "calculation", "-round")),
    line("text", "tarihli", ("expression-date-literal", "relevant", "date('2026-01-01')"), relevant="${gun} > '2026-01-01'"),
    line("text", "degil", ("expression-negated-comparison", "relevant", "not("), relevant="not(${n} > 5)"),
    line("text", "desen", ("expression-pattern-without-anchors", "constraint", "^…$"), constraint="regex(., '[0-9]+')", constraint_message="!"),
    line("text", "agir", ("pattern-slow", "constraint", "(a|aa)+"), constraint="regex(., '^(a|aa)+$')", constraint_message="!"),
    line("text", "buyuk", ("ordered-select", "relevant", "selected(${s}"), relevant="${s} > 1"),
    line("text", "olcekli", relevant="${puan} >= 3"),
    line("text", "kod", ("code-unknown", "relevant", "evet"), relevant="${s} = 'evt'"),
    line("text", "kod2", ("code-unknown", "relevant", "7"), relevant="selected(${m}, '7')"),
    line("text", "kod3", relevant="${s} = 1 or ${s} = '2.0' or selected(${m}, 'na')"),
    line("text", "erken", ("condition-later", "relevant", "sonra"), relevant="${sonra} = 1"),
    line("integer", "sonra"),
    line("select_one ilce", "suz", choice_filter="il = ${t} and bolge = 'ege'"),
    line("select_one ilce", "suz2", ("filter-column-near", "choice_filter", "bolge"), choice_filter="bolgee = ${t}"),
    line("select_one ilce", "suz3", ("filter-column", "choice_filter", "${mahalle}"), choice_filter="mahalle = ${t}"),
    line("select_one ilce", "suz4", ("filter-column-blank", "choice_filter", "bos"), choice_filter="bos = ${t}"),
    line("select_one ilce", "daire1", ("filter-circle", "choice_filter", "daire1 → daire2 → daire1"), choice_filter="il = ${daire2}"),
    line("select_one ilce", "daire2", choice_filter="il = ${daire1}"),
    line("integer", "sessiz", ("constraint-without-message", "constraint", "constraint_message"), constraint=". > 0"),
    line("integer", "ezilen", ("calculation-visible", "calculation", "read_only"), calculation="${n} + 1"),
    line("note", "bos_kural", ("rule-idle", "required", "note"), required="yes"),
    line("start-geopoint", "konum", ("type-blank", "type", "start-geopoint"), label=""),
    line("text", "tetik", ("trigger-without-calculation", "trigger", "tetik"), trigger="${n}"),
    line("range", "aralik2", parameters="start=0 end=5 step=1"),
    line("text", "yazim", ("appearance-near", "appearance", "multiline"), appearance="multilin"),
    line("select_one evet", "varsayilan", ("default-not-listed", "default", "evet"), default="9"),
    line("integer", "sayi", ("default-not-a-number", "default", "on"), default="on"),
    line("date", "tarih", ("default-not-a-date", "default", "01.02.2026"), default="01.02.2026"),
    line("date", "bugun", default="today()"),
    line("text", "sayili", ("count-without-repeat", "repeat_count", "sayili"), repeat_count="3"),
    line("text", "Sonra", ("name-case", "name", "sonra")),
    hidden("kayip", "instance('ilcee')/root/item[name = ${t}]/label", ("instance-unknown-near", "calculation", "ilce")),
    hidden("sutun", "instance('ilce')/root/item[name = ${t}]/bolg", ("file-column-near", "calculation", "bolge")),
    hidden("okunan", "instance('ilce')/root/item[name = ${t}]/bolge"),
    line("text", "bilinmeyen", ("bare-word", "relevant", "'yokki'"), relevant="yokki = 1"),
    line("text", "zorunlu", ("bare-word", "required", "yes or no"), required="evet"),
    line("text", "birden", ("several-as-one", "relevant", "selected(${m}, '1')"), relevant="${m} = '1'"),
    line("text", "yalniz_biri", relevant="${m} = '' or ${s} = '1'"),
)  # fmt: skip
