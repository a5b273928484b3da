"""The words of the command line: verbs, options, and what is said in Vietnamese when they do not fit."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, NoReturn

from forms.errors import AppError
from forms.model.org_unit import KINDS
from ui.cli.streams import answer

PROGRAM = "so-binh-dang"
LONGEST_NAME = 255  # of a file or folder, in bytes, on every system we know
_TRANSLATED = (
    (re.compile(r"the following arguments are required: (.*)"), r"thiếu \1"),
    (re.compile(r"unrecognized arguments: (.*)"), r"không hiểu “\1”"),
    (re.compile(r"argument (.*): expected .*"), r"sau \1 phải có một giá trị"),
    (re.compile(r"argument VIỆC: invalid choice: '(.*?)'.*"), r"không có việc “\1”"),
    (
        re.compile(r"argument (.*): invalid choice: '(.*?)' \(choose from (.*)\)"),
        r"\1 không nhận “\2”; chọn một trong: \3",
    ),
    (re.compile(r"argument (.*): invalid \w+ value: '(.*)'"), r"\1 không hiểu “\2”"),
    (re.compile(r"argument (.*): ignored explicit argument .*"), r"\1 không nhận giá trị"),
    (re.compile(r"argument ([^:]*): (.*)"), r"\1 \2"),
    (re.compile(r"ambiguous option: (.*) could match (.*)"), r"“\1” có thể là \2"),
)


class UsageProblem(AppError):
    """The command line cannot be understood; exit code 2."""


class _Words(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Cách dùng: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Raises instead of printing, and says it in Vietnamese."""

    def __init__(self, **more: Any) -> None:
        super().__init__(formatter_class=_Words, add_help=False, allow_abbrev=False, **more)
        self._positionals.title, self._optionals.title = "cần ghi", "tùy chọn"
        self.add_argument("-h", "--help", action="help", help="in phần này")

    def _print_message(self, message: str, file: Any = None) -> None:  # noqa: ARG002 - it is always stdout
        """The help; argparse itself would say nothing where it does not get through. Raises OutputLost."""
        for line in message.rstrip("\n").split("\n"):
            answer(line)

    def error(self, message: str) -> NoReturn:
        for pattern, words in _TRANSLATED:
            if pattern.fullmatch(message):
                message = pattern.sub(words, message)
                break
        raise UsageProblem("USAGE", f"Dòng lệnh chưa đúng: {message}. Xem “{self.prog} --help”.")


def text(verb: Any, name: str, metavar: str, help: str, **more: Any) -> None:
    verb.add_argument(name, metavar=metavar, help=help, **more)


def path(verb: argparse.ArgumentParser, name: str, metavar: str, help: str, **more: Any) -> None:
    verb.add_argument(name, type=path_of, metavar=metavar, help=help, **more)


def day(verb: Any, name: str, help: str) -> None:
    verb.add_argument(name, type=day_of, metavar="NGÀY", help=help)


def flag(verb: Any, name: str, help: str) -> None:
    verb.add_argument(name, action="store_true", help=help)


def add_verb(verbs: Any, name: str, help: str, *, ledger: bool = True) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help, description=f"{help[:1].upper()}{help[1:]}.")
    flag(parser, "--json", "in kết quả dạng JSON")
    # Also after the verb; SUPPRESS keeps what stood before it.
    parser.add_argument("--data", type=path_of, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    parser.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    if ledger:
        path(parser, "ledger", "SỔ", "thư mục sổ")
        password(parser)
    return parser


def password(parser: argparse.ArgumentParser) -> None:
    path(parser, "--password-file", "TỆP", "tệp có mật khẩu ở dòng đầu (thay cho SBD_PASSWORD)")
    text(parser, "--person", "TÊN", "người mở sổ, khi sổ có nhiều người")


def head_password(parser: argparse.ArgumentParser) -> None:
    path(parser, "--head-password-file", "TỆP", "mật khẩu của thủ trưởng (thay cho SBD_HEAD_PASSWORD)")


def period(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    text(parser, "--programme", "MÃ", "chương trình; mặc định: chương trình của sổ")
    text(parser, "--period", "KỲ", "2025, 2025-H1, 2025-Q4, 2025-11 hoặc 2011..2020", required=required)
    parser.add_argument(
        "--basis",
        choices=("calendar", "nd09"),
        default="calendar",
        help="calendar: theo lịch; nd09: từ ngày 15 đến ngày 14 (NĐ 09/2019)",
    )


def day_of(text: str) -> date:
    form = "%d/%m/%Y" if "/" in text else "%Y-%m-%d"
    return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone


def is_readable(text: str) -> bool:
    """Whether it is text: an argument in another encoding than the console's is not, though as a path it may name a file."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def path_of(text: str) -> Path:
    path = Path(text)
    if not text or "\0" in text or any(len(os.fsencode(part)) > LONGEST_NAME for part in path.parts):
        raise argparse.ArgumentTypeError("không phải đường dẫn dùng được: để trống, có ký tự lạ hoặc một tên quá dài")
    return path


@dataclass(frozen=True)
class CommandLine:
    """A command line that was understood. `verb` None means: open the window."""

    verb: str | None
    data: Path | None
    debug: bool
    json: bool
    args: argparse.Namespace


def parse(arguments: Sequence[str]) -> CommandLine:
    """Raises UsageProblem USAGE; `--help` prints and leaves by SystemExit 0."""
    args = _parser().parse_args(arguments)
    for value in vars(args).values():
        for word in value if isinstance(value, list) else [value]:
            if isinstance(word, str) and not is_readable(word):
                shown = word.encode("utf-8", "replace").decode()
                raise UsageProblem(
                    "USAGE", f"Dòng lệnh chưa đúng: “{shown}” có ký tự không đọc được. Gõ lại bằng UTF-8."
                )
    verb = getattr(args, "verb", None)
    return CommandLine(verb, args.data, args.debug, getattr(args, "json", False), args)


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog=PROGRAM,
        description="Sổ Bình Đẳng: sổ và báo cáo bình đẳng giới. Không ghi việc nào thì mở cửa sổ phần mềm.",
        epilog="Mật khẩu lấy từ --password-file hoặc biến môi trường SBD_PASSWORD. Mã thoát: 0 xong, 1 bị từ chối, 2 gõ sai.",
    )
    path(parser, "--data", "THƯ_MỤC", "thư mục sổ mà cửa sổ mở, thay cho thư mục của người dùng")
    flag(parser, "--debug", "ghi mọi chi tiết kỹ thuật ra màn hình")
    verbs = parser.add_subparsers(dest="verb", metavar="VIỆC", title="các việc")
    for define in (
        _unit_verbs,
        _entry_verbs,
        _key_verbs,
        _programme_verbs,
        _receiving_verbs,
        _answering_verbs,
        _summary_verbs,
        _publication_verbs,
        _layout_verbs,
        _whole_verbs,
    ):
        define(verbs)
    return parser


def _unit_verbs(verbs: Any) -> None:
    units = add_verb(verbs, "units", "tìm đơn vị trong danh mục", ledger=False)
    text(units, "query", "TỪ", "tên có dấu hoặc không dấu, hoặc mã đơn vị")
    day(units, "--on", "danh mục của ngày nào (2025-12-31); mặc định hôm nay")
    init = add_verb(verbs, "init", "lập sổ mới cho một đơn vị", ledger=False)
    path(init, "ledger", "SỔ", "thư mục sổ, mới hoặc trống")
    text(init, "--unit", "MÃ", "mã đơn vị", required=True)
    day(init, "--on", "đơn vị của ngày nào (2022-12-31), khi nay đã đổi; mặc định hôm nay")
    _made_unit(init, required=False)
    text(init, "--person", "TÊN", "người lập biểu, hoặc người kiêm cả hai việc", required=True)
    text(init, "--title", "CHỨC_VỤ", "chức vụ của người lập biểu", default="")
    text(init, "--head", "TÊN", "thủ trưởng đơn vị, nếu là người khác")
    text(init, "--head-title", "CHỨC_VỤ", "chức vụ của thủ trưởng", default="")
    flag(init, "--collates", "đơn vị này tổng hợp báo cáo của cấp dưới")
    text(init, "--programme", "MÃ", "chương trình; mặc định: kế hoạch của tỉnh nếu còn hiệu lực, không thì nq28")
    flag(init, "--practice", "sổ dùng thử: mọi trang in có chữ BẢN THỬ")
    path(init, "--password-file", "TỆP", "tệp có mật khẩu ở dòng đầu")
    head_password(init)

    add = add_verb(verbs, "unit-add", "thêm vào sổ một đơn vị mà danh mục chưa có")
    text(add, "--unit", "MÃ", "mã tự đặt, chưa dùng trong danh mục", required=True)
    _made_unit(add, required=True)


def _made_unit(parser: argparse.ArgumentParser, *, required: bool) -> None:
    """A unit that the catalogue lacks."""
    text(parser, "--parent", "MÃ", "đơn vị cấp trên; với đơn vị có sẵn: chỉ ghi khi khác danh mục")
    text(parser, "--unit-name", "TÊN", "tên đầy đủ của đơn vị mà danh mục chưa có", required=required)
    parser.add_argument(
        "--unit-kind", choices=sorted(KINDS), default="agency", help="loại đơn vị; mặc định agency (cơ quan)"
    )
    day(parser, "--unit-from", "có từ ngày nào; mặc định như đơn vị cấp trên, không có thì 01/07/2025")
    day(parser, "--unit-to", "có đến hết ngày nào; không ghi là còn đến nay")
    text(parser, "--members", "MÃ,MÃ", "các đơn vị thành viên của cụm (--unit-kind group)", default="")


def _entry_verbs(verbs: Any) -> None:
    template = add_verb(verbs, "template", "xuất phiếu điền .xlsx của một kỳ, có sẵn số liệu đã nhập")
    period(template)
    path(template, "--out", "TỆP", "tệp .xlsx sẽ ghi; với --unit, --all-missing: thư mục", required=True)
    whose = template.add_mutually_exclusive_group()
    text(whose, "--unit", "MÃ", "phiếu trống cho các đơn vị bên dưới này, để nhập thay", nargs="+")
    flag(whose, "--all-missing", "phiếu trống cho mọi đơn vị bên dưới chưa gửi báo cáo")
    take = add_verb(verbs, "import", "nhập số liệu của một kỳ từ phiếu điền, bảng tính riêng hoặc tệp JSON")
    path(take, "file", "TỆP", "tệp .xlsx, .ods, .xls hoặc .json", nargs="?")
    path(take, "--news", "TỆP", "bảng tính danh mục tin, bài: chỉ thêm tin, bài")
    text(take, "--mapping", "TÊN", "bảng đối chiếu để đọc bảng tính riêng; kèm --period")
    flag(take, "--preview", "chỉ xem trước từng chỗ thay đổi, không ghi gì")
    flag(take, "--convert", "đồng ý chuyển chữ TCVN3, VNI sang Unicode như xem trước")
    take.add_argument(
        "--real-days",
        choices=["kept", "exchanged"],
        help="cột ngày hiểu được hai cách: đọc ngày thật của bảng tính như đang thấy (kept) hay đổi ngày với tháng "
        "(exchanged)",
    )
    flag(take, "--correct", "báo cáo đã niêm phong: mở bản thay thế rồi nhập vào đó")
    period(take, required=False)
    mapping = add_verb(verbs, "mapping", "bảng đối chiếu để đọc bảng tính riêng: liệt kê, xem, đề nghị, đặt, bỏ")
    text(mapping, "name", "TÊN", "tên bảng; không ghi thì liệt kê", nargs="?")
    path(mapping, "--propose", "TỆP", "đề nghị theo tiêu đề trong bảng tính này rồi cất")
    mapping.add_argument(
        "--choose",
        action="append",
        metavar="Ô=SHEET!CHỖ",
        help="trả lời một câu hỏi của --propose, mỗi ô một lần; thêm *1000 ở cuối để nhân",
    )
    path(mapping, "--set", "TỆP", "cất bảng soạn sẵn trong tệp .json")
    flag(mapping, "--drop", "bỏ bảng này")
    period(mapping, required=False)
    period(add_verb(verbs, "check", "kiểm tra báo cáo của một kỳ"))
    seal = add_verb(verbs, "seal", "niêm phong báo cáo và xuất gói .bdg")
    period(seal)
    head_password(seal)
    path(seal, "--out", "THƯ_MỤC", "nơi ghi gói", required=True)
    text(seal, "--reason", "LÝ_DO", "lý do đính chính, ghi cạnh mỗi ô đã đổi", default="")
    flag(seal, "--again", "chỉ ghi lại tệp gói của lần niêm phong gần nhất")
    seal.add_argument("--revision", type=int, metavar="N", help="ghi lại tệp gói của lần gửi N đã niêm phong")
    over = add_verb(verbs, "hand-over", "người lập biểu niêm phong và chuyển thủ trưởng duyệt")
    period(over)
    text(over, "--head", "TÊN", "thủ trưởng sẽ duyệt; không cần ghi khi sổ có một thủ trưởng")
    text(over, "--reason", "LÝ_DO", "lý do đính chính, ghi cạnh mỗi ô đã đổi", default="")
    approve = add_verb(verbs, "approve", "thủ trưởng niêm phong bản đã chuyển duyệt và xuất gói .bdg")
    period(approve)
    path(approve, "--out", "THƯ_MỤC", "nơi ghi gói", required=True)
    back = add_verb(verbs, "take-back", "lấy lại hoặc trả lại bản đang chờ duyệt để sửa")
    period(back)
    text(back, "--remark", "ĐIỀU_CẦN_SỬA", "thủ trưởng ghi điều cần sửa khi trả lại", default="")


def _key_verbs(verbs: Any) -> None:
    request = add_verb(verbs, "enrol-request", "xuất tệp khóa để nơi nhận đăng ký")
    path(request, "--out", "THƯ_MỤC", "nơi ghi tệp khóa", required=True)
    enrol = add_verb(verbs, "enrol", "đăng ký khóa của đơn vị gửi vào sổ khóa")
    path(enrol, "file", "TỆP", "tệp khóa")
    text(enrol, "--fingerprint", "30_CHỮ_SỐ", "30 chữ số trên phiếu giấy có đóng dấu", required=True)
    revoke = add_verb(verbs, "revoke", "thu hồi một khóa")
    text(revoke, "keyid", "KHÓA", "mã khóa, 32 ký tự")
    add_verb(verbs, "register", "liệt kê sổ khóa")


def _programme_verbs(verbs: Any) -> None:
    add_verb(verbs, "programmes", "liệt kê các chương trình: theo dõi, phiên bản, nơi ban hành, phần chưa đối chiếu")
    supply = add_verb(verbs, "supply", "niêm phong tệp cấp phát chương trình cho đơn vị bên dưới")
    supply.add_argument(
        "--pack",
        action="append",
        required=True,
        metavar="MÃ[.vN]",
        help="chương trình, không ghi .vN thì phiên bản mới nhất; ghi --pack nhiều lần cho nhiều chương trình",
    )
    path(supply, "--out", "TỆP", "tệp .bdc sẽ ghi", required=True)
    head_password(supply)
    take = add_verb(verbs, "take-supply", "nhận tệp cấp phát do cấp trên niêm phong")
    path(take, "file", "TỆP", "tệp .bdc")
    flag(take, "--preview", "chỉ xem trong tệp có gì, không ghi gì")
    flag(take, "--follow", "báo cáo theo các chương trình này từ nay")


def _receiving_verbs(verbs: Any) -> None:
    everything = "lấy cả tệp ẩn, thư mục ẩn và thư mục liên kết"
    verify = add_verb(verbs, "verify", "kiểm tra gói; chỉ có --ledger thì kiểm tra chính sổ đó", ledger=False)
    path(verify, "files", "TỆP", "gói, tệp PDF mang theo gói, tệp nén, hoặc thư mục", nargs="*")
    flag(verify, "--all", everything)
    path(verify, "--ledger", "SỔ", "đối chiếu với sổ khóa của sổ này; không có thì chỉ xét niêm phong")
    text(verify, "--paper", "30_CHỮ_SỐ", "mã niêm phong in ở chân trang, gõ vào hoặc quét; kèm --ledger")
    password(verify)
    merge = add_verb(verbs, "merge", "nhận các gói và phiếu điền vào sổ tổng hợp, trong một lần ghi")
    path(merge, "files", "TỆP", "gói, phiếu điền đã điền, tệp PDF mang theo gói, tệp nén, hoặc thư mục", nargs="+")
    flag(merge, "--all", everything)
    flag(merge, "--dry-run", "chỉ xem trước, không ghi gì")
    flag(merge, "--replace", "phiếu điền khác bản đã nhập thay thì thay bản ấy")
    flag(merge, "--convert", "đồng ý chuyển chữ TCVN3, VNI trong phiếu điền sang Unicode")
    path(merge, "--letters", "THƯ_MỤC", "nơi ghi công văn báo lỗi cho từng đơn vị có phiếu phải sửa")
    text(merge, "--letters-format", "DẠNG", "docx (mặc định) hoặc pdf", default="docx")
    behalf = add_verb(
        verbs, "on-behalf", "nhập thay một đơn vị từ báo cáo giấy; không có --scan thì xem các bản đã nhập thay"
    )
    period(behalf)
    text(behalf, "--unit", "MÃ", "đơn vị được nhập thay", required=True)
    path(behalf, "--figures", "TỆP", "số liệu trên giấy, tệp .json như của import; không có thì lấy bản đang nhập dở")
    path(behalf, "--scan", "TỆP", "bản quét PDF, JPEG, PNG, được giữ trong sổ")
    flag(behalf, "--replace", "thay bản đã nhập thay trước đó")
    path(behalf, "--source", "TỆP", "ghi lại phiếu hoặc bản quét của bản nhập thay đang dùng")
    undo = add_verb(verbs, "undo", "hoàn tác cả một đợt nhận")
    text(undo, "batch", "ĐỢT", "mã đợt nhận")
    forward = add_verb(verbs, "forward", "chuyển lên cấp trên các gói đã nhận của một kỳ, trong một tệp")
    period(forward)
    head_password(forward)
    path(forward, "--out", "THƯ_MỤC", "nơi ghi gói chuyển", required=True)
    period(add_verb(verbs, "status", "đơn vị nào đã gửi, gửi muộn, còn thiếu"))


def _answering_verbs(verbs: Any) -> None:
    who = add_verb(verbs, "agencies", "đơn vị nào trả lời thay cơ quan nào của kế hoạch; chọn khi có nhiều đơn vị")
    period(who)
    text(who, "--agency", "MÃ", "cơ quan của kế hoạch cần chọn đơn vị trả lời")
    text(who, "--unit", "MÃ", "đơn vị trả lời thay cơ quan đó")
    text(who, "--reason", "LÝ_DO", "lý do chọn", default="")
    two = add_verb(verbs, "sources", "chỉ tiêu có hai nguồn số liệu khác nhau; chọn nguồn để tính")
    period(two)
    text(two, "--indicator", "SỐ", "số của chỉ tiêu cần chọn nguồn (6.2)")
    text(two, "--source", "NGUỒN", "below (cộng từ cấp dưới) hoặc mã cơ quan của kế hoạch")
    text(two, "--reason", "LÝ_DO", "lý do chọn", default="")
    own = add_verb(
        verbs, "adjust", "điều chỉnh số của một đơn vị, số đơn vị gửi vẫn để cạnh; không ghi đơn vị thì liệt kê"
    )
    period(own)
    text(own, "--unit", "MÃ", "đơn vị đã gửi số cần điều chỉnh")
    text(own, "--cell", "Ô", "ô cần điều chỉnh, như trong table --json")
    text(own, "--amount", "SỐ", "số của nơi tổng hợp; bỏ trống cùng --drop")
    text(own, "--reason", "LÝ_DO", "lý do điều chỉnh", default="")
    own.add_argument("--drop", action="store_true", help="bỏ điều chỉnh của ô này")
    days = add_verb(verbs, "due", "hạn gửi riêng cho một biểu, một kỳ, một đơn vị; không ghi hạn thì liệt kê")
    period(days, required=False)
    text(days, "--form", "BIỂU", "chỉ cho biểu này", default="")
    text(days, "--unit", "MÃ", "chỉ cho đơn vị này", default="")
    when = days.add_mutually_exclusive_group()
    day(when, "--day", "hết ngày nào là muộn (2025-12-05); kèm --period")
    when.add_argument("--days", type=int, metavar="N", help="số ngày sau khi hết kỳ")
    flag(when, "--drop", "bỏ hạn riêng này")


def _summary_verbs(verbs: Any) -> None:
    table = add_verb(verbs, "table", "bảng chỉ tiêu của một kỳ")
    period(table)
    text(table, "--unit", "MÃ", "của một đơn vị cấp dưới, tới tận xã; phần riêng của huyện là MÃ/own")
    flag(table, "--by-district", "thêm bảng của từng nơi ở giữa (huyện, cụm)")
    report = add_verb(verbs, "report", "in báo cáo của một kỳ")
    period(report)
    text(report, "--format", "DẠNG", "pdf, docx hoặc xlsx", required=True)
    path(report, "--out", "TỆP", "tệp sẽ ghi", required=True)
    kind = report.add_mutually_exclusive_group()
    flag(kind, "--public", "bản công khai: không công bố số liệu nhạy cảm nhỏ")
    flag(kind, "--sheet", "chỉ biểu số liệu, có người lập biểu, người kiểm tra ký")
    remind = add_verb(verbs, "remind", "công văn đôn đốc các đơn vị chưa gửi báo cáo")
    period(remind)
    flag(remind, "--merged", "một công văn chung, có danh sách kèm theo")
    text(remind, "--format", "DẠNG", "pdf hoặc docx", required=True)
    path(remind, "--out", "THƯ_MỤC", "nơi ghi các công văn", required=True)


def _publication_verbs(verbs: Any) -> None:
    publish = add_verb(verbs, "publish", "chốt bản phát hành của báo cáo một kỳ, để in lại y nguyên về sau")
    period(publish)
    flag(publish, "--public", "bản công khai: không công bố số liệu nhạy cảm nhỏ")
    add_verb(verbs, "publications", "liệt kê các bản đã phát hành")
    again = add_verb(verbs, "print", "in lại một bản đã phát hành, y như lúc phát hành")
    text(again, "--publication", "MÃ", "mã bản phát hành", required=True)
    text(again, "--format", "DẠNG", "pdf, docx hoặc xlsx", required=True)
    path(again, "--out", "TỆP", "tệp sẽ ghi", required=True)
    number = add_verb(verbs, "number", "văn thư ghi số, ngày, người ký của một bản đã phát hành")
    text(number, "publication", "MÃ", "mã bản phát hành")
    text(number, "--number", "SỐ", "số văn bản, như 12 hoặc 12/BC-UBND", default="")
    day(number, "--issued", "ngày ký (2026-01-05 hoặc 05/01/2026)")
    text(number, "--signer", "TÊN", "họ tên người ký; ký thay thì ghi “KT. Phó Chủ tịch: Nguyễn Thị B”", default="")
    flag(number, "--again", "ghi lại chỗ đã ghi; kèm --reason")
    text(number, "--reason", "LÝ_DO", "lý do ghi lại", default="")
    changes = add_verb(verbs, "changes", "từ khi phát hành đã có gì thay đổi, và số nào đổi theo")
    text(changes, "publication", "MÃ", "mã bản phát hành")


def _layout_verbs(verbs: Any) -> None:
    lint = add_verb(verbs, "lint", "kiểm tra thể thức của tệp PDF, Word theo Nghị định 30/2020/NĐ-CP", ledger=False)
    path(lint, "file", "TỆP", "tệp .pdf hoặc .docx")


def _whole_verbs(verbs: Any) -> None:
    backup = add_verb(verbs, "backup", "sao lưu sổ vào một tệp, có kiểm tra")
    path(backup, "--out", "TỆP", "tệp sao lưu; mặc định trong thư mục backups của sổ")
    restore = add_verb(verbs, "restore", "phục hồi sổ từ bản sao lưu vào thư mục mới", ledger=False)
    path(restore, "file", "TỆP", "tệp .sbdbackup")
    path(restore, "ledger", "SỔ", "thư mục sổ, mới hoặc trống")
    recover = add_verb(verbs, "recover", "đặt mật khẩu mới bằng mã khôi phục đã in", ledger=False)
    path(recover, "ledger", "SỔ", "thư mục sổ")
    text(recover, "--recovery-code", "MÃ", "mã in khi lập sổ, bảy nhóm bốn ký tự", required=True)
    text(recover, "--person", "TÊN", "người quên mật khẩu", required=True)
    path(recover, "--password-file", "TỆP", "tệp có mật khẩu mới ở dòng đầu (thay cho SBD_PASSWORD)")
    demo = add_verb(verbs, "demo", "làm thử trọn một quý của 40 xã, phường với số liệu mẫu", ledger=False)
    path(demo, "folder", "THƯ_MỤC", "nơi để; mặc định ./demo", nargs="?", default=Path("demo"))
    flag(demo, "--tree", "một tỉnh có huyện, xã và sở trong năm 2024")
    add_verb(verbs, "selftest", "tự kiểm tra mọi phần đã cài", ledger=False)
