"""The sheet of paper on which a unit hands over its key (phiếu đăng ký khóa), drawn as an A4 page."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextDocument

from ui.desktop.screens.packages.key_presenter import KeySheet

_DPI = 300


def sheet_pdf(sheet: KeySheet) -> bytes:
    """One page: who, which role, thirty digits, room for signature and stamp."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(30, 20, 20, 20), QPageLayout.Unit.Millimeter)
    writer.setTitle("Phiếu đăng ký khóa niêm phong")
    page = QTextDocument()
    page.setDefaultFont(QFont("Be Vietnam Pro", 12))
    page.documentLayout().setPaintDevice(writer)
    page.setPageSize(writer.pageLayout().paintRectPixels(_DPI).size())
    page.setHtml(_html(sheet))
    page.print_(writer)
    buffer.close()
    return bytes(held.data())


def _html(sheet: KeySheet) -> str:
    facts = (
        ("Đơn vị", sheet.unit),
        ("Người giữ khóa", sheet.person),
        ("Chức vụ", sheet.title),
        ("Vai trò khi niêm phong", sheet.role),
        ("Tệp đăng ký gửi kèm", sheet.file),
    )
    rows = "".join(f"<tr><td width='38%'>{name}:</td><td><b>{escape(value)}</b></td></tr>" for name, value in facts)
    return f"""
        <h2 align="center">PHIẾU ĐĂNG KÝ KHÓA NIÊM PHONG</h2>
        <p align="center">Sổ Bình Đẳng</p><p></p>
        <table width="100%" cellpadding="6">{rows}</table><p></p>
        <p>30 chữ số đối chiếu:</p>
        <p align="center" style="font-size: 19pt; font-weight: 600;">{escape(sheet.digits)}</p><p></p>
        <p>Nơi nhận gõ 30 chữ số này khi đăng ký khóa. Chỉ dùng bản giấy có chữ ký và dấu của đơn vị;
        không chép chữ số từ tin nhắn hay thư gửi kèm tệp.</p><p></p><p></p>
        <table width="100%"><tr><td width="45%"></td><td align="center">............, ngày ...... tháng ...... năm .........<br>
        <b>THỦ TRƯỞNG ĐƠN VỊ</b><br>(ký, ghi rõ họ tên, đóng dấu)</td></tr></table>
    """
