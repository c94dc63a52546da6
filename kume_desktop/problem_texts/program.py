"""What can be wrong with a call, the window and its files."""

from __future__ import annotations

from kume_desktop.problems import N_

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
    "window.passphrases-differ-now": N_("The two passphrases differ. Nothing was changed. Type the same one twice."),
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
    "window.report-persons-reason-missing": N_(
        "It is not said why persons and firms are named. Write why the report needs them, or switch them off."
    ),
    "window.bad-year": N_("“{text}” is no year. Write it in four digits."),
    "window.no-number": N_("“{text}” is no whole number. Write digits only, such as 5."),
    "window.no-hours": N_("“{text}” are no hours. Write whole hours, such as 0, 12, 17."),
    "window.bad-time": N_("“{text}” is no time. Write it as 14:30."),
}
