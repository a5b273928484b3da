"""The checks of a report, a file for each kind; forms/checks/all_checks.py runs them. What is wrong is a value, never raised."""
