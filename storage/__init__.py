"""Where the ledger is kept: encrypted database, repositories, journal, keys, backup, migrations."""
