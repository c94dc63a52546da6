"""The sentence of every problem code, in English; Turkish stands in `resources/locale/tr/problems.po`.

A sentence says what is wrong, what is safe where that matters, and what to do, in this order.
"""

from __future__ import annotations

from kume_desktop.problems import N_

# Each room keeps its codes together; the prefix names the room.
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
STUDY = {
    "study.area-exists": N_("There is an activity area with the code “{code}” already. Give the new one another code."),
    "study.in-use": N_("{file} is open in another window. Close it there first; nothing was changed."),
    "study.no-name": N_("The study has no name. Write one."),
    "study.short-passphrase": N_("The passphrase is too short. Choose one of at least {least} characters."),
    "study.no-instrument": N_("The study has no instrument “{instrument}”. Open another form of the firm."),
    "study.no-method": N_(
        "No instrument of this study brings a method, so nothing can be scored. Install one with the sheets indicators and indices."
    ),
    "study.firm-no-name": N_("The firm has no name. Write one."),
    "study.firm-exists": N_(
        "“{name}” is in the list already ({district}). Open that firm, or write a name that tells the two apart."
    ),
    "study.unknown-area": N_("There is no activity area “{area}” in this study. Choose one from the list."),
    "study.unknown-outcome": N_("“{outcome}” is no outcome of a visit. Choose one from the list."),
    "study.appointment-without-time": N_("The appointment has no time. Write day and hour."),
    "study.wrong-passphrase": N_("The passphrase is wrong. Nothing was changed. Try again."),
    "study.passphrase-empty": N_(
        "The passphrase is empty. Type one that you can remember; without it the study cannot be opened."
    ),
    "study.not-found": N_("The study “{file}” is not there. Check the folder, or whether its drive is connected."),
    "study.exists": N_("There is already a file “{file}”. It was not touched. Choose another name or folder."),
    "study.key-exists": N_(
        "There is already a key file “{file}”; it may belong to another study, so it was not touched. Choose another name or folder."
    ),
    "study.key-missing": N_(
        "The key file “{file}” is missing. The study is intact but cannot be opened without it. Put it beside the study; a copy is in every backup and in the profile folder."
    ),
    "study.key-unreadable": N_(
        "The key file “{file}” cannot be read ({reason}). Nothing was changed. Check its permissions."
    ),
    "study.key-damaged": N_(
        "The key file “{file}” is damaged. The study was not touched. Replace the key file by the copy from a backup or from the profile folder."
    ),
    "study.key-newer": N_(
        "The key file “{file}” was written by a newer version of the program. Nothing was changed. Update the program."
    ),
    "study.key-full": N_("The key file has no room for another passphrase. Nothing was changed. Remove one first."),
    "study.key-mismatch": N_(
        "The key file does not belong to “{file}”, or that file is no study. Nothing was changed. Put the study and its own key file side by side."
    ),
    "study.not-a-study": N_(
        "“{file}” is no study of this program. It was not touched. Choose a file that ends in .kume."
    ),
    "study.damaged": N_(
        "The study “{file}” is damaged. It was left as it is. Keep the file and open the newest backup."
    ),
    "study.newer": N_(
        "The study “{file}” was written by a newer version of the program (schema {found}, known here: {known}). It was not touched. Update the program."
    ),
    "study.upgrade-failed": N_(
        "“{file}” could not be brought up to date. The old file is untouched. Free some space and open it again, or use the older program."
    ),
    "study.sqlite-too-old": N_(
        "The database library is too old ({version}) and could lose data. Nothing was opened. Install the program again."
    ),
    "study.folder-missing": N_("The folder “{folder}” does not exist. Choose another one or make it first."),
    "study.read-only": N_(
        "“{file}” cannot be written: the folder or file is read-only. What was stored is intact. Choose a folder that you may write to."
    ),
    "study.network-drive": N_(
        "“{folder}” lies on a network drive, where a study in use is not safe. Copy the study to this computer and open it there."
    ),
    "study.removable-drive": N_(
        "“{folder}” lies on a removable drive; pulling it out could lose answers. Copy the study to this computer and open it there."
    ),
    "study.disk-full": N_(
        "The disk is full: this was not saved. Everything saved before is intact. Free some space and try again."
    ),
    "study.disk-error": N_(
        "The disk reported an error: this was not saved. Everything saved before is intact. Try again; if it happens again, make a backup on another disk."
    ),
    "study.busy": N_(
        "The study is busy in another window or task: this is not saved yet. Wait a moment and try again."
    ),
    "study.cannot-open": N_(
        "“{file}” cannot be opened. Nothing was changed. Check the permissions of the file and its folder."
    ),
    "study.out-of-memory": N_(
        "The computer has no memory left: this was not saved. Everything saved before is intact. Close other programs and try again."
    ),
    "study.server": N_(
        "The database server “{file}” does not answer: this was not saved. Check the connection and try again."
    ),
    "study.space-low": N_("Only {megabytes} MB are free on the disk. Work goes on; free some space soon."),
    "study.text-not-storable": N_(
        "The text holds a character that cannot be stored ({character}, at position {position}). It was not saved. Delete that character."
    ),
    "study.subject-erased": N_(
        "The personal data of this firm or interview were erased for good; new ones cannot be added to it."
    ),
    "study.line-unreadable": N_(
        "An entry of the package cannot be read ({reason}). Nothing was taken in. Ask its sender for a new one."
    ),
    "study.line-newer": N_(
        "An entry of the package has the newer format {format}. Nothing was taken in. Update the program."
    ),
    "study.stream-forked": N_(
        "Entry {seq} of stream {stream} exists twice with different content: a computer was copied, or the package is forged. Nothing was taken in. Ask who uses that computer."
    ),
    "study.chain-broken": N_(
        "Entry {seq} of stream {stream} does not follow the one before it. Nothing was changed. Restore the newest backup or ask for the package again."
    ),
    "study.event-altered": N_(
        "Entry {seq} of stream {stream} was altered after it was written. Nothing was changed. Restore the newest backup."
    ),
    "study.stream-gap": N_(
        "{missing} entries of stream {stream} have not arrived yet. What is here can be used; ask for the missing packages."
    ),
    "study.unit-missing": N_("This firm is not in the study. Go back to the list and choose again."),
    "study.instrument-missing": N_(
        "This version of the form is not in the study. Install it, or take in the package that holds it."
    ),
    "study.blob-missing": N_("An attachment ({hash}) has not arrived yet. Ask for the package that holds it."),
}
INTERVIEW = {
    "interview.completed": N_("The interview is completed. Open it again to change an answer."),
    "interview.in-conflict": N_(
        "Two computers hold different answers to this question: {values}. Nothing was stored. The conflict is decided by the staff."
    ),
    "interview.refused": N_("{message}"),
    "interview.warned": N_("{message}"),
    "interview.required-message": N_("{message}"),
    "interview.constraint": N_("This answer does not fit the rule of the question. It was not saved. Correct it."),
    "interview.unlikely": N_("This answer is unusual. Check it, or write why it is right."),
    "interview.required": N_("{number} is blank. Answer it, or choose why there is no answer."),
    "interview.choice-gone": N_(
        "“{value}” is no longer among the choices, because another answer changed. It is kept. Choose again, or correct the other answer."
    ),
    "interview.no-such-choice": N_("“{value}” is not among the choices. It was not saved. Choose one from the list."),
    "interview.not-asked": N_("This question is not asked at present. Nothing was saved."),
    "interview.read-only": N_("This value is fixed and cannot be changed here."),
    "interview.rows-fixed": N_("The number of these rows follows from another answer. Change that answer instead."),
    "interview.no-warning": N_("There is no warning here that needs a reason."),
    "interview.control-character": N_(
        "The text holds a character that cannot be stored. It was not saved. Type it again."
    ),
    "interview.not-a-number": N_("“{value}” is no number. It was not saved. Write digits only."),
    "interview.not-whole": N_("“{value}” is no whole number. It was not saved. Write it without decimals."),
    "interview.thousands": N_(
        "“{value}” has marks between the thousands. It was not saved, because it could be misread. Write {plain}."
    ),
    "interview.number-too-long": N_("The number has more than {digits} digits. It was not saved. Check it."),
    "interview.not-a-date": N_("“{value}” is no date. It was not saved. Write it as 22.11.2026."),
    "interview.no-such-date": N_("There is no {value} in the calendar. It was not saved. Check day and month."),
    "interview.not-a-time": N_("“{value}” is no time of day. It was not saved. Write it as 14:30."),
    "interview.not-a-moment": N_("“{value}” is no date with a time. It was not saved. Write it as 22.11.2026 14:30."),
    "interview.too-many-rows": N_(
        "{count} rows would be asked; at most {most} are possible. Correct the number they follow from."
    ),
    "interview.counts-never-rest": N_(
        "The numbers of rows in this form change each other without end. The answer was not saved. Tell whoever made the form."
    ),
    "interview.prefill-unknown": N_("“{question}” is no question of this form, so its value was not taken over."),
    "interview.prefill-refused": N_("“{value}” does not fit “{question}”, so it was not taken over. Ask it again."),
}
SCORING = {
    "rating.columns": N_(
        "The file of levels lacks these columns: {columns}. Its first row must be target,indicator,level,rater,reason."
    ),
    "rating.unknown-target": N_(
        "“{target}” is neither an activity area nor a firm of this study. Write a code from the lists."
    ),
    "rating.unknown-indicator": N_(
        "“{indicator}” is no indicator of the method. Write one of its codes, for example g1."
    ),
    "rating.level-out-of-range": N_("“{level}” is no level. Write a whole number from {low} to {high}."),
    "rating.no-rater": N_("The row names nobody who rated. Write the name or code of the rater or of the panel."),
    "rating.no-reason": N_(
        "The row gives no reason. An area's level needs one, and so does a level that differs from the suggestion."
    ),
    "scoring.preset-unknown": N_(
        "The forms have no method preset called “{preset}”. Add a row of the kind preset, or choose another preset."
    ),
    "scoring.value-not-a-number": N_("“{value}” is no number; rows of the kind {kind} need one in the column value."),
    "scoring.row-missing": N_("The preset {preset} has no row of the kind {kind} with the key {key}. Add it."),
    "scoring.indicator-unknown": N_(
        "A weight is given for {indicator}, which is no indicator of the sheet indicators."
    ),
    "scoring.weight-not-positive": N_(
        "The weight of {indicator} must be above 0. Leave the indicator out of the sheet indicators if it should not count."
    ),
    "scoring.cuts-not-falling": N_(
        "The cuts of the preset {preset} must lie between 0 and 1 and fall: cut 1 above cut 2."
    ),
    "scoring.cell-unknown-part": N_("The cell {cell} names {part}, which is neither a function nor a resource."),
}
REPORT = {
    "report.not-xlsx": N_("The report is an Excel workbook. Give it a name that ends in .xlsx."),
    "report.target-is-the-study": N_(
        "{file} belongs to the study itself. Nothing was written. Choose another name for the report."
    ),
    "report.results-outdated": N_(
        "The results are older than the answers or ratings of the study ({place}). Nothing was written. Compute the results again, then write the report."
    ),
    "report.file-open": N_(
        "{file} is open in another program, probably Excel. It was left as it was. Close it, or save under another name."
    ),
    "report.folder-read-only": N_(
        "The folder {folder} cannot be written to. Nothing was written. Choose another folder."
    ),
    "report.folder-missing": N_("The folder {folder} is not there. Nothing was written. Choose a folder that exists."),
    "report.target-is-a-folder": N_("{file} is a folder. Nothing was written. Give the report a file name."),
    "report.disk-full": N_(
        "The disk is full, {file} could not be written. What was there is unchanged. Make room and write the report again."
    ),
    "report.not-written": N_(
        "{file} could not be written: {reason}. What was there is unchanged. Choose another place."
    ),
    "report.text-too-long": N_(
        "A text has {length} characters; a cell of Excel takes {limit}. Nothing was written, nothing was cut. Shorten this text in the study."
    ),
    "report.formula-too-long": N_(
        "A formula has {length} characters; Excel takes 8192. Nothing was written. Divide the study into fewer areas or indicators."
    ),
    "report.formula-too-wide": N_(
        "A formula has {arguments} arguments; Excel takes 255. Nothing was written. Divide the study into fewer areas or indicators."
    ),
    "report.too-many-links": N_(
        "The sheet would hold more than {limit} links. Nothing was written. Write the report for fewer areas."
    ),
    "report.too-many-cells": N_(
        "The sheet would be larger than Excel takes (1,048,576 rows, 16,384 columns). Nothing was written. Write the report for fewer firms."
    ),
}
COMMAND = {
    "command.profile-unwritable": N_(
        "The profile folder {folder} cannot be written. Nothing was changed. Check its rights, or name another folder in KUME_PROFILE."
    ),
    "command.no-passphrase": N_(
        "The study needs its passphrase and nobody can be asked here. Give it in the variable KUME_PASSPHRASE or with --passphrase-fd."
    ),
    "command.passphrase-unreadable": N_(
        "No passphrase could be read from file descriptor {descriptor}. Check the number that follows --passphrase-fd."
    ),
    "command.no-display": N_(
        "There is no display here, so no window can be shown. Run on a desktop, or without a window: kume demo --no-window --out DIR"
    ),
    "command.display-silent": N_(
        "The display named by DISPLAY does not answer, so no window can be shown. Log in to a desktop, or run without a window: kume demo --no-window --out DIR"
    ),
}
WINDOW = {
    "window.worker-ended": N_(
        "The long work ended without an answer (code {code}). Nothing was stored. Try again; the log says more."
    ),
    "window.missing": N_("“{field}” is empty. Fill it in."),
    "window.passphrases-differ": N_("The two passphrases differ. Nothing was made. Type the same one twice."),
    "window.area-line": N_(
        "Line {line} of the activity areas cannot be read: “{text}”. Write code; Turkish name; English name; NACE; number of firms."
    ),
    "window.area-twice": N_(
        "Line {line} of the activity areas has the code “{code}” a second time. Give it another code."
    ),
    "window.bad-date": N_("“{text}” is no date. Write it as 23.11.2026."),
    "window.report-reason-missing": N_(
        "The reason is empty. The audit edition holds all answers; write why it is made."
    ),
    "window.bad-year": N_("“{text}” is no year. Write it in four digits."),
    "window.bad-time": N_("“{text}” is no time. Write it as 14:30."),
}

SENTENCES: dict[str, str] = {**FORM, **STUDY, **INTERVIEW, **SCORING, **REPORT, **COMMAND, **WINDOW}
