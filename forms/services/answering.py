"""What an office decides about who answers and by when: which unit is an agency of the plan, and days other than the plan's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from forms.errors import InputRefused
from forms.model.period import Period
from forms.model.text import clean, quoted
from forms.org_units.catalogue import OrgUnits
from forms.ports import BeginWork, Clock, Work
from forms.programmes.catalogue import Catalogue
from forms.programmes.programme import Agency, Programme
from forms.programmes.reporting_lines import AgencyQuestion
from forms.services.due_dates import SetDay, days_set
from forms.services.reports_on_offer import every_in
from forms.services.summary import Summaries, answerer_setting

MOST_DAYS, _LONGEST_REASON = 366, 500


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """Nobody has said yet which of the units answers as the agency."""

    programme: Programme
    period: Period
    asked: AgencyQuestion


class Answering:
    """Each decision is journalled."""

    def __init__(
        self, begin: BeginWork, catalogue: Catalogue, units: OrgUnits, summaries: Summaries, clock: Clock
    ) -> None:
        self._begin, self._catalogue, self._units = begin, catalogue, units
        self._summaries, self._clock = summaries, clock

    def chosen(self, programme: str) -> dict[str, str]:
        """By agency of the plan the code of the unit that was chosen to answer as it."""
        with self._begin() as work:
            return dict(work.office.settings(answerer_setting(programme)))

    def questions(self, today: date) -> tuple[OpenQuestion, ...]:
        """Of the newest two periods of each form that is gathered here; each agency of a programme once."""
        with self._begin() as work:
            offered = every_in(work, self._catalogue, today) if work.office.get().collates else ()
        found: dict[tuple[str, str], OpenQuestion] = {}
        for choice in offered:
            for period in choice.periods[:2]:
                for one in self._summaries.status(choice.programme.id, period).questions:
                    question = OpenQuestion(choice.programme, period, one)
                    found.setdefault((choice.programme.id, one.agency.id), question)
        return tuple(found.values())

    def choose(self, programme: str, period: Period, agency: str, unit: str, reason: str) -> None:
        """From now on this unit answers as the agency wherever several may; the others are not asked for its figures.
        Raises InputRefused AGENCY_UNKNOWN, ANSWERER_UNKNOWN, ANSWERER_REASON."""
        meant = self._agency(programme, agency)
        said = clean(reason, limit=_LONGEST_REASON, where="reason")
        if not said:
            raise InputRefused("ANSWERER_REASON", "Ghi lý do chọn đơn vị trả lời.", "reason")
        status = self._summaries.status(programme, period)
        asked = {found.code for one in status.questions if one.agency.id == agency for found in one.units}
        asked |= {key.code for key, ids in status.agencies.items() if agency in ids}
        if unit not in asked:
            known = ", ".join(sorted(asked)) or "chưa có đơn vị nào"
            raise InputRefused(
                "ANSWERER_UNKNOWN",
                f"Đơn vị {quoted(unit)} không mang tên của “{meant.title}” vào ngày {period.last:%d/%m/%Y}. Chọn trong: {known}.",
                quoted(unit),
            )
        with self._begin() as work:
            work.office.set(answerer_setting(programme, agency), unit)
            detail = {"programme": programme, "agency": agency, "unit": unit, "reason": said}
            work.journal.append("answerer", detail)

    def days(self, programme: str = "") -> tuple[SetDay, ...]:
        """The days that were set for forms, periods and units, of one programme or of all."""
        with self._begin() as work:
            return days_set(work, programme)

    def set_day(self, wanted: SetDay) -> None:
        """Raises InputRefused PROGRAMME_UNKNOWN, FORM_UNKNOWN, PERIOD_UNKNOWN, DUE_NEEDS_PERIOD, DUE_DAYS, UNIT_UNKNOWN."""
        if wanted.day is not None and not wanted.period:
            message = "Một ngày theo lịch chỉ đặt được cho một kỳ. Ghi kỳ, hoặc ghi số ngày sau khi hết kỳ."
            raise InputRefused("DUE_NEEDS_PERIOD", message, "period")
        if not 0 <= wanted.days <= MOST_DAYS:
            raise InputRefused("DUE_DAYS", f"Ghi số ngày từ 0 đến {MOST_DAYS}.", "days")
        with self._begin() as work:
            self._must_be_known(work, wanted)
            self._put(work, wanted, wanted.value)

    def drop_day(self, wanted: SetDay) -> None:
        """The plan's day, or the general one, holds again. Raises InputRefused DUE_UNKNOWN where none was set."""
        with self._begin() as work:
            if work.office.setting(wanted.setting) is None:
                raise InputRefused("DUE_UNKNOWN", "Chưa đặt hạn riêng nào như vậy. Xem danh sách các hạn đã đặt.", "")
            self._put(work, wanted, None)

    def _put(self, work: Work, wanted: SetDay, value: str | None) -> None:
        work.office.set(wanted.setting, value)
        work.journal.append("due", {"what": wanted.setting, "value": value})

    def _must_be_known(self, work: Work, wanted: SetDay) -> None:
        pack = self._catalogue.programme(wanted.programme)
        if wanted.form and pack.form(wanted.form) is None:
            known = ", ".join(form.id for form in pack.forms)
            message = f"“{pack.short_title}” không có biểu {quoted(wanted.form)}. Các biểu: {known}."
            raise InputRefused("FORM_UNKNOWN", message, quoted(wanted.form))
        if wanted.period:
            form = self._catalogue.form_for(wanted.programme, Period.parse(wanted.period))
            if wanted.form and form.id != wanted.form:
                raise InputRefused(
                    "FORM_UNKNOWN", f"Kỳ này lập theo biểu {form.id}, không phải {wanted.form}.", wanted.form
                )
        if wanted.unit:
            on = Period.parse(wanted.period).last if wanted.period else self._clock().date()
            self._units.with_units(work.units.all()).get(wanted.unit, on)

    def _agency(self, programme: str, id: str) -> Agency:
        agencies = self._catalogue.programme(programme).agencies
        found = next((agency for agency in agencies if agency.id == id), None)
        if found is None:
            known = ", ".join(agency.id for agency in agencies) or "không có cơ quan nào"
            raise InputRefused("AGENCY_UNKNOWN", f"Chương trình không có cơ quan {quoted(id)}: {known}.", quoted(id))
        return found
