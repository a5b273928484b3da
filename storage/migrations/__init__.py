"""Bringing a ledger of an older program to this program's schema. Alembic is imported only from here."""
