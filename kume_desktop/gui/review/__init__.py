"""The pages of the review: inbox and interview, back-checks, roles."""
