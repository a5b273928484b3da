"""The package (gói .bdg): sealed bytes that travel. `docs/package-format.md` fixes every byte."""
