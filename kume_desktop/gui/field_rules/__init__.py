"""The rules of the fieldwork: attempts and refusals, the season calendar, the reserve, what became of the firms."""
