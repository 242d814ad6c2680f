"""What the pages say is what the code does."""

import importlib.util
import os
import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import counterfoil as cf
from counterfoil import errors

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "ledger.md", "measures.md", "shipped-datasets.md", "dataset-fields.md"])
def test_generated_pages_are_up_to_date(name: str) -> None:
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == tool("pages").PAGES[name](), "run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_every_error_stands_in_the_tree_with_its_exit_code() -> None:
    classes = [c for c in vars(errors).values() if isinstance(c, type) and issubclass(c, errors.CounterfoilError)]
    assert len(classes) > 4
    for one in classes[1:]:
        assert re.search(rf"{one.__name__}\s+{one.exit_code}\b", errors.__doc__ or ""), one.__name__


def test_the_python_of_the_readme_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [code] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    article = tmp_path / "article.html"
    paragraph = (
        "<p>Rescuers said on 3 May 2024 that 39 people had been killed when a ferry sank off Mombasa, Kenya.</p>"
    )
    article.write_text(f"<html><body><article><h1>Ferry sinks</h1>{paragraph * 6}</article></body></html>")
    exec(compile(code.replace('"article.html"', repr(str(article))), "README.md", "exec"), {})
    assert capsys.readouterr().out.startswith("39 ")


def test_the_description_of_the_page_on_datasets_is_sound() -> None:
    from counterfoil.checking.datasets import catalogue

    [text] = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/datasets.md").read_text(encoding="utf-8"), re.DOTALL)
    assert catalogue.parse(text).id == "desk-attacks"


def test_the_described_table_counts_civilians_apart_from_all_dead(tmp_path: Path) -> None:
    from counterfoil.checking.datasets import catalogue, importing, warehouse

    [text] = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/datasets.md").read_text(encoding="utf-8"), re.DOTALL)
    table = tmp_path / "attacks.csv"
    table.write_text(
        "id,day,until,country,province,kind,dead,civilians\n"
        "1,2024-01-02,,Mali,Gao,bomb,10,4\n2,2024-02-03,,Mali,Mopti,shooting,6,0\n"
    )
    edition = importing.add([table], catalogue.parse(text), home=tmp_path / "home").edition
    sums = {one.id: warehouse.cube(edition, one, variants=()).values[0].sum() for one in edition.dataset.indicators[:2]}
    assert sums == {"deaths": 16, "civilian-deaths": 4}


def test_every_public_name_has_a_docstring() -> None:
    for name in cf.__all__:
        if not name.startswith("__"):
            assert (getattr(cf, name).__doc__ or "").strip(), name


CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
HOW_TO = sorted(ROOT.glob("docs/how-to/*.md"))


def steps(page: str) -> list[tuple[str, list[str]]]:
    """Return the commands of a page's consoles, each with the lines that it prints."""
    found: list[tuple[str, list[str]]] = []
    for block in CONSOLE.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            else:
                found[-1][1].append(line)
    return found


def as_printed(expected: list[str]) -> str:
    """Return a pattern of lines: "..." alone stands for any lines, within a line for any words."""
    parts = [r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n" for line in expected]
    return "".join(parts)


def test_the_tutorial_prints_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from typer.testing import CliRunner

    from counterfoil.cli import app

    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    monkeypatch.chdir(tmp_path)
    for name in [name for name in os.environ if name.startswith("COUNTERFOIL_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("COUNTERFOIL_DATA", str(tmp_path / "no-data"))
    told = steps((ROOT / "docs/tutorial.md").read_text(encoding="utf-8"))
    assert len(told) > 10
    for command, expected in told:
        program, *arguments = shlex.split(command)
        assert program == "counterfoil"
        done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, f"{command}: {done.output}{done.exception!r}"
        assert re.fullmatch(as_printed(expected), done.stdout), f"{command} printed\n{done.stdout}"


@pytest.mark.parametrize("page", HOW_TO, ids=lambda p: p.name)
def test_commands_of_the_how_to_pages_exist(page: Path) -> None:
    from typer.main import get_command

    from counterfoil.cli import app

    commands = re.findall(r"counterfoil ([^`#\n]+)", page.read_text(encoding="utf-8"))
    assert commands
    for line in commands:
        group: Any = get_command(app)
        words = shlex.split(line)
        while words and hasattr(group, "commands"):
            name = words.pop(0)
            assert name in group.commands, f"{page.name}: counterfoil {line}"
            group = group.commands[name]
        known = {option for parameter in group.params for option in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known, f"{page.name}: counterfoil {line}"
