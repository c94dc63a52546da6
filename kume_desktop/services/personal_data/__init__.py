"""What the data officer does: find a person, print what is held, correct, take back, erase, and show the rules."""
