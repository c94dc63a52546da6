"""What can be wrong with packages and computers."""

from __future__ import annotations

from kume_desktop.problems import N_

PACKAGE = {
    "package.not-found": N_("The package {file} is not there any more. Nothing was changed. Choose it again."),
    "package.unreadable": N_(
        "The package {file} cannot be read ({reason}). Nothing was changed. Check its drive, or copy the file again."
    ),
    "package.not-ours": N_("{file} is no package of this program. Nothing was changed. Choose another file."),
    "package.newer": N_(
        "The package {file} was made by a newer version of the program. Nothing was taken. Update the program, then open the package again."
    ),
    "package.damaged": N_(
        "The package {file} is damaged or was changed on its way. Nothing was taken. Copy it again from where it was made."
    ),
    "package.too-large": N_(
        "The package {file} is larger than a package may be. Nothing was taken. Ask its sender for a new one."
    ),
    "package.unknown-sender": N_(
        "The package {file} comes from a computer that is not enrolled. Nothing was taken. Enrol the computer under Computers, after comparing its six words; then open the package again."
    ),
    "package.revoked-sender": N_(
        "The package {file} comes from the computer “{sender}”, which is trusted no longer. Nothing was taken. If the"
        " interviews in it are needed, enrol the computer again under Computers, take the package, and revoke it anew."
    ),
    "package.other-study": N_("The package {file} belongs to another study. Nothing was taken. Open that study first."),
    "package.not-for-us": N_(
        "The package {file} was written for another computer. Nothing was taken. Give it to the computer it is for."
    ),
    "package.not-entitled": N_(
        "The package {file} holds what its sender may not send. Nothing was taken. Call the agency: the computer may be copied or manipulated."
    ),
    "package.introduction": N_(
        "{file} introduces a computer; there is nothing in it to take. Enrol the computer under Computers."
    ),
    "package.no-introduction": N_("{file} does not introduce a computer. Nothing was changed. Open it under Packages."),
    "package.folder-missing": N_("The folder {folder} is not there. Nothing was written. Choose another one."),
    "package.not-written": N_("{file} could not be written ({reason}). Nothing was changed. Choose another place."),
    "package.unknown-recipient": N_(
        "This computer is not enrolled, so nothing can be written for it. No package was made. Enrol it under Computers first."
    ),
    "package.no-recipient": N_(
        "It was not said for which computer the package is. No package was made. Name one with --for: {names}."
    ),
    "package.is-agency": N_(
        "This computer is the agency’s: interviews come to it. No package was made. Choose what a laptop is to get, and which laptop."
    ),
    "package.revoked-recipient": N_(
        "The computer “{computer}” is trusted no longer. No package was made. Choose another one."
    ),
    "package.nobody-to-send-to": N_(
        "No computer of the agency is known here. No package was made. Open a package of the agency first."
    ),
    "package.nothing-new": N_(
        "Everything that was written here is in a package already. No new one was made. Copy the last one again if it did not arrive."
    ),
    "package.nothing-returned": N_(
        "No interview of “{computer}” waits to go back. No package was made. Return one under Review first."
    ),
    "package.nothing-received": N_("Nothing of “{computer}” arrived here yet, so there is no receipt to give."),
    "package.not-received": N_(
        "{count} of the interviews are not covered by a receipt of the agency. Nothing was deleted. Send a package and wait for the receipt."
    ),
    "package.changed": N_("The package {file} is another one than a moment ago. Nothing was taken. Open it again."),
    "package.forked": N_(
        "Two different entries of “{computer}” ({person}) have the same number ({seq}): the computer was copied, or an old copy of its study was used. Nothing was taken, the package is kept aside. Call {person} before anybody works on that computer again."
    ),
    "package.disk-full": N_(
        "There is not enough room in {folder}. The package lies whole in the outbox, no half file was left. Make room, or choose another place."
    ),
    "package.cannot-write": N_(
        "The package could not be written in {folder}. No half file was left, and what is in the outbox is whole. Check the drive, then copy it again."
    ),
    "package.copy-differs": N_(
        "The copy {file} is not what was written: the drive may be worn out. It was removed, and what is in the outbox is whole. Use another drive."
    ),
    "package.gone": N_(
        "This package lies in the outbox no more. Nothing was copied. Make a new one: it holds everything of which there is no receipt."
    ),
    "package.advice-two-areas": N_(
        "{firm} stands in two areas: {areas}. It is asked once; say in the list which area it counts for."
    ),
    "package.advice-one-area": N_(
        "{person} has firms in one area only ({area}). Give each interviewer firms in at least two areas, so that an area and its interviewer can be told apart."
    ),
    "package.advice-no-firms": N_("{person} has no firm in this wave. The package holds the study alone."),
}
DEVICE = {
    "device.no-name": N_("Give this computer a name by which the agency knows it."),
    "device.no-person": N_("Write whose computer this is."),
    "device.name-wrong": N_(
        "The name “{name}” is longer than {most} characters or holds signs that cannot be shown. Write it in plain letters."
    ),
    "device.words-not-compared": N_(
        "The six words of “{name}” were not compared. Nothing was changed. Let the other side read the words out, and compare them one by one."
    ),
    "device.words-differ": N_(
        "The words that were typed are not the six words of “{name}”. Nothing was changed. Listen once more; where they still differ, the file is not from that computer."
    ),
    "device.nobody-compared": N_("Write who read the six words out."),
    "device.person-unknown": N_(
        "Nobody called “{name}” works in this study. Nothing was changed. Add the person in Settings first, or choose another one."
    ),
    "device.self": N_(
        "This is the introduction of this computer itself. Nothing was changed. Take it to the agency’s computer."
    ),
    "device.already-enrolled": N_("The computer “{name}” is enrolled already. Nothing was changed."),
    "device.not-agency": N_(
        "This computer is not one of the agency’s, so it cannot enrol or revoke others. Nothing was changed. Do it on the agency’s computer."
    ),
    "device.unknown": N_("This computer was never enrolled. Nothing was changed."),
    "device.reason-unknown": N_("“{reason}” is no reason for revoking a computer. Nothing was changed."),
    "device.last-agency": N_(
        "“{name}” is the only computer of the agency that is trusted. Nothing was changed. Enrol another one first."
    ),
    "device.is-laptop": N_(
        "This computer got the study in a package, so it is a laptop of the study. Nothing was changed. The agency can enrol it as one of its own."
    ),
    "device.not-laptop": N_(
        "Only a laptop of the study introduces itself again. Nothing was written. On a computer of the agency see Computers."
    ),
    "device.introduction-missing": N_(
        "The introduction of this computer is not there any more. Introduce the computer anew."
    ),
    "device.no-introduction": N_(
        "{file} is no first package for this computer. Nothing was changed. Introduce this computer to the agency first; the package is then written for it."
    ),
    "device.no-study-inside": N_(
        "{file} does not hold the beginning of the study. Nothing was changed. Open part {part} of the package first."
    ),
}
