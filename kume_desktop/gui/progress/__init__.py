"""The page that says what every computer has sent."""
