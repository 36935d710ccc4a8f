"""Synthetic telephone calls to try speechqa on, and the scripts and code they were made from."""
