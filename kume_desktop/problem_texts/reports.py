"""What can be wrong with a report, a picture or an export."""

from __future__ import annotations

from kume_desktop.problems import N_

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
    "report.text-not-writable": N_(
        "The text holds half a character that no file can keep. Nothing was written. Type this text again in the study."
    ),
    "report.firm-unknown": N_("This firm belongs to no area of the study. Nothing was written."),
    "report.firm-not-scored": N_("Firm {firm} has no levels. Nothing was written. Score it first."),
    "report.firm-area-small": N_(
        "{n} firms of {area} have levels. A firm's page is written from {fewest} firms on, so that no other firm can be recognised. Nothing was written."
    ),
    "report.blind": N_(
        "You have not finished your own rating of {count} firms that somebody else has rated, and this file shows all levels. Nothing was written. Finish your ratings first, or let somebody write it who does not rate these firms."
    ),
    "report.blind-not-staff": N_(
        "You have not finished your own rating of {count} firms that somebody else has rated. Only staff may write this file before that. Nothing was written. Finish your ratings first."
    ),
    "report.blind-no-reason": N_(
        "This file shows levels that you may not have seen yet. Write down why it is needed before your ratings are finished. Nothing was written."
    ),
    "report.firm-blind": N_(
        "Your own rating of firm {firm} is not finished, and its page shows what somebody else gave. Nothing was written. Finish your rating first."
    ),
    "export.no-purpose": N_(
        "What are these files written for? Nothing was written. Write the purpose down; it is kept in the access log."
    ),
    "export.no-reason": N_(
        "These files name persons. Write down why they are needed; the reason is kept in the log of the study. Nothing was written."
    ),
    "report.check-not-a-workbook": N_(
        "This file is not an Excel workbook (.xlsx). Choose a report that was written here."
    ),
    "report.check-not-ours": N_("This workbook is no report of Küme Desktop. Choose a report that was written here."),
    "report.check-other-format": N_(
        "The report was written in another format ({format}); this program checks {known}. Check it with the program that wrote it."
    ),
    "report.check-too-large": N_("The file is larger than {megabytes} MB. Nothing was read."),
    "report.check-harmful": N_(
        "The file is built in a way that could harm the computer. Nothing was read. Ask its sender for a clean copy."
    ),
    "report.check-not-read": N_("The file could not be read: {reason}."),
    "report.check-no-method": N_(
        "The method that the report holds as data was changed. Nothing can be computed from it."
    ),
    "report.check-sheet-missing": N_("The sheet “{sheet}” was taken out."),
    "report.check-sheet-added": N_("The sheet “{sheet}” was put in; it was not checked."),
    "report.check-value": N_("{cell} should be {expected}; {found} stands there."),
    "report.check-no-value": N_("The formula in {cell} has no value ({expected}); {found} stands there."),
    "report.check-formula": N_("The formula in {cell} is not the one that was written: {found}."),
    "report.check-formula-gone": N_("{cell} held a formula; {found} was put in its place."),
    "report.check-formula-new": N_("{cell} held no formula; {found} was put there."),
    "report.check-cell": N_("{cell} or another cell of its row was changed; {found} stands there."),
    "report.check-few": N_("{cell} shows a figure of {found} firms; fewer than {expected} are not shown."),
}

FIGURE = {
    "figure.unknown": N_(
        "There is no figure or area “{name}”. Nothing was drawn. “kume figure STUDY” lists the figures."
    ),
}
