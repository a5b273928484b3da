"""The window: a view asks and shows, a presenter without Qt decides."""
