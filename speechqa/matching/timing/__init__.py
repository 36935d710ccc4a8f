"""Operators on time and voice: what a listener with a stopwatch would note."""
