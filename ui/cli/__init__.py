"""The command line: a function for each verb. Never imports Qt."""
