"""`rules check`: what is wrong with a checklist, what is doubtful about it, and where."""
