"""The stand-alone verifier of docs/, loaded as a stranger would run it: from its file."""

from __future__ import annotations

import importlib.util
from pathlib import Path

_FILE = Path(__file__).parents[3] / "docs" / "verify_package.py"
_spec = importlib.util.spec_from_file_location("verify_package", _FILE)
assert _spec
assert _spec.loader
verifier = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(verifier)
