"""Write the pages of docs/ that follow from the code: cli.md and measures.md.

python tools/pages.py            write them
"""

import os
import subprocess
import sys
from pathlib import Path

from counterfoil.reading import taxonomy

DOCS = Path(__file__).resolve().parent.parent / "docs"
COMMANDS = ((), ("check",), ("read",))


def cli() -> str:
    """Return the page that shows what each command says of itself."""
    lines = ["# Command line", "", "What `--help` prints; written by `make docs`."]
    for command in COMMANDS:
        run = subprocess.run(
            [sys.executable, "-m", "counterfoil.cli", *command, "--help"],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"},
        )
        title = " ".join(["counterfoil", *command])
        body = "\n".join(line.rstrip() for line in run.stdout.strip().splitlines())
        lines += ["", f"## {title}", "", "```", body, "```"]
    lines += [
        "",
        "Shell completion: `counterfoil --install-completion bash` (or zsh, fish, powershell), then start a new shell.",
        "",
        "Exit codes: 0 done; 2 bad input or arguments; 3 a table of records that breaks its declaration; 4 model;",
        "anything else is a bug.",
    ]
    return "\n".join(lines) + "\n"


PAGES = {"cli.md": cli, "measures.md": taxonomy.reference}


def main() -> None:
    """Write all pages."""
    for name, page in PAGES.items():
        (DOCS / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
