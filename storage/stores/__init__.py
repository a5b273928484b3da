"""One store per file: each implements its Protocol of forms/ports.py inside the transaction it is given."""
