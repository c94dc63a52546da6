"""Sentences of problems with what is printed for the field."""

from kume_desktop.problems import N_

PRINTING: dict[str, str] = {
    "print.unknown-place": N_(
        "The text holds {place}, which nothing fills. Nothing was saved. Places that are filled: {known}"
    ),
    "print.broken-braces": N_(
        "A brace in the text is not closed. Nothing was saved. Write each brace twice where one shall be printed."
    ),
    "print.text-too-long": N_("The text has more than {most} signs. Nothing was saved. Shorten it."),
    "print.not-yours": N_("{firm} is assigned to somebody else. You can print for your own firms only."),
    "print.one-firm": N_("A paper form is made for one firm at a time. Choose one, or none for a blank form."),
    "print.no-firm": N_("Say for which firm this is printed."),
    "print.no-form": N_("The study has no questionnaire “{form}”."),
    "print.not-completed": N_("{firm}: the interview is not completed. A copy is made of completed interviews only."),
    "print.no-scale": N_("The questionnaire has no question for which a card would be handed over."),
    "print.not-pdf": N_("{file} is no name of a PDF file: let it end in .pdf."),
    "print.target-is-the-study": N_("{file} belongs to the study itself. Choose another name."),
    "print.unknown-firm": N_("The study has no firm with the code {firm}."),
    "print.signs-lost": N_(
        "{count} signs could not be printed, a box stands in their place: {signs} Write them in by hand."
    ),
    "print.signs-unshaped": N_(
        "Arabic or Hebrew letters are printed one by one, from left to right. Write these words in by hand."
    ),
    "print.bad-day": N_("{day} is no day. Write it as year-month-day, for example 2026-11-22."),
}
