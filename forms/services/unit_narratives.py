"""What the units below wrote in the sections of one form, as their packages say: heads keep cells only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from forms.model.form import Form
from forms.model.period import Period
from forms.ports import BeginWork, Codec
from forms.programmes.catalogue import Catalogue
from forms.prose.unit_narratives import Compiled, compiled
from forms.services.received_reports import ReceivedReports
from forms.services.summary import Summaries

Progress = Callable[[int, int], None]  # (done, total); may raise Cancelled


@dataclass(frozen=True)
class Gathered:
    """The sections of the form, each with what all units wrote there, by the section's id. `unread` are the units whose
    package this program cannot read."""

    form: Form
    sections: Mapping[str, Compiled]
    unread: tuple[str, ...] = ()


class Gathering:
    """Reads; changes nothing."""

    def __init__(self, begin: BeginWork, catalogue: Catalogue, summaries: Summaries, codec: Codec) -> None:
        self._begin, self._summaries, self._received = begin, summaries, ReceivedReports(catalogue, codec)

    def gather(self, programme: str, period: Period, progress: Progress = lambda _done, _total: None) -> Gathered:
        """Of every unit that has sent its report, in the order of the roll call."""
        status = self._summaries.status(programme, period)
        written: list[tuple[str, Mapping[str, str]]] = []
        unread: list[str] = []
        with self._begin() as work:
            for done, unit in enumerate(status.received):
                progress(done, len(status.received))
                report = self._received.report(work, status.heads[unit.key])
                if report is None:
                    unread.append(unit.full_name)
                else:
                    written.append((unit.full_name, report.narratives))
        progress(len(status.received), len(status.received))
        sections = {
            spec.id: compiled((name, texts.get(spec.id, "")) for name, texts in written)
            for spec in status.form.narratives
        }
        return Gathered(status.form, sections, tuple(unread))
