"""The command line: stdout is data, stderr is talk, exit codes keep their promise."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from checking.imported import BARE, COUNTRY, DAY, described
from counterfoil.checking.datasets import catalogue, importing
from rerunning import by_sql
from running import counterfoil, process

ARTICLE = """\
KASSALA, Sudan, 12 June 2024 — At least 340 families have been displaced by flooding since Sunday, the state's relief
commissioner, Hanan Osman, told reporters. She said 12 people had drowned, three of them children.
"""


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_check_prints_the_ledger_of_a_file_and_of_standard_input(article: Path) -> None:
    run = counterfoil("check", str(article))
    assert run.returncode == 0, run.stderr
    for words in ("340", "Hanan Osman", "12", "three"):
        assert words in run.stdout
    assert max(map(len, run.stdout.splitlines())) <= 100
    piped = process("check", "-", text=ARTICLE)
    assert piped.returncode == 0
    assert "Hanan Osman" in piped.stdout


def test_check_writes_json_to_stdout_and_pages_where_told(article: Path, tmp_path: Path) -> None:
    run = counterfoil("check", str(article), "--json", "--html", str(tmp_path / "report.html"))
    report = json.loads(run.stdout)
    assert report["schema"].startswith("counterfoil.report/")
    assert "<script" not in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "report.html" in run.stderr


def test_several_sources_give_a_line_and_a_page_each(article: Path, tmp_path: Path) -> None:
    run = counterfoil("check", str(article), str(article), "--json", "--html", str(tmp_path / "pages"))
    assert len([json.loads(line) for line in run.stdout.splitlines()]) == 2
    assert len(list((tmp_path / "pages").glob("*.html"))) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "mend"),
    [
        (["check", "no-such-file.txt"], 2, "mend"),
        (["check", "--engine", "oracle", "-"], 2, "rules"),
        (["check", "--published", "May", "-"], 2, "YYYY-MM-DD"),
        (["check", "http://127.0.0.1:9/"], 2, "--allow-private"),
        (["check", "ftp://example.org/a"], 2, "http"),
        (["check", "--reference", "no-such.csv", "-"], 2, "mend"),
        (["check", "--data", "no-such-folder", "-"], 2, "counterfoil data add"),
        (["check", "--data", ".", "--no-data", "-"], 2, "leave one out"),
        (["check", "--json", "--explain", "-"], 2, "leave one out"),
        (["check", "--pin", "14", "-"], 2, "WORDS=DATASET[@EDITION].INDICATOR"),
        (["check", "--no-data", "--pin", "14=ucdp-ged.deaths", "-"], 2, "no edition of a dataset 'ucdp-ged' is held"),
        (["read", "--jsonl", "only-one"], 2, "IN OUT"),
        (["read", "--jsonl", "no-such.jsonl", "out.jsonl"], 2, "IN"),
        (["read"], 2, "counterfoil read"),
        (["sing"], 2, "sing"),
    ],
)
def test_bad_arguments_end_with_2_and_the_mend_on_stderr(
    arguments: list[str], code: int, mend: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = counterfoil(*arguments, text="14 people fled.")
    assert (run.returncode, run.stdout) == (code, "")
    assert mend in run.stderr
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(("arguments", "code"), [(["check", "no-such-file.txt"], 2), (["sing"], 2), (["read", "-"], 0)])
def test_a_process_leaves_with_the_code_of_the_command(arguments: list[str], code: int) -> None:
    run = process(*arguments, text="14 people fled.")
    assert run.returncode == code, run.stderr
    assert bool(run.stdout) == (code == 0)
    assert "Traceback" not in run.stderr


def test_a_table_that_breaks_its_declaration_ends_with_3(article: Path, tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("publisher,value\nA,12\n", encoding="utf-8")
    run = counterfoil("check", "--reference", str(table), str(article))
    assert run.returncode == 3
    assert "mine.csv" in run.stderr


def test_read_jsonl_writes_whole_files_only_and_counts_what_failed(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('{"id": 1, "text": "14 people fled."}\nnonsense\n', encoding="utf-8")
    run = counterfoil("read", "--jsonl", str(source), str(target), "--workers", "2")
    assert run.returncode == 2
    assert "line 2" in run.stderr
    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == [1, None]
    assert [p.name for p in tmp_path.iterdir() if p.suffix == ".part"] == []


def test_read_jsonl_does_not_write_over_what_it_reads(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"id": 1, "text": "14 people fled."}\n', encoding="utf-8")
    run = counterfoil("read", "--jsonl", str(source), str(source))
    assert run.returncode == 2
    assert "another file" in run.stderr
    assert '"text"' in source.read_text(encoding="utf-8")


def test_read_prints_the_labels_of_a_single_article(article: Path) -> None:
    found = json.loads(counterfoil("read", str(article)).stdout)
    assert [found["text"][slice(*f["number"])] for f in found["figures"]] == ["340", "12", "three"]


def test_help_version_and_completion() -> None:
    assert "check" in process("--help").stdout
    assert process("--version").stdout.startswith("counterfoil ")
    assert "--engine" in process("check", "--help").stdout
    undetected = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}  # a test may have no shell above it
    assert "_COUNTERFOIL_COMPLETE" in process("--show-completion", "bash", **undetected).stdout


def test_check_and_read_lean_on_the_events_of_a_table(article: Path, tmp_path: Path) -> None:
    article.write_text(ARTICLE.replace("since Sunday", "since the Gash breach"), encoding="utf-8")
    table = tmp_path / "events.csv"
    table.write_text("key,first,names\ngash-2024,2024-06-02,Gash breach\n", encoding="utf-8")
    run = counterfoil("check", str(article), "--json", "--events", str(table))
    [period] = [f["period"] for f in json.loads(run.stdout)["figures"] if f["number"]["anchor"]["quote"] == "340"]
    assert period["value"]["first"] == "2024-06-02", run.stderr
    lines = tmp_path / "in.jsonl"
    lines.write_text(json.dumps({"id": 1, "text": article.read_text(), "published": "2024-06-12"}), encoding="utf-8")
    for arguments in ((str(article),), ("--jsonl", str(lines), "-"), ("--jsonl", str(lines), "-", "--workers", "2")):
        run = counterfoil("read", *arguments, "--events", str(table))
        assert {f["start"] for f in json.loads(run.stdout)["figures"]} >= {"2024-06-02"}, run.stderr
    table.write_text("key,first,names\ngash,June,\n", encoding="utf-8")
    run = counterfoil("read", "--jsonl", str(lines), str(tmp_path / "out.jsonl"), "--events", str(table))
    assert run.returncode == 3
    assert "first: 'June'" in run.stderr
    assert "names: no words" in run.stderr
    assert not (tmp_path / "out.jsonl").exists()


REGISTER = (
    described("register", "Register of Incidents", "Incidents, one row each.", empty=BARE)
    + """
[time]
start = "day"
precision = "day"
since = 2023-01-01
"""
    + DAY
    + COUNTRY
    + """
[[indicators]]
id = "attacks"
concept = "attack"
term = "attacks"
words = "attacks"
value = "1"
unit = "event"
kind = "flow"
"""
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a folder with an edition of 48 attacks in Sudan in 2023."""
    (tmp_path / "register.toml").write_text(REGISTER, encoding="utf-8")
    days = [f"2023-{month:02}-{day:02},SDN" for month in range(1, 13) for day in (1, 9, 20, 31 if month == 12 else 28)]
    (tmp_path / "attacks.csv").write_text("\n".join(["day,iso", *days]) + "\n", encoding="utf-8")
    importing.add(
        [tmp_path / "attacks.csv"],
        catalogue.load(tmp_path / "register.toml"),
        home=tmp_path / "home",
        options=importing.Options(edition="1"),
    )
    return tmp_path / "home"


COUNTED = "KHARTOUM, 12 June 2024 — There were 48 attacks in Sudan in 2023, police said.\n"


def test_check_asks_the_datasets_of_a_folder_and_of_the_environment(home: Path) -> None:
    named = counterfoil("check", "-", "--json", "--data", str(home), text=COUNTED)
    found = counterfoil("check", "-", "--json", text=COUNTED, COUNTERFOIL_DATA=str(home))
    without = counterfoil("check", "-", "--json", "--no-data", text=COUNTED, COUNTERFOIL_DATA=str(home))
    words = {}
    for name, run in (("named", named), ("found", found), ("without", without)):
        (check,) = [c for c in json.loads(run.stdout)["checks"] if c["findings"] or c["word"]]
        words[name] = (check["word"], len(check["findings"]))
    assert words == {"named": ("supported", 1), "found": ("supported", 1), "without": ("not-checkable", 0)}


def test_explain_prints_queries_that_run_as_they_stand(home: Path, tmp_path: Path) -> None:
    run = counterfoil("check", "-", "--explain", "--data", str(home), text=COUNTED)
    assert run.returncode == 0, run.stderr
    assert "verdict: supported" in run.stdout
    blocks = [block.split("\n", 1) for block in run.stdout.split("```")[1::2]]
    texts = {name.strip(): "\n".join(line.strip() if name == "sql" else line for line in text.splitlines())
             for name, text in blocks}  # fmt: skip
    assert set(texts) >= {"sql", "python"}
    assert by_sql(texts["sql"]) == {"later": 48}
    script = tmp_path / "again.py"
    script.write_text(texts["python"], encoding="utf-8")
    again = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    assert again.stdout.startswith("48.0\t48.0\tattacks")


def test_a_pin_names_a_measure_or_ends_with_near_names(home: Path) -> None:
    pinned = counterfoil("check", "-", "--json", "--data", str(home), "--pin", "48=register@1.attacks", text=COUNTED)
    assert json.loads(pinned.stdout)["checks"][0]["findings"], pinned.stderr
    wrong = counterfoil("check", "-", "--data", str(home), "--pin", "48=registre.attacks", text=COUNTED)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "did you mean 'register'?" in wrong.stderr
