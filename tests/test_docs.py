"""What the pages say is what the code does."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

import counterfoil as cf
from counterfoil import errors

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "measures.md", "shipped-datasets.md", "dataset-fields.md"])
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


def test_every_public_name_has_a_docstring() -> None:
    for name in cf.__all__:
        if not name.startswith("__"):
            assert (getattr(cf, name).__doc__ or "").strip(), name
