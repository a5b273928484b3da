"""How NĐ 30/2020/NĐ-CP wants an administrative document to look, as data.

Source: Phụ lục I, Phần I (measures, Mục I–V) and Phụ lục III, Mẫu 1.4, 1.5 and 2.1 (arrangement). Lengths are
millimetres, sizes are points. Each element carries the range that the decree allows beside the size used, so
that a test can measure the finished page against the decree and not against our own choice.
"""

from __future__ import annotations

from dataclasses import dataclass

PAGE = (210.0, 297.0)
NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
ADDRESSEES = "Kính gửi:"
ABOUT = "V/v"
PRACTICE = "BẢN THỬ"
FACE = "Times New Roman"
EMBEDDED_FACE = "LiberationSerif"  # the same widths; the decree's face may not be carried in a file


@dataclass(frozen=True)
class Margins:
    """The four margins of a page."""

    top: float
    bottom: float
    left: float
    right: float


@dataclass(frozen=True)
class Style:
    """The letters of one element (ô): size used, least and greatest size allowed, weight, slope, capitals."""

    size: float
    allowed: tuple[float, float]
    bold: bool = False
    italic: bool = False
    upper: bool = False

    def written(self, text: str) -> str:
        """The text in the letters the element asks for. Unicode-aware: ủy → ỦY."""
        return text.upper() if self.upper else text


MARGINS = Margins(top=20, bottom=21, left=30, right=20)
MARGINS_ALLOWED = {"top": (20, 25), "bottom": (20, 25), "left": (30, 35), "right": (15, 20)}
LANDSCAPE_MARGINS = Margins(top=20, bottom=21, left=20, right=20)
POINTS = 72 / 25.4  # of a millimetre


def text_width(*, landscape: bool) -> float:
    """Points between the left and the right margin."""
    margins = LANDSCAPE_MARGINS if landscape else MARGINS
    return (PAGE[1 if landscape else 0] - margins.left - margins.right) * POINTS


INDENT = 12.7
INDENTS_ALLOWED = (10.0, 12.7)
PARAGRAPH_GAP = 6.0  # points, the least allowed
LETTER_SUBJECT_GAP = 6.0  # points between the number and "V/v …" of a letter
SINGLE_LINE = 1.15  # of the size: how high a single line of the decree's face is, as Word counts
LINE_SPACING = 1.15  # of the size: a single line
LINE_SPACING_ALLOWED = (1.0, 1.5)
ISSUER_RULE = 0.4  # of the text's length
SUBJECT_RULE = 0.4
MOTTO_RULE = 1.0
SHORT_RULE_ALLOWED = (1 / 3, 1 / 2)
LEFT_SHARE = 0.42  # of the head's width, for the issuer
SIGNATURE_SHARE = 0.5  # for the recipients, beside the signature
ADDRESSEE_INDENT = 0.22  # of the text's width, where "Kính gửi:" begins above several names
SIGNING_ROOM = 25.0  # for pen and stamp

STYLES = {
    "national_name": Style(12, (12, 13), bold=True, upper=True),
    "motto": Style(13, (13, 14), bold=True),
    "superior": Style(12, (12, 13), upper=True),
    "issuer": Style(12, (12, 13), bold=True, upper=True),
    "number_sign": Style(13, (13, 13)),
    "place_date": Style(13, (13, 14), italic=True),
    "letter_subject": Style(12, (12, 13)),
    "kind": Style(14, (13, 14), bold=True, upper=True),
    "subject": Style(14, (13, 14), bold=True),
    "addressees": Style(14, (13, 14)),
    "body": Style(14, (13, 14)),
    "heading_1": Style(14, (13, 14), bold=True, upper=True),
    "heading_2": Style(14, (13, 14), bold=True),
    "heading_3": Style(14, (13, 14)),
    "capacity": Style(14, (13, 14), bold=True, upper=True),
    "signer": Style(14, (13, 14), bold=True),
    "recipients_title": Style(12, (12, 12), bold=True, italic=True),
    "recipients": Style(11, (11, 11)),
    "annex_label": Style(14, (14, 14), bold=True),
    "annex_title": Style(14, (13, 14), bold=True, upper=True),
    "annex_reference": Style(14, (13, 14), italic=True),
    "circulation": Style(13, (13, 14), bold=True, upper=True),
    "page_number": Style(14, (13, 14)),
    # The decree is silent on the rest; sizes are what provincial annexes and statistical forms usually have.
    "table": Style(11, (8, 13)),
    "table_head": Style(11, (8, 13), bold=True),
    "note": Style(11, (8, 13), italic=True),
    "caption": Style(13, (12, 14), italic=True),
    "form_side": Style(11, (10, 13)),
    "form_title": Style(14, (13, 14), bold=True, upper=True),
    "form_under": Style(13, (12, 14)),
    "form_day": Style(13, (12, 14), italic=True),
    "form_signer": Style(12, (11, 14), bold=True, upper=True),
    "form_note": Style(11, (10, 13), italic=True),
    "form_name": Style(13, (12, 14), bold=True),
    "foot": Style(8, (7, 9)),
}
TABLE_SIZES = (
    11.0,
    10.5,
    10.0,
    9.5,
    9.0,
    8.5,
    8.0,
)  # the first is the size used; a wide table takes the largest that fits
