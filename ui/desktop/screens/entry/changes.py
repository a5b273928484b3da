"""What somebody does to the cells: types, empties, marks, fills down, pastes, carries forward. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from forms.cell import Cell, CellState
from forms.errors import AppError
from forms.services.carrying import flagged, on_offer
from ui.desktop.screens.entry.presenter import EntryFace, EntryPresenter
from ui.desktop.screens.entry.table.clipboard import Block
from ui.desktop.screens.entry.table.moves import Where
from ui.desktop.screens.entry.table.paste import Fate, Ground, Plan, spread
from ui.desktop.screens.entry.table.shown import FROM_NEWS
from ui.desktop.screens.entry.table.words import read_cell


class Changes:
    """Each act is one edit, taken whole or not at all. Names of cells that are not typed are passed over."""

    def __init__(self, face: EntryFace, presenter: EntryPresenter) -> None:
        self._face, self._presenter = face, presenter

    def typing(self, name: str, text: str) -> None:
        """While a cell is typed: the totals and indicators as they would be. Nothing is stored or refused."""
        opened = self._presenter.opened
        try:
            cell, _ = read_cell(text, opened.report.cell(name), whole=opened.is_whole(name))
            trial = opened.report.with_cell(name, cell)
        except AppError:
            return
        self._face.show_figures(opened.trial(trial, name))

    def put(self, name: str, text: str) -> bool:
        """A cell with the text it was left with. A refused text stays to be put right."""
        opened = self._presenter.opened
        try:
            cell, echo = read_cell(text, opened.report.cell(name), whole=opened.is_whole(name))
        except AppError as error:
            opened.refused[name] = text
            self._presenter.show_anew()
            self._face.show_refused(f"{opened.label(name)}: {error.message} Chưa cất ô này.")
            return False
        opened.refused.pop(name, None)
        if not self._presenter.change("nhập số liệu", [(name, cell)]):
            opened.refused[name] = text
            self._presenter.show_anew()
            return False
        self._face.show_refused(echo)
        return True

    def sign(self, names: Iterable[str], state: CellState) -> None:
        """Why there is no number, by one key; blank empties. The note stays."""
        cells = self._cells(names)
        made = [(name, replace(cell, state=state, amount=None, carried=False)) for name, cell in cells.items()]
        self._change("xóa" if state is CellState.BLANK else "ghi ký hiệu", made)

    def note(self, name: str, text: str) -> None:
        self._change("ghi chú", [(name, replace(self._presenter.opened.report.cell(name), note=text.strip()))])

    def flag(self, names: Iterable[str]) -> None:
        """To be looked at again, or no longer."""
        self._change("đánh dấu", [(name, flagged(cell)) for name, cell in self._cells(names).items()])

    def copy_down(self, pairs: Iterable[tuple[str, str]]) -> None:
        """The figure of the first of each pair into the second."""
        report = self._presenter.opened.report
        made = []
        for source, name in pairs:
            from_, cell = report.cell(source), report.cell(name)
            made.append((name, replace(cell, state=from_.state, amount=from_.amount, carried=False)))
        self._change("điền xuống", [pair for pair in made if pair[0] in self._cells([pair[0]])])

    def carry(self, names: Iterable[str]) -> int:
        """What stood in an earlier period, into those that are blank; how many there were."""
        opened = self._presenter.opened
        offered = on_offer(opened.report, opened.context)
        blank = [(name, cell) for name, cell in self._cells(names).items() if cell.state is CellState.BLANK]
        made = [(name, replace(offered[name], note=cell.note)) for name, cell in blank if name in offered]
        self._change("chép từ kỳ trước", made)
        if not made:
            self._face.show_refused("Không có số liệu kỳ trước để chép vào ô trống ở đây.")
        return len(made)

    def confirm(self, names: Iterable[str]) -> None:
        """What was carried was looked at and is right."""
        made = [(name, replace(cell, carried=False)) for name, cell in self._cells(names).items() if cell.carried]
        self._change("xác nhận", made)

    def plans(self, block: Block, chosen: Sequence[Where]) -> tuple[Plan, ...]:
        """How a pasted block would fall from the first of the chosen places on; nothing is changed. A single text goes
        into all of them."""
        opened = self._presenter.opened
        ground = Ground(self._presenter.layout, opened.report.cell, opened.label, opened.is_whole, self._why_locked)
        return ground.plans(spread(block, chosen), min(chosen))

    def paste(self, plan: Plan) -> None:
        self._change(f"dán {plan.number(Fate.NEW)} ô", plan.cells)

    def _change(self, words: str, cells: Sequence[tuple[str, Cell]]) -> None:
        if cells:
            for name, _ in cells:
                self._presenter.opened.refused.pop(name, None)
            self._face.show_refused("")
            self._presenter.change(words, cells)

    def _cells(self, names: Iterable[str]) -> Mapping[str, Cell]:
        """Those of the named that one may type in."""
        opened = self._presenter.opened
        known = set(opened.open_cells)
        return {name: opened.report.cell(name) for name in names if name in known}

    def _why_locked(self, name: str) -> str:
        return f"{FROM_NEWS}." if name in self._presenter.opened.locked else ""
