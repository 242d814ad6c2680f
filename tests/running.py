"""The command line, run in this process: what `python -m counterfoil.cli` does, without starting Python each time.

Nothing is replaced: `main` itself runs, with the arguments, streams, folder and environment that a shell would give
it. What is of the process alone (pipes, encodings, what is printed as Python ends) is tested with `process`.
"""

import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import BytesIO, TextIOWrapper
from pathlib import Path
from unittest.mock import patch

from counterfoil.cli import main

Run = subprocess.CompletedProcess[str]


def _stream(content: bytes = b"") -> TextIOWrapper:
    return TextIOWrapper(BytesIO(content), encoding="utf-8", write_through=True)


def counterfoil(*arguments: str, text: str = "", folder: Path | str = ".", **environment: str) -> Run:
    """Run a command in `folder` with `text` on standard input; an exception that is none of an exit is raised."""
    given, out, err = _stream(text.encode()), _stream(), _stream()
    code: object = None
    with (
        patch.dict(os.environ, {"COLUMNS": "100", **environment}),  # as wide as where there is no terminal
        patch.object(sys, "argv", ["counterfoil", *arguments]),
        patch.object(sys, "stdin", given),
        chdir(folder),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as left:
            code = left.code
    assert code is None or isinstance(code, int), code
    return Run(arguments, code or 0, *(stream.buffer.getvalue().decode() for stream in (out, err)))  # type: ignore[attr-defined]


def process(*arguments: str, text: str = "", folder: Path | str = ".", **environment: str) -> Run:
    """Run a command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "counterfoil.cli", *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        check=False,
    )
