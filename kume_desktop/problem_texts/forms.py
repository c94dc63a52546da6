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
    "form.choice-column": N_(
        "“{column}” cannot be the head of a column here. Begin with a letter, then letters, digits and underscores only."
    ),
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
    "form.bare-word": N_(
        "“{name}” stands there without marks and is always blank. Write '{name}' if a text or a choice is meant, ${{name}} for a question, yes or no for a yes or no."
    ),
    "form.bare-function": N_("“{name}” stands there without brackets. Write {name}()."),
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
    "form.list-of-study": N_(
        "In a study {table} is always the study's own list, with the columns {columns}; this file would not be read. Give it another name."
    ),
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
    "form.language-spelt-twice": N_(
        "“{language}” and “{other}” are the same language in two spellings and become two languages. Write “{other}” in every column."
    ),
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
    "form.setting-ignored": N_("“{setting}” is for a server. Nothing is sent from here; the setting does no harm."),
    "form.parameter-ignored": N_("“{parameter}” is for telephones. Files are kept here as they are."),
    "form.media-missing": N_(
        "The label shows {file}, which does not lie beside the workbook. Put it there, or into the folder media beside it."
    ),
    "form.changed-meanwhile": N_("The workbook was changed while it was read. Choose it again."),
    "form.date-ambiguous": N_("Excel counts this date ({value}) wrongly. Write it as text, for example 2020-01-31."),
    "form.sheet-too-large": N_(
        "The workbook holds more than {megabytes} MB of cells. Nothing was read. Move long lists to a CSV file and use select_one_from_file."
    ),
    "form.search-appearance": N_(
        "The appearance search() is an older way to read a list. Write select_one_from_file {table}.csv as the type, and a choice_filter where search() had one."
    ),
    "form.table-too-large": N_(
        "The list is larger than {megabytes} MB. Take out the columns and rows that the form does not need."
    ),
    "form.table-too-many-rows": N_("The list has more than {rows} rows. Take out those that the form does not need."),
    "form.table-column-twice": N_("The column “{column}” stands twice in the list. Rename or remove one of the two."),
    "form.table-not-xml": N_("The file is no XML. Write it again, or save the list as CSV (UTF-8)."),
    "form.table-shape": N_(
        "The file must hold a root with items in it (root, item, one element for each column). Save the list as CSV (UTF-8) instead."
    ),
    "form.table-not-geojson": N_(
        "The file is no GeoJSON collection of places. Export it again as a FeatureCollection."
    ),
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
    "form.expression-other-operator": N_(
        "“{found}” at character {position} means nothing in an expression. Write “{write}” instead."
    ),
    "form.expression-grouped-number": N_(
        "“{found}” at character {position} is no number. Write the digits without marks between them, and a point before decimals."
    ),
    "form.expression-missing-side": N_(
        "What “{found}” at character {position} compares is missing before it. Repeat the question: ${{name}}, or a point for its own answer."
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
    "form.file-column-near": N_("{table} has no column “{column}”. A similar one: {near}."),
    "form.instance-unknown": N_(
        "The form has no list and no file called “{table}” (character {position}). Add the list to the sheet choices, or a row of the type csv-external."
    ),
    "form.instance-unknown-near": N_(
        "The form has no list and no file called “{table}” (character {position}). A similar one: {near}."
    ),
    "form.filter-column": N_(
        "The sheet choices has no column “{column}” (character {position}). Add the column, or write ${{{column}}} if a question is meant."
    ),
    "form.filter-column-near": N_(
        "The sheet choices has no column “{column}” (character {position}). A similar one: {near}."
    ),
    "form.filter-column-blank": N_(
        "The column “{column}” is blank for every choice of the list “{list}” (character {position}), so the filter leaves none. Fill it in."
    ),
    "form.filter-circle": N_(
        "These choice lists wait for each other's answers: {chain}. Begin one of the filters with “${{…}} = '' or …”, or take it away."
    ),
    "form.reserve-code": N_(
        "The choice “{name}” of the list “{list}” is a number that stands for no answer and could enter a mean. Name it {reserve} and write the same into a column missing."
    ),
    "form.list-unused": N_("No question uses the list “{list}”. Remove it, or check the spelling in the column type."),
    "form.list-long": N_(
        "The list “{list}” has {count} choices, all on one screen. Write minimal or autocomplete in the column appearance."
    ),
    "form.question-without-label": N_(
        "“{name}” has no label: people see an empty question. Write what they are asked."
    ),
    "form.constraint-without-message": N_(
        "“{name}” refuses answers without saying why. Write in constraint_message what is allowed."
    ),
    "form.calculation-visible": N_(
        "“{name}” is asked, but its calculation overwrites what is typed. Write yes in read_only, or make it a calculate and show it in a note."
    ),
    "form.rule-idle": N_("The column {column} does nothing in a row of the type {type}. Clear it, or change the type."),
    "form.type-blank": N_(
        "“{type}” stays blank here, because this computer does not give such a value. Ask for it where you need it."
    ),
    "form.trigger-no-name": N_(
        "“{found}” names no question. Write the question whose answer starts the calculation as ${{name}}."
    ),
    "form.trigger-without-calculation": N_(
        "“{name}” has a trigger but no calculation: its value is cleared each time. Write a calculation, or clear the trigger."
    ),
    "form.parameter-malformed": N_("“{found}” is no parameter. Write name=value pairs with spaces between them."),
    "form.parameter-unknown": N_("The type {type} has no parameter “{name}”. It knows: {known}."),
    "form.parameter-unknown-near": N_("The type {type} has no parameter “{name}”. Did you mean {near}?"),
    "form.personal-unknown": N_(
        "“{found}” is no kind of personal data; the answer is kept as one that names a person (K1). Write K1, K2, K3, S or -."
    ),
    "form.parameter-not-a-number": N_("“{found}” is no number. Write it with digits and a decimal point."),
    "form.range-without-steps": N_(
        "From {start} to {end} there is no step of {step}. Write start, end and step so that at least two values can be chosen."
    ),
    "form.appearance-near": N_("The appearance “{word}” is not known. Did you mean {near}?"),
    "form.default-not-listed": N_("The default “{found}” is not in the list “{list}”. A similar choice: {near}."),
    "form.default-not-a-number": N_(
        "The default “{found}” is no number that this question takes. Write digits, or an expression."
    ),
    "form.default-not-a-date": N_("The default “{found}” is no date. Write it as YYYY-MM-DD, or today()."),
    "form.count-without-repeat": N_(
        "“{name}” is no repeat, so its repeat_count does nothing. Move it to the row that begins the repeat."
    ),
    "form.name-case": N_(
        "“{name}” differs from “{near}” in row {other} only in capital letters. Give one of them another name."
    ),
    "form.sheet-near": N_("The sheet “{sheet}” is not read. Did you mean {near}?"),
    "form.column-near": N_("The column “{column}” is not read. Did you mean {near}?"),
    "form.language-mixed": N_(
        "The column “{column}” has no language, but others have: {languages}. Write its language behind ::, or name it as default_language in settings."
    ),
    "form.one-row": N_(
        "{function}() at character {position} sees only {name} of its own row in “{repeat}”. Work it out in a calculate outside the repeat and name that here."
    ),
    "form.rows-from-inside": N_(
        "{function}(${{{repeat}}}) inside “{repeat}” (character {position}) counts all rows here but only one in ODK Collect. Work it out in a calculate outside the repeat."
    ),
    "form.path-into-own-repeat": N_(
        "{path} at character {position} means all rows here, but only this row in ODK Collect. Write ${{{name}}} for this row."
    ),
    "form.rows-as-one": N_(
        "${{{name}}} at character {position} has a value in each row of “{repeat}”; ODK Collect stops here when there are two. Write indexed-repeat(${{{name}}}, ${{{repeat}}}, 1), or sum, max or join."
    ),
    "form.concat-of-rows": N_(
        "concat() of ${{{name}}}, which has several rows, stops ODK Collect (character {position}). Write join(' ', ${{{name}}})."
    ),
    "form.reference-in-quotes": N_(
        "In quotation marks ${{{name}}} is only a text (character {position}). Take the quotation marks away."
    ),
    "form.ordered-select": N_(
        "The codes of “{name}” are compared by size (character {position}), but choices are names. Write selected(${{{name}}}, '…') or … = '…' for each choice that counts."
    ),
    "form.several-as-one": N_(
        "“{name}” may have several answers; compared with “{code}” (character {position}) this is met only if it is the only one. Write selected(${{{name}}}, '{code}')."
    ),
    "form.code-unknown": N_(
        "“{code}” at character {position} is no choice of “{name}” (list “{list}”), so this is never met. Write a name from the list."
    ),
    "form.code-unknown-near": N_(
        "“{code}” at character {position} is no choice of “{name}” (list “{list}”), so this is never met. Did you mean “{near}”?"
    ),
    "form.condition-later": N_(
        "The condition asks “{name}” (row {other}, character {position}), which comes later: this question appears behind the interviewer. Move one of the two."
    ),
    "form.calculation-missing": N_("The calculate “{name}” has no calculation. Write how the value is worked out."),
    "form.translation-column": N_(
        "The texts of “{column}” cannot be read in: {language}. Add a column for each language."
    ),
    "form.test-nothing-to-undo": N_("There is nothing to undo yet. Put the step behind an answer."),
    "form.test-language": N_("The form has no language “{value}”. Write one of: {languages}."),
    "form.test-no-screen": N_(
        "“{verb} {target}” leads to no screen at this point of the interview. Check which questions are asked then."
    ),
    "form.cannot-write": N_("The file cannot be written. Close it in other programs, or choose another folder."),
    "form.reference-open": N_(
        "The name that begins with ${{ at character {position} has no closing }}. Write ${{name}}."
    ),
    "form.blocks-too-deep": N_(
        "More than {levels} groups and repeats stand in each other here. Nothing below was looked at. End the outer ones first."
    ),
    "form.count-huge": N_("“{name}” begins with {count} rows. Write the number of rows that people can fill in."),
    "form.pattern-slow": N_(
        "The pattern {pattern} at character {position} can take for ever on a long text; it is then given up as not fitting. Do not repeat what is repeated already, such as (a+)+."
    ),
    "form.now-as-text": N_(
        "now() inside {function}() (character {position}) is a date in ODK Collect and a date with a time here. Write format-date-time(now(), '…')."
    ),
    "form.exponent": N_(
        "“{found}” at character {position} is no number here and in ODK Collect, but one in Enketo. Write it without e."
    ),
    "form.round-negative": N_(
        "round() of a negative number (character {position}) goes the other way at halves in Enketo. Write -round(…)."
    ),
    "form.mark-itself": N_(
        "The marked copy would take the place of the workbook itself. Nothing was written. Choose another name."
    ),
    "form.mark-old-excel": N_(
        "Comments can be written into .xlsx workbooks only. Save the form as .xlsx and try again."
    ),
    "form.event-unknown": N_(
        "The form sets this value at “{event}”, which is no event that ODK defines. Check the spelling, for example odk-instance-first-load."
    ),
    "form.attribute-bound": N_(
        "The form works out the attribute “{attribute}”, which its data does not have. Write it at the element, or correct the path."
    ),
    "form.choice-name-unknown": N_(
        "jr:choice-name() asks for a label of {path}, which is not in this form. Check the name."
    ),
    "form.choice-name-no-list": N_(
        "jr:choice-name() asks for a label of {name}, which has no choices. Name a question with choices."
    ),
    "form.indexed-repeat-outside": N_(
        "indexed-repeat() looks for {name} in the rows of {repeat}, but it does not stand there. Name the repeat that it stands in."
    ),
    "form.relevance-circle": N_(
        "These questions are asked only by each other's answers: {chain}. ODK Collect refuses the form. Let a question of its own decide which of them is asked."
    ),
}
