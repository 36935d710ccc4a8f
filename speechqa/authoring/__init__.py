"""Tools for the people who write checklists."""
