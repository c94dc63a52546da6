"""What can be wrong with backups, keys, damaged files and erasures."""

from __future__ import annotations

from kume_desktop.problems import N_

BACKUP = {
    "backup.no-space": N_(
        "There is not enough room for a backup in {folder}: {megabytes} MB are needed. The study and the older backups are untouched. Make room, or choose another place in Settings."
    ),
    "backup.disk-full": N_(
        "The disk became full while the backup was written in {folder}. The study and the older backups are untouched. Make room, then make the backup again."
    ),
    "backup.folder": N_(
        "The folder {folder} cannot be used for backups ({reason}). The study is untouched. Check whether its drive is connected, or choose another place in Settings."
    ),
    "backup.source-damaged": N_(
        "No backup was made, because {file} has damaged places. Nothing was changed; the older backups are whole. Close the study and restore the newest of them: what can still be read is added."
    ),
    "backup.damaged": N_(
        "The backup {file} is damaged and cannot be used. The study is untouched. Choose an older one from the list."
    ),
    "backup.foreign": N_("{file} is no backup of this program. Nothing was changed. Choose another file."),
    "backup.newer": N_(
        "The backup {file} was made by a newer version of the program. Nothing was changed. Update the program."
    ),
    "backup.unreadable": N_("The backup {file} cannot be read ({reason}). Nothing was changed. Check its drive."),
    "backup.other-study": N_("{file} is a backup of another study. Nothing was changed. Choose one of this study."),
    "backup.none": N_("There is no backup of this study in {folder}. Nothing was changed."),
    "backup.old": N_("The last backup is {days} days old. Make one now."),
    "backup.never": N_("There is no backup of this study yet. Make one now."),
    "backup.second-missing": N_(
        "The second backup place {folder} is not there. Backups are kept on this computer alone until its drive is connected."
    ),
    "backup.space-low": N_(
        "Only {megabytes} MB are free where the backups lie ({folder}). Work goes on; free some space there soon, or choose another place in Settings."
    ),
    "study.gone": N_(
        "The study file {file} is not at its place any more: its drive was removed, or somebody moved it. What is typed from now on may be lost. Connect the drive or put the file back, then close the window and open the study again."
    ),
    "study.erased-unreadable": N_(
        "The list of erased persons {file} cannot be read. The study was not opened, so that nothing erased comes back. Put an older copy of this file in its place, or ask the data officer."
    ),
}

CRASH = {
    "crash.not-saved": N_(
        "The report was not saved as {file} ({reason}). It is kept in the program. Choose another folder."
    ),
}

FOREIGN = {
    "form.too-slow": N_(
        "Reading the workbook took longer than {seconds} seconds. It was stopped and nothing was changed. Copy its sheets into a new workbook, or split the form."
    ),
    "form.too-much-memory": N_(
        "Reading the workbook took more memory than a form needs. It was stopped and nothing was changed. Copy its sheets into a new workbook, or split the form."
    ),
}

KEY = {
    "study.wait": N_(
        "The passphrase was wrong {tries} times. Try again in {seconds} s. If it is forgotten, the agency's recovery key opens the study."
    ),
    "key.recovery-length": N_(
        "A recovery key has {wanted} digits, and there are {found}. Nothing was changed. Type all eight groups of six digits."
    ),
    "key.recovery-group": N_("Group {group} of the recovery key is mistyped. Nothing was changed. Type it again."),
    "key.recovery-other": N_(
        "The recovery key {name} does not open this study. Nothing was changed. Look for the key of this study, or ask the agency."
    ),
    "key.lost": N_(
        "The key file {file} is not beside the study, or is damaged: no passphrase opens the study without it. Nothing is lost yet. Bring its copy back."
    ),
    "key.no-copy": N_(
        "This computer has no copy of the key file {file}. Put it back beside the study from where it was copied to, or bring a backup back: each holds the key file too."
    ),
    "key.unknown-person": N_("{name} has no way into this study. Nothing was changed. Choose a person of the list."),
    "key.no-recovery": N_(
        "This study has no recovery key. The passphrase opens it, or another person of the list; nothing else does."
    ),
    "key.forgotten": N_("This computer remembers nobody any more. Type the passphrase; it opens the study as before."),
    "key.no-keyring": N_(
        "This computer has no keyring that can remember the study. Nothing was changed; the passphrase opens it as before."
    ),
}
