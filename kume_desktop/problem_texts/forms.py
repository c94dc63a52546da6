"""What can be wrong with a form."""

from __future__ import annotations

from kume_desktop.problems import N_

FORM = {
    "form.not-a-workbook": N_(
        "This file is not an Excel workbook (.xlsx). Save the form as .xlsx and choose it again."
    ),
    "form.file-too-large": N_(
        "The file is larger than {megabytes} MB. Nothing was read. Take pictures and unused sheets out of the workbook."
    ),
    "form.file-harmful": N_(
        "The file is built in a way that could harm the computer. Nothing was read. Ask its sender for a clean copy."
    ),
    "form.sheet-not-cells": N_(
        "This sheet is a chart, not a table. Rename it, and write the form in a sheet of cells."
    ),
    "form.too-many-rows": N_(
        "The sheet has more than {rows} rows. Move long lists to a CSV file and use select_one_from_file."
    ),
    "form.column-twice": N_("This column stands twice in the sheet. Rename or remove one of the two."),
    "form.no-survey": N_("The workbook has no sheet “survey”. Name the sheet with the questions survey."),
    "form.no-column": N_("The sheet has no column “{column}”. Add it to the first row."),
    "form.not-an-xform": N_("The converted form cannot be read. Convert the workbook again."),
    "form.not-an-xlsform": N_("The form cannot be converted: {message}"),
    "form.type-missing": N_("The row has no type. Write one, or clear the row."),
    "form.type-unknown": N_("“{type}” is no question type. Write for example text, integer, select_one or note."),
    "form.type-unknown-near": N_("“{type}” is no question type. Did you mean {near}?"),
    "form.type-unsupported": N_("Questions of the type “{type}” cannot be asked here yet. Use another type."),
    "form.name-missing": N_("The row has no name. Write a short one in small letters, without spaces."),
    "form.name-not-ascii": N_(
        "The name “{name}” may hold only the letters a-z, digits and underscores, and begins with a letter. Write for example calisan_sayisi."
    ),
    "form.name-twice": N_("The name “{name}” stands in row {other} already. Give one of the two another name."),
    "form.name-reused": N_(
        "The name “{name}” also stands in row {other}, in another group. Names that differ are easier to analyse."
    ),
    "form.name-ambiguous": N_(
        "Several questions are called {name}. Give each its own name, so that it is clear which one is meant."
    ),
    "form.unknown-name": N_("There is no question called {name}. Check the spelling."),
    "form.unknown-name-near": N_("There is no question called {name}. A similar one: {near}."),
    "form.unknown-path": N_("There is nothing at {path} in this form. Write the name as ${{name}}."),
    "form.unknown-path-near": N_(
        "There is nothing at {path} in this form. A similar name: {near}. Write it as ${{{near}}}."
    ),
    "form.end-without-begin": N_(
        "This row ends a {block} that was never begun. Remove it, or add the row that begins the block."
    ),
    "form.end-of-other-block": N_(
        "This row ends a {block}, but the block that is open is of the other kind. Write the end that belongs to it."
    ),
    "form.begin-without-end": N_("The {block} “{name}” begins here and never ends. Add a row that ends it."),
    "form.list-not-named": N_("The type lacks the name of its choice list. Write for example select_one yes_no."),
    "form.list-missing": N_("The sheet choices has no list “{list}”. Add it, or check the spelling."),
    "form.list-missing-near": N_("The sheet choices has no list “{list}”. A similar one: {near}."),
    "form.file-not-csv": N_("“{file}” is no CSV file. Save the list as CSV (UTF-8) and write its name."),
    "form.file-missing": N_("The form reads {table}, which is not there. Put it beside the workbook."),
    "form.file-column": N_("{table} has no column “{column}”. Add it, or check the spelling."),
    "form.choice-without-list": N_("The choice stands in no list. Write a list_name."),
    "form.choice-without-name": N_("The choice has no name. Write its code."),
    "form.choice-without-label": N_("The choice “{name}” has no label. Write what people read."),
    "form.choice-twice": N_(
        "The list “{list}” has the choice “{name}” in row {other} already. Give one of the two another name."
    ),
    "form.choice-with-space": N_("The choice name “{name}” holds a space. Write an underscore instead."),
    "form.reserve-unknown": N_(
        "“{value}” is no reserve mark. Write na (not applicable), dk (does not know), nr (declined) or nothing."
    ),
    "form.reserve-numeric": N_("The reserve answer “{name}” is a number and could enter a mean. Name it {reserve}."),
    "form.reserve-unmarked": N_(
        "The choice “{name}” looks like a reserve code but is not marked. Name it na, dk or nr and mark it in the column missing."
    ),
    "form.translation-missing": N_("The text is missing in the language “{language}”. Add the translation."),
    "form.setting-missing": N_("The sheet settings has no {setting}. Add it, so that versions can be told apart."),
    "form.default-language": N_("The default language “{language}” has no columns. Write one of: {languages}."),
    "form.cycle": N_(
        "These values wait for each other, so that none can be worked out: {chain}. Break the circle at one of them."
    ),
    "form.indicator-code": N_("The indicator code “{code}” is blank or stands twice. Write one of its own."),
    "form.indicator-heading": N_(
        "The indicator “{code}” stands under “{heading}”, which is no heading of the sheet indices. Correct one of the two."
    ),
    "form.indicator-anchor": N_("A level of the indicator “{code}” has no text. Write what the level means."),
    "form.index-kind": N_("“{kind}” is no kind of row of the sheet indices. Check the spelling."),
    "form.index-kind-near": N_("“{kind}” is no kind of row of the sheet indices. Did you mean {near}?"),
    "form.index-cell-missing": N_("A row of the kind “{kind}” needs the cell “{column}”. Fill it in."),
    "form.index-not-a-number": N_(
        "“{value}” in a row of the kind “{kind}” is no number. Write it with a decimal point."
    ),
    "form.index-reference": N_("“{value}” in a row of the kind “{kind}” refers to nothing. A similar one: {near}."),
    "form.test-without-case": N_("The test step has no case. Write which case it belongs to."),
    "form.test-unknown-verb": N_(
        "“{verb}” is no verb of the sheet tests. Write for example begin, answer or expect_value."
    ),
    "form.test-unknown-target": N_(
        "The test step names “{target}”, which is no question and no indicator. Check the spelling."
    ),
    "form.test-no-row": N_("The test step names the row {target}, but there are {rows} rows."),
    "form.test-set": N_(
        "“set {target}” must stand before begin and name a table and a column, for example calisma.referans_yili."
    ),
    "form.test-refused": N_("“{verb} {target} {value}” was refused: {reason}"),
    "form.test-not-so": N_("“{verb} {target} {value}” does not hold. Found: {found}"),
    "form.table-unreadable": N_("The file is no CSV in UTF-8. Save it again as CSV (UTF-8)."),
    "form.unreadable": N_("The file cannot be read. Check that it is there and not open in another program."),
    "form.expression-empty": N_("The expression is empty. Write a condition or clear the cell."),
    "form.expression-unclosed-text": N_(
        "The quotation mark at character {position} is never closed. Put the same mark at the end of the text: {found}"
    ),
    "form.expression-curly-quote": N_(
        "The curly quotation mark {found} at character {position} is not understood. Write ' or \" instead."
    ),
    "form.expression-unresolved-name": N_(
        "{found} at character {position} names a question only inside a form's workbook. Write its path here."
    ),
    "form.expression-strange-character": N_(
        "The character {found} at position {position} has no meaning in an expression. Remove it."
    ),
    "form.expression-too-deep": N_("The expression is nested too deeply. Split it over several calculate rows."),
    "form.expression-unexpected": N_(
        "“{found}” at character {position} cannot stand there. Check what is missing or too much before it."
    ),
    "form.expression-unexpected-end": N_(
        "The expression ends too early, at character {position}. Write what must follow."
    ),
    "form.expression-unclosed-bracket": N_("A bracket is never closed. Write “{expected}” where it must end."),
    "form.expression-missing-symbol": N_("At character {position} stands “{found}” where “{expected}” must be."),
    "form.expression-unknown-axis": N_(
        "“{found}::” at character {position} is not a direction in a path. Use child, parent, self or a plain name."
    ),
    "form.expression-unknown-function": N_(
        "There is no function {name}(), at character {position}. Check its spelling in the ODK function list."
    ),
    "form.expression-unknown-function-near": N_(
        "There is no function {name}(), at character {position}. Did you mean {near}()?"
    ),
    "form.expression-wrong-arity": N_("{name}() at character {position} has {given} arguments, but takes {expected}."),
    "form.expression-nodes-expected": N_(
        "Argument {place} of {name}() must be a path of questions, at character {position}."
    ),
    "form.expression-bad-date-format": N_(
        "{escape} is not known in a date format, at character {position}. Use %Y %y %m %n %b %d %e %a %H %h %M %S %3."
    ),
    "form.expression-bad-pattern": N_("The pattern {pattern} at character {position} is wrong: {reason}"),
    "form.expression-path-in-quotes-expected": N_(
        "The second argument of {name}() must be a path in quotation marks, at character {position}."
    ),
    "form.expression-not-in-collect": N_("{name}() at character {position} works here but not in ODK Collect."),
    "form.expression-invalid-date": N_(
        "“{found}” at character {position} is no date; the result stays blank. Write it as YYYY-MM-DD."
    ),
    "form.expression-pattern-without-anchors": N_(
        "The pattern {pattern} at character {position} must match the whole text here, in other programs only a part. Write ^…$ around it."
    ),
    "form.expression-negated-comparison": N_(
        "not(…) at character {position} is also true while the question is blank. Turn the comparison round instead."
    ),
    "form.expression-date-literal": N_(
        "“{found}” at character {position} is compared as a date here, but not in ODK Collect. Write date('{found}')."
    ),
    "form.expression-ordered-text": N_(
        "“{found}” at character {position} is compared as a number, because texts have no order. Write a number without quotation marks."
    ),
    "form.expression-decimal-comma": N_("“{found}” at character {position} is no number. Write a decimal point."),
    "form.expression-positional-predicate": N_(
        "The row number in {found}[…] at character {position} gives a blank in ODK Collect. Write {found}[position()=…]."
    ),
    "form.expression-sum-of-one-row": N_(
        "sum() at character {position} sees only {found} of its own row. Write the whole path to add up all rows."
    ),
}
