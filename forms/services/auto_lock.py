"""After how many minutes without a key or the mouse the window is covered, until a password is typed."""

from __future__ import annotations

from forms.errors import InputRefused, NotAllowed
from forms.ports import BeginWork, Work

USUAL, MOST = 10, 60
_MINUTES, _NEVER = "lock_minutes", "never"


class Locking:
    """A setting of the ledger. Where two persons seal, neither can leave the other's figures open for good."""

    def __init__(self, begin: BeginWork) -> None:
        self._begin = begin

    @property
    def may_be_never(self) -> bool:
        """Only where one person keeps the ledger alone."""
        with self._begin() as work:
            return _alone(work)

    def minutes(self) -> int | None:
        """None: never."""
        with self._begin() as work:
            said, alone = work.office.setting(_MINUTES), _alone(work)
        if said == _NEVER:
            return None if alone else USUAL
        return int(said) if said else USUAL

    def set_minutes(self, minutes: int | None) -> None:
        """Raises InputRefused LOCK_MINUTES, NotAllowed LOCK_NEEDED."""
        if minutes is not None and not 1 <= minutes <= MOST:
            raise InputRefused("LOCK_MINUTES", f"Ghi số phút từ 1 đến {MOST}.", "lock_minutes")
        with self._begin() as work:
            if minutes is None and not _alone(work):
                raise NotAllowed(
                    "LOCK_NEEDED",
                    f"Sổ có nhiều người dùng nên phải tự khóa khi vắng người. Chọn từ 1 đến {MOST} phút.",
                )
            said = _NEVER if minutes is None else str(minutes)
            work.office.set(_MINUTES, said)
            work.journal.append("setting", {"name": _MINUTES, "value": said})


def _alone(work: Work) -> bool:
    return len(work.office.persons()) < 2
