"""What is true of a report, without a screen, a database or a file format. Standard library only."""
