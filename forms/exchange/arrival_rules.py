"""What becomes of a package that arrives, by numbered rules. No clock, no file name and no order of files decides.

A *line* is one report of one unit: unit (code and first day), programme, form, period and basis. Its *head* is the newest
package that was accepted of it.

 1. A package is known by the digest of its sealed bytes. One that was accepted is SAME for ever, whatever its content,
    its key or the rules below would say today.
 2. What is refused is not kept and is nobody's predecessor.
 3. A package whose content is in doubt is QUARANTINED, one of an unknown programme PARKED, wherever it stands in its line;
    neither enters the line.
 4. A package that names as its predecessor a package of another line, another unit's above all, is in CONFLICT
    (PREDECESSOR_OTHER).
 5. Where nothing of the line was accepted, revision 1 is NEW. It names no predecessor.
 6. A revision that names the head, and whose number is the head's plus one, is a CORRECTION. Nothing else is.
 7. A number that is not above the head's is in CONFLICT: its place is taken, and the figures that stand stay.
 8. One that names an accepted package which is not the head is a fork, whatever its number: CONFLICT.
 9. A number that leaps waits for a person (QUARANTINED, REVISION_JUMP): one that is not its predecessor's plus one, one
    that is more than five above the head while its predecessor is not here, one above 99.
10. A fork does not become a correction by growing: one that names a package which is itself in conflict, or which is kept
    aside with a number not above the head's, is in CONFLICT.
11. One that names a package which is held or parked here waits for it (PARKED, PREDECESSOR_HELD): a package that is kept
    aside is no predecessor until it is accepted.
12. One that names a package which is not here waits for it (PARKED, PREDECESSOR_MISSING).
13. Two packages that could both take the same place take it neither: all of them are in CONFLICT, and stay so while
    another of them is kept.
14. What is PARKED is judged anew at every receiving. CONFLICT and QUARANTINED wait for a person: nothing that comes later
    moves them; a file that is brought again is judged by what stands then.

`decide` holds rules 1 and 4 to 12; rules 2, 3, 13 and 14 need the whole batch: forms/services/revision_chain.py.
"""

from __future__ import annotations

from collections.abc import Sequence

from forms.exchange.statements import Arrival, Decision, Kept, Link, OpenedPackage

MAX_REVISION = 99  # nobody corrects a report a hundred times
MAX_LEAP = 5  # revisions that may be missing on the way


def decide(package: OpenedPackage, accepted: Sequence[Link], predecessor: Kept | None) -> Decision:
    """`accepted`: the package's own line, oldest first. `predecessor`: what is known of the package that it names, in
    whatever line; None where it names none or that one is not here."""
    revision, digests = package.revision, {link.digest for link in accepted}
    head = accepted[-1].revision if accepted else 0
    if package.digest in digests:
        return Decision(Arrival.SAME, "SAME", "Gói này đã nhận trước đây; không thay đổi gì.")
    if predecessor and (predecessor.unit, predecessor.key) != (package.unit, package.key):
        whose = "đơn vị khác" if predecessor.unit != package.unit else "báo cáo khác của chính đơn vị này"
        said = f"Lần gửi {revision} ghi là thay thế một gói của {whose}. Số liệu đã nhận được giữ nguyên; hỏi lại đơn vị gửi."
        return Decision(Arrival.CONFLICT, "PREDECESSOR_OTHER", said)
    if revision <= head:
        return _conflict(revision)
    if package.supersedes is None and revision == 1:
        return Decision(Arrival.NEW, "NEW", "Báo cáo mới.")
    if accepted and package.supersedes == accepted[-1].digest:
        if revision != head + 1 or revision > MAX_REVISION:
            return _leap(revision)
        return Decision(Arrival.CORRECTION, "CORRECTION", f"Thay thế lần gửi {revision - 1}.")
    if package.supersedes in digests:
        return _conflict(revision)
    if predecessor is None:
        if revision > min(head + MAX_LEAP, MAX_REVISION):
            return _leap(revision)
        said = "thay thế một bản chưa nhận được. Xin gói trước đó; nhận gói ấy thì gói này cũng được nhận."
        return Decision(Arrival.PARKED, "PREDECESSOR_MISSING", f"Lần gửi {revision} {said}")
    if revision != predecessor.revision + 1 or revision > MAX_REVISION:
        return _leap(revision)
    if predecessor.arrival is Arrival.CONFLICT or predecessor.revision <= head:
        return _conflict(revision)
    why = "đang giữ lại để hỏi" if predecessor.arrival is Arrival.QUARANTINED else "cũng đang chờ"
    return Decision(
        Arrival.PARKED,
        "PREDECESSOR_HELD",
        f"Lần gửi {revision} thay thế lần gửi {predecessor.revision} {why}. Giải quyết bản ấy với đơn vị gửi trước; "
        "bản ấy được nhận thì gói này cũng được nhận.",
    )


def contested(revision: int) -> Decision:
    """Rule 13."""
    return Decision(
        Arrival.CONFLICT,
        "CONFLICT",
        f"Có hai gói khác nhau cùng là lần gửi {revision}, nên chưa nhận gói nào. Hỏi đơn vị gửi bản nào đúng, rồi hoàn tác "
        "đợt nhận có bản sai và nhận lại bản đúng.",
    )


def _conflict(revision: int) -> Decision:
    said = "khác với bản đã nhận. Số liệu đã nhận được giữ nguyên; hỏi lại đơn vị gửi bản nào đúng."
    return Decision(Arrival.CONFLICT, "CONFLICT", f"Lần gửi {revision} {said}")


def _leap(revision: int) -> Decision:
    said = "không nối tiếp các lần đã nhận. Chưa cộng vào tổng; hỏi lại đơn vị gửi."
    return Decision(Arrival.QUARANTINED, "REVISION_JUMP", f"Số lần gửi {revision} {said}")
