"""What can be wrong with a firm list that a chamber handed out, with its file and with its rows."""

from __future__ import annotations

from kume_desktop.problems import N_

SAMPLE_LIST = {
    "list.file-missing": N_("This file is not there any more. Nothing was taken. Choose it again."),
    "list.file-unreadable": N_("This file cannot be read. Nothing was taken. Close it in other programs, or copy it."),
    "list.not-a-workbook": N_(
        "This file is no workbook that can be read: it is damaged, or protected by a password. Nothing was taken."
        " Open it in Excel and save it as .xlsx."
    ),
    "list.not-text": N_("This file is neither a workbook nor a text table. Nothing was taken. Choose the list itself."),
    "list.broken-row": N_("A quotation mark in this row is never closed. Nothing was taken. Mend it in the file."),
    "list.empty": N_("The file has no rows. Nothing was taken."),
    "list.too-large": N_("The file is larger than {megabytes} MB. Nothing was taken. Leave out pictures, or split it."),
    "list.too-many-rows": N_("A sheet has more than {most} rows. Nothing was taken. Split the list."),
    "list.harmful": N_(
        "The file is out of all measure ({what}), as no list of firms is. It was not opened and nothing was taken."
        " Copy the rows into a new workbook."
    ),
    "list.too-much-memory": N_(
        "Reading the file took more memory than a list needs. It was stopped and nothing was taken. Copy the rows into a"
        " new workbook."
    ),
    "list.too-slow": N_(
        "Reading the file took longer than {seconds} seconds. It was stopped and nothing was taken. Copy the rows into a"
        " new workbook."
    ),
    "list.changed-meanwhile": N_("The file was changed since it was looked at. Nothing was taken. Read it again (F5)."),
    "list.no-sheet": N_("The file has no such sheet. Nothing was taken. Choose another one."),
    "list.no-name-column": N_("No column holds the names of the firms. Say which one does."),
    "list.unknown-head": N_("The list has no column “{head}”."),
    "list.unknown-field": N_("“{field}” is nothing that a column can say. Possible are: {fields}"),
    "list.unknown-area": N_("The study has no activity area with the code “{area}”."),
    "list.undecided": N_("{count} rows have an error of one kind ({kind}). Say what happens with them."),
    "list.pairs-open": N_("{count} pairs may be the same firm. Say of each whether it is."),
    "list.differences-open": N_(
        "The list says {count} times something else than was corrected by hand. Say which one holds."
    ),
    "list.no-name": N_("The row has no name of a firm."),
    "list.name-long": N_("The name has {length} characters. It was taken whole; check that it is a name."),
    "list.tax-check": N_("“{value}” is no tax or identity number: its check digit is wrong."),
    "list.tax-not-digits": N_("“{value}” is no tax number: it has other signs than digits."),
    "list.tax-spoilt": N_("“{value}”: a spreadsheet has rounded this tax number. It cannot be brought back."),
    "list.tax-length": N_("“{value}” has neither the 10 digits of a tax number nor the 11 of an identity number."),
    "list.nace-shape": N_("“{value}” is no NACE code."),
    "list.nace-division": N_("“{value}”: NACE Rev. {revision} has no such division."),
    "list.nace-was-date": N_("A spreadsheet made a date of this NACE code ({value}). It was read as {code}; check it."),
    "list.nace-short": N_("“{value}” was read as {code}. If a zero at its end was lost, the code is another one."),
    "list.nace-unlisted": N_("The NACE class {code} is not in the list of the study’s forms. It was taken; check it."),
    "list.province-unknown": N_("“{value}” is no province."),
    "list.district-unknown": N_("“{value}” is no district of {province}."),
    "list.district-elsewhere": N_("“{value}” is no district of {province}, but of {nearest}."),
    "list.district-guess": N_("“{value}” was read as {nearest}."),
    "list.no-area": N_("The NACE code “{value}” belongs to no activity area of the study."),
    "list.area-several": N_("The NACE code “{value}” belongs to several activity areas: {areas}"),
    "list.area-unknown": N_("“{value}” is no activity area of the study."),
    "list.staff-shape": N_("“{value}” is no number of employees."),
    "list.phone-shape": N_("“{value}” is no telephone number of Turkey. It was kept as it is."),
    "list.email-shape": N_("“{value}” is no e-mail address. It was kept as it is."),
    "list.unknown-import": N_("The study knows no such import."),
    "list.withdrawn-already": N_("This import was taken back before. Nothing was changed."),
}
