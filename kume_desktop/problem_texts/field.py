"""What can be wrong in the field: visits, rules, the reserve, seasons, lists; and what to do next with a firm."""

from __future__ import annotations

from kume_desktop.problems import N_

FIELD = {
    "visit.unknown-mode": N_("“{mode}” is no way to reach a firm. Nothing was stored. Choose one from the list."),
    "visit.in-future": N_("{at} has not come yet. Nothing was stored. Write when the visit was."),
    "field.far-day": N_(
        "{day} is too far away: only days from {first} to {last} are taken. Nothing was stored. Check the year."
    ),
    "visit.next-before": N_(
        "The next appointment ({next}) lies before the visit ({at}). Nothing was stored. Write a later day."
    ),
    "visit.hard-without-refusal": N_(
        "Only a refusal can be one for good. Nothing was stored. Choose a refusal or take the mark away."
    ),
    "visit.unknown": N_("This visit is not in the wave. Nothing was changed. Go back to the firm and choose again."),
    "visit.of-other": N_("{by} made this visit. Nothing was changed. Ask that person or staff to correct it."),
    "visit.same-person": N_(
        "The firm refused {person}. Another person converts a refusal better. The visit is stored."
    ),
    "visit.plan-over": N_("{day} is over. Nothing was planned. Choose today or a later day."),
    "visit.unknown-part": N_("The day has {parts} parts. Nothing was planned. Choose one of them, or none."),
    "field.rule-attempts": N_("The attempts before closing go from 1 to {most}. Nothing was stored."),
    "field.rule-days": N_(
        "The attempts lie on at least 1 and at most {attempts} days, one attempt a day. Nothing was stored."
    ),
    "field.rule-dayparts": N_(
        "The day has 1 to {most} parts, the first begins at 0 and each later than the one before. Nothing was stored."
    ),
    "field.rule-parts": N_(
        "The attempts lie in at least 1 part of the day, and not in more than there are parts ({parts}) or attempts ({attempts}). Nothing was stored."
    ),
    "field.rule-conversion": N_(
        "A refusal is asked again after 0 to {most} days and at most {times} times. Nothing was stored."
    ),
    "field.few-attempts": N_("{attempts} attempts of at least {least}. Try again before you close the firm."),
    "field.few-days": N_("The attempts lie on {days} days of at least {least}. Try on another day."),
    "field.few-parts": N_("The attempts lie in {parts} parts of the day of at least {least}. Try at another hour."),
    "field.has-outcome": N_("The last visit has decided about this firm already. It needs no closing."),
    "field.has-interview": N_("An interview of this firm was begun. Complete it, or write the visit that ended it."),
    "field.closed-already": N_("This firm is closed already."),
    "field.not-closed": N_("This firm is not closed. Nothing was changed."),
    "field.appointment-ahead": N_("There is an appointment at {at}. Keep it before you close the firm."),
    "field.unknown-person": N_("Nobody called {person} works in this wave. Nothing was changed. Add the person first."),
    "field.unknown-firm": N_("The study has no firm with the code “{code}”. Nothing was changed."),
    "field.bad-moment": N_("“{text}” is no day or moment. Write it like 2026-11-20 or 2026-11-20T14:30."),
    "field.no-conversion": N_("There is no refusal of this firm to convert. Nothing was changed."),
    "field.same-person": N_("The firm refused {person} already. Nothing was changed. Ask another person."),
    "reserve.waiting": N_(
        "This firm waits in the reserve (batch {batch}). Nobody goes there until the supervisor releases its batch."
    ),
    "reserve.not-drawn": N_("This firm was not drawn. Nobody goes there. Go on with the firms that are issued."),
    "reserve.not-assigned": N_(
        "{count} firms wait in the reserve or were not drawn ({firms}). Nothing was changed. Release their batch first."
    ),
    "reserve.not-added": N_(
        "The firms of the area “{area}” were drawn, so none is added in the field. Nothing was stored. Ask the supervisor for the reserve."
    ),
    "reserve.no-reason": N_("The release has no reason. Nothing was released. Write why the firms are needed."),
    "season.no-months": N_("A season has no months. Nothing was stored. Choose at least one."),
    "season.month-twice": N_("A month stands in two seasons. Nothing was stored. Leave it in one of them."),
    "season.avoid": N_("{day} lies in a month to avoid in this area: {note}"),
    "sources.name": N_("The lists differ in the name: {said}"),
    "sources.nace": N_("The lists differ in the activity (NACE): {said}"),
    "sources.district": N_("The lists differ in the district: {said}"),
    "advice.first": N_("Nobody was there yet. At least {least} attempts are made before a firm is closed."),
    "advice.try-again": N_("Attempt {next} is due ({attempts} made, at least {least})."),
    "advice.other-day": N_("Try on another day: {days} of {least} days so far."),
    "advice.other-part": N_("Try at another time of the day: {parts} of {least} parts so far."),
    "advice.appointment": N_("Appointment at {at}."),
    "advice.may-close": N_("Tried often enough: the firm may be closed as not reached."),
    "advice.closed": N_("Closed as not reached. A visit opens it again."),
    "advice.refused": N_("Refused to {by}; it was asked often enough."),
    "advice.never-again": N_("The firm said never again. Leave it in peace."),
    "advice.conversion-later": N_("Refused to {refused}. Another person asks again from {day} on."),
    "advice.conversion": N_("Refused to {refused}. Another person may ask again now."),
    "advice.conversion-anybody": N_("Refused to {refused}. It may be asked again now."),
    "advice.asked-of": N_("{person} is asked to talk to this firm."),
}
