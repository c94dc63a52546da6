"""Review of interviews: states, questions about answers, approval, exclusion, back-checks."""
