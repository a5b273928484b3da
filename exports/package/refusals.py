"""Why a received file is not accepted: one stable code, one Vietnamese sentence, one thing to do.

Codes never change and are never reused; sentences may be improved. `docs/package-format.md` lists them for
the authors of other readers.
"""

from __future__ import annotations

from forms.errors import PackageRefused

_ASK_AGAIN = "Đề nghị đơn vị gửi xuất lại gói từ phần mềm rồi gửi lại."
_COPY_AGAIN = "Chép hoặc tải lại tệp từ nơi gửi; nếu vẫn bị, đề nghị đơn vị gửi xuất lại gói."
_NOT_FROM_HERE = "Tệp không do phần mềm tạo ra hoặc đã bị sửa; không dùng, hỏi lại đơn vị gửi."

SENTENCES: dict[str, tuple[str, str]] = {
    # the container
    "PKG_EMPTY": ("Tệp rỗng.", _COPY_AGAIN),
    "PKG_TOO_BIG": ("Tệp lớn hơn mức cho phép của một gói.", _NOT_FROM_HERE),
    "PKG_NOT_A_PACKAGE": ("Tệp không phải gói của Sổ Bình Đẳng.", "Chọn đúng tệp có đuôi .bdg do phần mềm xuất ra."),
    "PDF_NO_PACKAGE": (
        "Tệp PDF không mang theo gói báo cáo.",
        "Đề nghị đơn vị gửi tệp .bdg, hoặc tệp PDF đúng như phần mềm xuất ra: in lại, nén hay ghép tệp thì gói bị mất.",
    ),
    "PDF_TWO_PACKAGES": (
        "Tệp PDF mang theo hơn một gói báo cáo.",
        "Đề nghị đơn vị gửi riêng từng tệp .bdg hoặc từng tệp PDF do phần mềm xuất ra.",
    ),
    "PKG_CUT": ("Gói bị cụt, thiếu phần cuối.", _COPY_AGAIN),
    "PKG_DAMAGED": ("Gói bị hỏng khi sao chép hoặc đã bị sửa.", _COPY_AGAIN),
    "PKG_MEMBERS": ("Các thành phần trong gói không đúng tên, thứ tự hoặc cỡ.", _NOT_FROM_HERE),
    "PKG_NOT_CANONICAL": ("Vỏ gói không đúng dạng chuẩn.", _NOT_FROM_HERE),
    # JSON inside
    "JSON_ENCODING": ("Nội dung gói không phải văn bản UTF-8 hợp lệ.", _NOT_FROM_HERE),
    "JSON_SYNTAX": ("Nội dung gói không đọc được.", _NOT_FROM_HERE),
    "JSON_NOT_CANONICAL": ("Nội dung gói không viết theo dạng chuẩn duy nhất.", _NOT_FROM_HERE),
    "JSON_DUPLICATE_KEY": ("Nội dung gói có mục ghi hai lần.", _NOT_FROM_HERE),
    "JSON_NUMBER": ("Nội dung gói có số viết sai dạng.", _NOT_FROM_HERE),
    "JSON_TEXT": ("Nội dung gói có ký tự không được phép hoặc chữ chưa chuẩn hóa (NFC).", _ASK_AGAIN),
    "JSON_DEPTH": ("Nội dung gói lồng nhau quá sâu.", _NOT_FROM_HERE),
    "JSON_SHAPE": ("Một mục trong gói bị thiếu, thừa hoặc sai kiểu.", _NOT_FROM_HERE),
    "JSON_VALUE": ("Một mục trong gói có giá trị không hợp lệ.", _ASK_AGAIN),
    # the statement
    "FORMAT_NEWER": ("Gói do phiên bản mới hơn của phần mềm tạo ra.", "Cập nhật phần mềm rồi nhận lại gói này."),
    "TYPE_OTHER": (
        "Tệp là một loại giấy tờ khác, không phải loại đang cần nhận.",
        "Mở tệp ở đúng mục: gói báo cáo ở “Nhận gói”, tệp đăng ký khóa ở “Sổ khóa”, tệp cấp phát ở “Chương trình”.",
    ),
    "FILES_DIFFER": ("Số liệu trong gói không khớp với bản đã niêm phong.", _NOT_FROM_HERE),
    "SUMMARY_DIFFERS": ("Tổng kiểm tra trong gói không khớp với số liệu.", _NOT_FROM_HERE),
    # seals and keys
    "SEAL_FORM": ("Phần niêm phong không đúng dạng.", _NOT_FROM_HERE),
    "SEAL_SET": ("Các niêm phong không khớp với danh sách người niêm phong.", _ASK_AGAIN),
    "SEAL_WRONG": ("Niêm phong không đúng với nội dung gói.", _NOT_FROM_HERE),
    "SEAL_ROLES": (
        "Gói chưa đủ niêm phong của người lập biểu và thủ trưởng đơn vị.",
        "Đề nghị đơn vị gửi để cả hai người niêm phong rồi gửi lại.",
    ),
    "SUPPLY_HEAD": (
        "Tệp cấp phát không do thủ trưởng đơn vị niêm phong.",
        "Đề nghị nơi cấp để thủ trưởng niêm phong rồi cấp lại.",
    ),
    "BUNDLE_HEAD": (
        "Gói chuyển không do thủ trưởng đơn vị tổng hợp niêm phong.",
        "Đề nghị đơn vị chuyển để thủ trưởng niêm phong rồi chuyển lại.",
    ),
    "KEY_UNKNOWN": (
        "Khóa niêm phong chưa có trong sổ khóa.",
        "Đăng ký khóa của đơn vị gửi (tệp đăng ký và phiếu 30 chữ số) rồi nhận lại gói này.",
    ),
    "KEY_REVOKED": ("Khóa niêm phong đã bị thu hồi.", "Hỏi lại đơn vị gửi; đơn vị cần đăng ký khóa mới và gửi lại."),
    "KEY_UNIT": ("Khóa niêm phong là của đơn vị khác.", "Hỏi lại đơn vị gửi; báo cáo phải do chính đơn vị niêm phong."),
    "KEY_WEAK": ("Khóa không an toàn, không được dùng.", "Đề nghị đơn vị tạo lại khóa bằng phần mềm rồi đăng ký lại."),
    "KEY_ID": ("Mã khóa không khớp với khóa.", _NOT_FROM_HERE),
}


def refused(code: str, where: str = "") -> PackageRefused:
    """The refusal for a code; `where` names the item inside the package, or the key."""
    what, now = SENTENCES[code]
    word = "khóa" if code.startswith(("KEY_", "SEAL_")) else "ở"
    place = f" ({word} {where})" if where else ""
    return PackageRefused(code, f"{what[:-1]}{place}. {now}", where)
