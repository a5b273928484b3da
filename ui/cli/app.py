"""The command line: one verb, its answer, its exit code (0 done, 1 refused, 2 mistyped). Never imports Qt."""

from __future__ import annotations

import logging
from collections.abc import Callable

from forms.application import Application
from forms.errors import AppError
from ui.cli import (
    approval,
    demo,
    demo_tree,
    imports,
    last_words,
    offices,
    on_behalf,
    programmes,
    publications,
    receiving,
    reports,
    selftest,
    summaries,
)
from ui.cli.command_context import Seat, ShowWindow, exit_code
from ui.cli.output import Output
from ui.cli.parsing import CommandLine

Verb = Callable[[Seat], int]

VERBS: dict[str, Verb] = {
    "units": offices.units,
    "init": offices.init,
    "unit-add": offices.unit_add,
    "template": imports.template,
    "import": imports.take,
    "mapping": imports.mapping,
    "check": reports.check,
    "seal": reports.seal,
    "hand-over": approval.hand_over,
    "approve": approval.approve,
    "take-back": approval.take_back,
    "enrol-request": approval.request,
    "enrol": approval.enrol,
    "revoke": approval.revoke,
    "register": approval.register,
    "programmes": programmes.programmes,
    "supply": programmes.supply,
    "take-supply": programmes.take,
    "verify": receiving.verify,
    "merge": receiving.merge,
    "on-behalf": on_behalf.on_behalf,
    "undo": receiving.undo,
    "agencies": summaries.agencies,
    "due": summaries.due,
    "forward": reports.forward,
    "status": summaries.status,
    "table": summaries.table,
    "sources": summaries.sources,
    "adjust": summaries.adjust,
    "report": summaries.report,
    "remind": summaries.remind,
    "publish": publications.publish,
    "publications": publications.publications,
    "print": publications.print_again,
    "number": publications.number,
    "changes": publications.changes,
    "lint": reports.lint,
    "backup": offices.backup,
    "restore": offices.restore,
    "recover": offices.recover,
    "demo": lambda seat: (demo_tree if seat.args.tree else demo).play(seat),
    "selftest": selftest.run,
}


def run(program: Application, options: CommandLine, show_window: ShowWindow) -> int:
    """Do what was asked. A refusal is a sentence with its code; anything else is a bug and says so."""
    assert options.verb is not None
    out = Output(json=options.json)
    try:
        last_words.ready()
        return VERBS[options.verb](Seat(program, options.args, out, show_window))
    except AppError as error:
        out.refuse(error)
        return exit_code(error)
    except KeyboardInterrupt:
        out.refuse(AppError("STOPPED", "Đã dừng theo yêu cầu; việc chưa xong không được ghi vào sổ."))
        return 1
    except BrokenPipeError:  # the reader of a pipe has gone: nothing is left to be told
        last_words.drop_answers()
        return 1
    except Exception as bug:
        if last_words.lacks_memory(bug):
            out.refuse(
                AppError("MEMORY_SHORT", "Máy không đủ bộ nhớ cho việc này. Hãy đóng bớt phần mềm khác rồi làm lại.")
            )
            return 1
        logging.getLogger(__name__).debug("bug", exc_info=bug)
        kind = f"{type(bug).__name__}: {bug}"[:300]
        message = f"Phần mềm gặp lỗi không lường trước ({kind}). Chạy lại với --debug và gửi phần in ra cho nơi hỗ trợ."
        out.refuse(AppError("UNEXPECTED", message))
        return 1
