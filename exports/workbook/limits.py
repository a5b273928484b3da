"""How much of a workbook is read, and the refusals with advice.

What the process that reads foreign workbooks may use. It limits itself before it reads a byte of them.

What is said of a workbook that is not read; shared by the two processes.
"""

from __future__ import annotations

import sys

from forms.errors import InputRefused

MEMORY = 512 << 20  # bytes
SECONDS = 20  # of processor time; the parent's clock is the second guard

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _EXTENDED = 9  # JobObjectExtendedLimitInformation
    _PROCESS_TIME, _ACTIVE_PROCESS, _PROCESS_MEMORY, _KILL_ON_CLOSE = 0x2, 0x8, 0x100, 0x2000
    _TICKS = 10_000_000  # of 100 ns in a second

    class _Basic(ctypes.Structure):
        _fields_ = (
            ("PerProcessUserTimeLimit", wintypes.LARGE_INTEGER),
            ("PerJobUserTimeLimit", wintypes.LARGE_INTEGER),
            ("LimitFlags", wintypes.DWORD),
            ("MinimumWorkingSetSize", ctypes.c_size_t),
            ("MaximumWorkingSetSize", ctypes.c_size_t),
            ("ActiveProcessLimit", wintypes.DWORD),
            ("Affinity", ctypes.c_size_t),
            ("PriorityClass", wintypes.DWORD),
            ("SchedulingClass", wintypes.DWORD),
        )

    class _Extended(ctypes.Structure):
        _fields_ = (
            ("BasicLimitInformation", _Basic),
            ("IoInfo", ctypes.c_ulonglong * 6),
            ("ProcessMemoryLimit", ctypes.c_size_t),
            ("JobMemoryLimit", ctypes.c_size_t),
            ("PeakProcessMemoryUsed", ctypes.c_size_t),
            ("PeakJobMemoryUsed", ctypes.c_size_t),
        )

    def apply() -> None:
        """A job of this process alone. Its handle stays open until the process ends. Raises OSError."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        job = kernel.CreateJobObjectW(None, None)
        wanted = _Extended()
        wanted.BasicLimitInformation.LimitFlags = _PROCESS_TIME | _ACTIVE_PROCESS | _PROCESS_MEMORY | _KILL_ON_CLOSE
        wanted.BasicLimitInformation.PerProcessUserTimeLimit = SECONDS * _TICKS
        wanted.BasicLimitInformation.ActiveProcessLimit = 1
        wanted.ProcessMemoryLimit = MEMORY
        done = (
            job
            and kernel.SetInformationJobObject(job, _EXTENDED, ctypes.byref(wanted), ctypes.sizeof(wanted))
            and kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        )
        if not done:
            raise ctypes.WinError(ctypes.get_last_error())

else:
    import resource

    def apply() -> None:
        """No more memory, time or files than that; a pipe is no file, so the answer still goes out."""
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def damaged() -> InputRefused:
    """What cannot be read at all."""
    return InputRefused(
        "WORKBOOK_DAMAGED", "Bảng tính hỏng hoặc không đúng dạng. Mở bằng Excel, cất lại thành tệp .xlsx mới rồi nhập."
    )


def encrypted() -> InputRefused:
    return InputRefused("WORKBOOK_ENCRYPTED", "Bảng tính có mật khẩu mở tệp. Bỏ mật khẩu, cất lại rồi nhập.")


def has_macro() -> InputRefused:
    return InputRefused(
        "WORKBOOK_MACRO",
        "Bảng tính có macro. Mở tệp từ nguồn tin cậy, cất lại dạng “Excel Workbook (.xlsx)” không macro rồi nhập.",
    )


def has_links() -> InputRefused:
    return InputRefused(
        "WORKBOOK_LINKS",
        "Bảng tính lấy số liệu từ tệp hoặc nguồn khác. Trong Excel, vào Dữ liệu → Chỉnh sửa liên kết → Ngắt liên kết, cất lại "
        "rồi nhập.",
    )


def another_kind() -> InputRefused:
    """What is no workbook at all, whatever its name."""
    return InputRefused(
        "WORKBOOK_KIND",
        "Tệp này không phải bảng tính .xlsx, .ods hay .xls (có tệp mang đuôi .xls nhưng bên trong là trang web hoặc văn bản). Mở "
        "bằng Excel, cất lại dạng .xlsx rồi nhập.",
    )


def too_heavy() -> InputRefused:
    """What needs more than that, or brings its reader down."""
    return InputRefused(
        "WORKBOOK_MEMORY",
        f"Đọc bảng tính cần hơn {MEMORY >> 20} MiB bộ nhớ hoặc làm hỏng trình đọc nên đã dừng. Chép phần cần nhập sang một "
        "tệp mới rồi nhập lại.",
    )
