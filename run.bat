@echo off
rem The one door on Windows: makes .venv, installs what is pinned, then does what was asked. See run for Linux.
setlocal EnableExtensions
chcp 65001 >nul
set "ROOT=%~dp0"
if not defined SBD_VENV set "SBD_VENV=%ROOT%.venv"
set "PY=%SBD_VENV%\Scripts\python.exe"
set "PYTHONUTF8=1"
set "LIST=%ROOT%requirements.txt"
if /i "%~1"=="test" set "LIST=%ROOT%requirements-dev.txt"
if /i "%~1"=="lint" set "LIST=%ROOT%requirements-dev.txt"
if /i "%~1"=="build" set "LIST=%ROOT%requirements-dev.txt"
if /i "%~1"=="rig" set "LIST=%ROOT%requirements-dev.txt"
if /i "%~1"=="bench" set "LIST=%ROOT%requirements-bench.txt"
if /i "%~1"=="pictures" set "LIST=%ROOT%requirements-bench.txt"
for %%F in ("%LIST%") do set "STAMP=%SBD_VENV%\.ready-%%~nxF"

if exist "%PY%" fc /b "%LIST%" "%STAMP%" >nul 2>&1 && goto ready
if exist "%PY%" goto install

set "BASE="
for %%V in (3.13 3.12 3.11) do if not defined BASE py -%%V -c "" >nul 2>&1 && set "BASE=py -%%V"
if not defined BASE python -c "import sys; sys.exit(sys.version_info < (3, 11))" >nul 2>&1 && set "BASE=python"
if not defined BASE (
    echo Cần Python 3.11 trở lên, bản 64-bit. Cài từ python.org rồi chạy lại run.bat.
    exit /b 1
)
echo Đang tạo môi trường Python ở "%SBD_VENV%"
%BASE% -m venv "%SBD_VENV%" || exit /b 1

:install
echo Đang cài thư viện Python (lần đầu mất khoảng một phút)
"%PY%" -m pip install --quiet --disable-pip-version-check -r "%LIST%"
if errorlevel 1 (
    echo Không cài được thư viện Python. Kiểm tra mạng hoặc kho gói nội bộ của pip rồi chạy lại run.bat.
    exit /b 1
)
copy /y "%LIST%" "%STAMP%" >nul

:ready
if "%~1"=="" (
    start "" "%SBD_VENV%\Scripts\pythonw.exe" "%ROOT%main.py"
    exit /b 0
)
if /i "%~1"=="test" goto test
if /i "%~1"=="lint" if not "%~2"=="" goto program
if /i "%~1"=="lint" goto lint
if /i "%~1"=="build" goto build
if /i "%~1"=="bench" goto bench
if /i "%~1"=="pictures" goto pictures
if /i "%~1"=="rig" goto rig
if /i "%~1"=="demo" if "%~2"=="" (
    "%PY%" "%ROOT%main.py" demo demo
    exit /b %errorlevel%
)
:program
"%PY%" "%ROOT%main.py" %*
exit /b %errorlevel%

:test
cd /d "%ROOT%"
set "QT_QPA_PLATFORM=offscreen"
rem %* still begins with the verb, which pytest must not see.
for /f "tokens=1,*" %%A in ("%*") do "%PY%" -m pytest %%B
exit /b %errorlevel%

:lint
cd /d "%ROOT%"
"%PY%" -m ruff check . || exit /b 1
"%PY%" -m ruff format --check --quiet . || exit /b 1
"%PY%" -m mypy
exit /b %errorlevel%

:build
cd /d "%ROOT%"
"%PY%" -m PyInstaller --noconfirm --log-level WARN build.spec
exit /b %errorlevel%

:bench
set "PYTHONPATH=%ROOT%"
set "QT_QPA_PLATFORM=offscreen"
for /f "tokens=1,*" %%A in ("%*") do "%PY%" -P -m benchmarks %%B
exit /b %errorlevel%

:pictures
set "PYTHONPATH=%ROOT%"
set "QT_QPA_PLATFORM=offscreen"
for /f "tokens=1,*" %%A in ("%*") do "%PY%" -P -m benchmarks.pictures %%B
exit /b %errorlevel%

:rig
set "PYTHONPATH=%ROOT%"
set "QT_QPA_PLATFORM=offscreen"
for /f "tokens=2,*" %%A in ("%*") do "%PY%" -P -m benchmarks.rig_%%A %%B
exit /b %errorlevel%
