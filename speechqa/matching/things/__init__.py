"""Things said in too many ways to list: amounts, dates, numbers; and whether facts were said right."""
