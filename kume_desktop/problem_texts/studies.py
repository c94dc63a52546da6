"""What can be wrong with a study, its people, its method and its fieldwork."""

from __future__ import annotations

from kume_desktop.problems import N_

STUDY = {
    "study.area-exists": N_("There is an activity area with the code “{code}” already. Give the new one another code."),
    "study.in-use": N_("{file} is open in another window. Close it there first; nothing was changed."),
    "study.no-name": N_("The study has no name. Write one."),
    "study.short-passphrase": N_("The passphrase is too short. Choose one of at least {least} characters."),
    "study.no-instrument": N_("The study has no instrument “{instrument}”. Open another form of the firm."),
    "study.no-method": N_(
        "No instrument of this study brings a method, so nothing can be scored. Install one with the sheets indicators and indices."
    ),
    "wave.no-name": N_("The wave has no name. Write one, for example the year."),
    "wave.name-long": N_("The name of the wave is too long. Write one of at most {most} characters."),
    "wave.name-taken": N_("There is a wave “{wave}” already. Write another name."),
    "wave.bad-date": N_("“{text}” is no day. Write it as day, month and year, for example 15.03.2026."),
    "wave.begins-before": N_("The wave “{wave}” began on {begins}; the next one begins after it. Write a later day."),
    "wave.bad-year": N_("The reference year must be a year between {first} and {last}. Write it with four digits."),
    "wave.nothing-yet": N_(
        "Nobody was interviewed or rated in the wave “{wave}” yet, so there is nothing to follow it. Work in it first."
    ),
    "wave.only-staff": N_("Only staff can open a wave. Nothing was changed. Ask the agency's expert."),
    "wave.unknown": N_("The study has no wave “{wave}”. Nothing was changed. Choose one from the list."),
    "wave.not-named": N_("The study has no wave “{wave}”. It has: {waves}. Write one of them."),
    "wave.earlier-is-read": N_(
        "The wave “{wave}” is over and can only be read; staff correct it. Nothing was stored. Go to the newest wave to work."
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
    "people.no-name": N_("The person has no name. Nothing was changed. Write one."),
    "people.name-taken": N_("{name} works in this study already. Nothing was changed. Write another name."),
    "people.role-unknown": N_("There is no role “{role}”. Nothing was changed."),
    "people.passphrase-taken": N_(
        "This passphrase cannot be used: the study opens with it in another person's name. Nothing was changed. Choose another one."
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
    "study.only-staff": N_("Only staff may do this. Nothing was written. Ask the agency's expert."),
    "study.blob-missing": N_("An attachment ({hash}) has not arrived yet. Ask for the package that holds it."),
}

STAFF = {
    "study.frame-negative": N_("A frame total is below 0. Nothing was stored. Correct it."),
    "study.frame-too-large": N_("A frame total is above {most}. Nothing was stored. Correct it."),
    "study.frame-no-name": N_(
        "A frame total has no size class or district. Nothing was stored. Name it or remove the line."
    ),
    "study.frame-no-total": N_(
        "Parts of the list are given, but not how many firms it holds. Nothing was stored. Write the total."
    ),
    "study.frame-eligible": N_(
        "{eligible} eligible firms are more than the {frame} firms of the list. Nothing was stored. Correct one of the two."
    ),
    "study.frame-sum": N_(
        "The parts add up to {sum}, the list holds {frame} firms. Nothing was stored. Correct a part or the total."
    ),
    "study.frame-fewer": N_(
        "The list holds {frame} firms, but the study already has {firms} of this area. Nothing was stored. Correct the total."
    ),
    "committee.unknown-category": N_(
        "There is no category “{category}”. Nothing was stored. Choose one of these: {categories}."
    ),
    "committee.future-date": N_(
        "{date} has not come yet. Nothing was stored. Write the day on which the committee decided."
    ),
    "committee.no-members": N_("Nobody is named as present. Nothing was stored. Write who took part in the decision."),
    "committee.no-reason": N_(
        "The committee’s category {category} differs from the computed one ({computed}), and there is no reason. Nothing was stored. Write the reason."
    ),
    "method.no-draft": N_("There is no draft of the method, so nothing was published. Change something first."),
    "method.no-note": N_("The new version has no note. Nothing was published. Write what was changed and why."),
    "method.unchanged": N_("Nothing differs from the method in force, so no version was made. Change something first."),
    "method.policy-empty": N_("A policy text is empty. Nothing was stored. Write it or remove the line."),
    "sample.half-width": N_(
        "The half-width and the deviation are above 0 and at most {most} points, because the index goes from 0 to 100. Nothing was planned."
    ),
    "sample.shares": N_(
        "A share of eligible or answering firms lies outside 0–100%. Nothing was planned. Write one above 0 and at most 100%."
    ),
    "sample.reserve": N_(
        "The reserve goes from 0 to 1000%, in at most {batches} batches, and the seed is 0 or more. Nothing was planned."
    ),
    "sample.no-list": N_(
        "A sample is drawn from the whole list, but the study holds {firms} firms of this area and the list {frame}. Nothing was drawn. Take the list in, or correct the total."
    ),
    "sample.field-begun": N_(
        "Firms of the area “{area}” were visited already, so its sample stays as it is. Nothing was changed. Release a batch of the reserve instead."
    ),
    "sample.nothing-to-release": N_(
        "The area “{area}” has no batch of a reserve left. Nothing was changed. Draw a sample first, or go on with the firms that are issued."
    ),
}
