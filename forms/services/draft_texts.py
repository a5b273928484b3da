"""The texts of a draft as they were written: a sealed text holds numbers, and the next draft its live fields again."""

from __future__ import annotations

import json
from dataclasses import replace

from forms.ports import Work
from forms.report import Report
from forms.services.drafts import report_key

_TEXTS = "draft_texts:"  # a setting: by section its text as written and as sealed


def remember(work: Work, written: Report, sealed: Report) -> None:
    """Where fields were told, what was written instead of what was sealed."""
    texts = {
        id: (text, sealed.narratives[id]) for id, text in written.narratives.items() if text != sealed.narratives[id]
    }
    work.office.set(_name(written), json.dumps(texts, ensure_ascii=False) if texts else None)


def as_written(work: Work, report: Report) -> Report:
    """With the fields of the sections that still stand as they were sealed."""
    kept = work.office.setting(_name(report))
    if kept is None:
        return report
    texts: dict[str, tuple[str, str]] = json.loads(kept)
    back = {id: text for id, (text, sealed) in texts.items() if report.narratives.get(id) == sealed}
    return replace(report, narratives={**report.narratives, **back})


def _name(report: Report) -> str:
    return _TEXTS + "/".join(report_key(report))
