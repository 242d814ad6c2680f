"""The shape of the house: imports flow one way, heavy libraries have one door, no rooms without a purpose."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent / "src" / "counterfoil"
ORDER = [
    "errors",
    "spans",
    "documents",
    "reading",
    "comparing",
    "checking",
    "relating",
    "ledger",
    "publishing",
    "pipeline",
    "corpus",
    "cli",
]
BLIND = {  # relating knows nothing of datasets, publishing nothing of where the ledger keeps things
    "relating": {"checking"},
}
DOORS = {
    "trafilatura": {"documents/html.py"},
    "lxml": {"documents/html.py", "ledger/exchange/spreadsheets.py"},
    "pypdfium2": {"documents/pdf.py"},
    "httpx": {"documents/fetch.py"},
    "httpcore": {"documents/fetch.py", "documents/guard.py", "reading/endpoint.py"},
    "charset_normalizer": {"documents/text.py"},
    "jinja2": {"publishing/page.py"},
    "altair": {"publishing/charts.py"},
    "vl_convert": {"publishing/charts.py"},
    "typer": {f"cli/{name}.py" for name in ("__init__", "data", "ledger", "ledger_options", "ledger_printing")},
    "pint": {"reading/conversion.py"},
    "duckdb": {"checking/datasets/database.py", "ledger/exchange/parquet.py"},
    "python_calamine": {"checking/datasets/spreadsheets.py"},
    "sdmx": {"checking/datasets/sdmx_files.py"},
    "pg8000": {"checking/datasets/postgresql.py", "ledger/postgresql.py"},
    "rensa": {"relating/copies.py"},
    "openpyxl": {"ledger/exchange/spreadsheets.py"},
}
FORBIDDEN = {"utils", "util", "helpers", "common", "misc", "base", "core"}
MODULES = sorted(ROOT.rglob("*.py"))


@cache  # both laws ask
def imports(path: Path) -> list[str]:
    """Return the modules that a file imports, wherever in it, save those for the type checker alone."""
    found: list[str] = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    checked = {
        id(inner)
        for node in tree.body
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in checked:
            continue
        if isinstance(node, ast.Import):
            found += [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.append(node.module)
            if node.module == "counterfoil":
                found += [f"counterfoil.{name.name}" for name in node.names]
    return found


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_flow_one_way(path: Path) -> None:
    here = part(path)
    if here == "__init__":
        return
    for module in imports(path):
        names = module.split(".")
        if names[0] != "counterfoil" or len(names) == 1 or names[1] == "__version__":
            continue
        there = names[1]
        assert ORDER.index(there) <= ORDER.index(here), f"{path.name} imports {module}"
        assert there not in BLIND.get(here, set()), f"{here} must know nothing of {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_have_one_door(path: Path) -> None:
    where = path.relative_to(ROOT).as_posix()
    for module in imports(path):
        door = DOORS.get(module.split(".")[0])
        assert door is None or where in door, f"{where} imports {module}; its door is {door}"


def test_heavy_libraries_load_at_first_use() -> None:
    code = (
        "import sys, counterfoil as cf, counterfoil.cli\n"
        "cf.check(cf.from_text('Police said 14 people died in Herat on 3 May 2023.'))\n"
        f"print(*sorted({set(DOORS) - {'typer'}!r} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == []


def test_every_file_has_a_name_that_tells_its_purpose() -> None:
    assert not [p for p in MODULES if p.stem in FORBIDDEN]
    assert {part(p) for p in MODULES} - {"__init__"} <= set(ORDER)
