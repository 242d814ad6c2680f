"""The shape of the house: imports flow one way, heavy libraries have one door, no rooms without a purpose."""

import ast
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
    "publishing",
    "pipeline",
    "corpus",
    "cli",
]
BLIND = {"relating": {"checking"}}  # relating knows nothing of datasets
DOORS = {
    "trafilatura": {"documents/html.py"},
    "lxml": {"documents/html.py"},
    "pypdfium2": {"documents/pdf.py"},
    "httpx": {"documents/fetch.py"},
    "httpcore": {"documents/guard.py"},
    "charset_normalizer": {"documents/text.py"},
    "jinja2": {"publishing/page.py"},
    "altair": {"publishing/charts.py"},
    "vl_convert": {"publishing/charts.py"},
    "typer": {"cli.py"},
}
FORBIDDEN = {"utils", "util", "helpers", "common", "misc", "base", "core"}
MODULES = sorted(ROOT.rglob("*.py"))


def imports(path: Path) -> list[tuple[str, bool]]:
    """Return the modules that a file imports, and whether it does so at its top level."""
    found = []
    tree = ast.parse(path.read_text(encoding="utf-8"))
    checked = {
        id(inner)
        for node in tree.body
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        top = node in tree.body
        if id(node) in checked:
            continue
        if isinstance(node, ast.Import):
            found += [(name.name, top) for name in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [(node.module, top)]
            if node.module == "counterfoil":
                found += [(f"counterfoil.{name.name}", top) for name in node.names]
    return found


def part(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_flow_one_way(path: Path) -> None:
    here = part(path)
    if here == "__init__":
        return
    for module, _ in imports(path):
        names = module.split(".")
        if names[0] != "counterfoil" or len(names) == 1 or names[1] == "__version__":
            continue
        there = names[1]
        assert ORDER.index(there) <= ORDER.index(here), f"{path.name} imports {module}"
        assert there not in BLIND.get(here, set()), f"{here} must know nothing of {there}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_heavy_libraries_have_one_door_and_load_at_first_use(path: Path) -> None:
    where = path.relative_to(ROOT).as_posix()
    for module, top in imports(path):
        door = DOORS.get(module.split(".")[0])
        if door is not None:
            assert where in door, f"{where} imports {module}; its door is {door}"
            assert not top or module == "typer", f"{where} imports {module} before it is needed"


def test_every_file_has_a_name_that_tells_its_purpose() -> None:
    assert not [p for p in MODULES if p.stem in FORBIDDEN]
    assert {part(p) for p in MODULES} - {"__init__"} <= set(ORDER)
