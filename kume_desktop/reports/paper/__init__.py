"""What is printed for the field: the paper form, cards, letters, scripts and lists, as PDF."""
