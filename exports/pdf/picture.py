"""A chart on the page: its drawing as vectors, and its words for who cannot see it."""

from __future__ import annotations

from reportlab.graphics import renderPDF
from reportlab.platypus import Flowable

from exports.charts import drawn, told
from exports.document import Chart


class Picture(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """One chart over the full width."""

    def __init__(self, chart: Chart, width: float) -> None:
        super().__init__()
        self.drawing, self.alt = drawn(chart, width), told(chart)
        self.width, self.height = width, self.drawing.height
        self.spaceBefore = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """What the drawing takes."""
        return self.width, self.height

    def draw(self) -> None:
        """As one figure with its words."""
        with self.canv.tagged("Figure", self.alt):
            renderPDF.draw(self.drawing, self.canv, 0, 0)
