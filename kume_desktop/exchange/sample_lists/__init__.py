"""Firm lists of chambers: which column says what, what each row becomes, which rows are the same firm."""
