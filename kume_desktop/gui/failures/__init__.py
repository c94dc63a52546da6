"""What failed in the program: the reports, before anybody gets them."""
