"""`counterfoil ledger` as people type it: stdout is data, stderr is talk, exit codes keep their promise."""

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest

from counterfoil.cli import main

FLOOD = (
    "KASSALA, Sudan, 12 June 2024 — At least 340 families have been displaced by flooding in Kassala, Sudan, since "
    "Sunday, the state's relief commissioner, Hanan Osman, told reporters. She said 12 people had drowned in Kassala.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flood.txt").write_text(FLOOD, encoding="utf-8")
    return tmp_path


@dataclass(frozen=True)
class Run:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def ledger(folder: Path, *arguments: str, **more: str) -> Run:
    """Run the command line in this process, as a new one takes a second to start each time."""
    out, err = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr("sys.argv", ["counterfoil", "ledger", *arguments])
        for name in ("COUNTERFOIL_USER", "COUNTERFOIL_LEDGER"):
            patch.delenv(name, raising=False)
        for name, value in more.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as left:
            main()
    return Run(int(left.value.code or 0), out.getvalue(), err.getvalue())


def add(folder: Path, *arguments: str, **more: str) -> Run:
    return ledger(folder, "add", *(arguments or ("flood.txt",)), "--engine", "rules", **more)


def entries(folder: Path, *arguments: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in ledger(folder, "show", "--json", *arguments).stdout.splitlines()]


def test_an_article_from_reading_to_a_reviewed_and_corrected_entry(folder: Path) -> None:
    run = add(folder, "flood.txt", "--by", "ann")
    assert run.returncode == 0, run.stderr
    assert "added, 2 figures" in run.stdout
    assert (folder / "counterfoil.db").is_file()
    assert "nothing changed" in add(folder).stdout
    key = next(one["id"] for one in entries(folder) if one["quote"] == "12")
    done = ledger(folder, "review", key, "--state", "approved", "--comment", "seen", COUNTERFOIL_USER="bob")
    assert done.returncode == 0, done.stderr
    done = ledger(folder, "correct", key, "--set", "value=14", "--by", "ann", "--why", "the list says 14")
    assert "re-requested" in done.stdout
    shown = ledger(folder, "show", key).stdout
    for words in (
        "value 12 → 14",
        "the list says 14",
        "bob",
        "14 people killed (the article has 12), in Kassala, Sudan",
    ):
        assert words in shown
    told = ledger(folder, "diff", "--since", "yesterday").stdout
    happened = [line.split(": ")[1].split()[0] for line in told.splitlines()]
    assert happened[0] == "article"
    assert set(happened) == {"article", "reviewed", "corrected", "review"}
    lines = ledger(folder, "diff", "--since", "2020-01-01", "--json").stdout.splitlines()
    assert {json.loads(line)["what"] for line in lines} == {"article", "reviewed", "corrected", "review"}


def test_what_is_confidential_is_marked_where_the_desk_sees_it(folder: Path) -> None:
    add(folder, "flood.txt", "--confidential")
    assert ledger(folder, "show").stdout.count("confidential") == 2
    assert ledger(folder, "report", "--since", "today").stdout.count("Hanan Osman, confidential") == 3
    ledger(folder, "report", "--since", "today", "--html", "pages", "--confidential")
    assert (folder / "pages" / "index.html").read_text(encoding="utf-8").count("(confidential)") >= 2


def test_a_changed_article_tells_what_differs(folder: Path) -> None:
    add(folder)
    (folder / "flood.txt").write_text(FLOOD.replace("12 people", "15 people"), encoding="utf-8")
    run = add(folder)
    assert "as version 2" in run.stdout
    assert "changed: 12 people" in run.stdout
    assert "→ 15 people" in run.stdout


def test_a_page_saved_twice_is_one_article_by_the_address_that_it_names(folder: Path) -> None:
    head = '<html><head><title>Flood</title><link rel="canonical" href="{}"></head><body><p>{}</p></body></html>'
    own, other = "https://post.example/2024/kassala-flood?utm_source=feed", "https://gazette.example/2024/kassala-flood"
    later = FLOOD.replace("12 people", "15 people")
    pages = {"first": (own, FLOOD), "again": (own, FLOOD), "later": (own, later), "reprint": (other, FLOOD)}
    for name, (address, text) in pages.items():
        (folder / f"{name}.html").write_text(head.format(address, text), encoding="utf-8")
    run = add(folder, *(f"{name}.html" for name in pages))
    first, again, changed, *words, reprint = run.stdout.splitlines()
    assert "first.html: added, 2 figures" in first
    assert "nothing changed" in again
    assert "as version 2" in changed
    assert any("changed: 12 people" in one and "→ 15 people" in one for one in words)
    assert "reprint.html: added, 2 figures" in reprint
    assert {one["url"] for one in entries(folder)} == {own, other}


def test_show_and_timeline_filter_and_page(folder: Path) -> None:
    add(folder)
    first = ledger(folder, "show", "--limit", "1", "--json")
    after = first.stderr.split("--after ")[1].split()[0]
    second = ledger(folder, "show", "--limit", "1", "--json", "--after", after)
    ids = {json.loads(run.stdout)["id"] for run in (first, second)}
    assert len(ids) == 2
    assert [one["quote"] for one in entries(folder, "--measure", "killed", "--place", "Sudan")] == ["12"]
    assert [one["quote"] for one in entries(folder, "--claimant", "hanan osman", "--search", "drowned")] == ["12"]
    line = ledger(folder, "timeline", "--measure", "displaced", "--place", "SDN").stdout
    assert "340" in line
    assert "killed" not in line
    none = ledger(folder, "show", "--claimant", "Hanan")
    assert (none.returncode, none.stdout) == (0, "")
    assert "Hanan Osman" in none.stderr


def test_a_timeline_by_groups_tells_each_claimants_counts_and_what_repeats_them(folder: Path) -> None:
    text = "{} June 2024 — The Red Cross said {} people had drowned in Kassala, Sudan, in floods since 9 June 2024.\n"
    for day, number in ((10, 12), (12, 31), (13, 47)):
        (folder / f"{day}.txt").write_text(text.format(day, number), encoding="utf-8")
    add(folder, "10.txt", "12.txt", "13.txt")
    run = ledger(folder, "timeline", "--groups", "--measure", "killed")
    assert run.returncode == 0, run.stderr
    heading, least_and_most, claimant, *points = run.stdout.splitlines()
    assert heading.startswith("people killed, Kassala, Sudan")
    assert least_and_most == "  47; 1 origin: Red Cross"
    assert claimant == "  Red Cross"
    assert [line.rsplit(maxsplit=1)[0].split(maxsplit=1) for line in points] == [
        ["2024-06-10", "12"],
        ["2024-06-12", "31 (+19)"],
        ["2024-06-13", "47 (+16)"],
    ]
    none = ledger(folder, "timeline", "--groups", "--measure", "injured")
    assert (none.stdout, none.stderr) == ("", "no entry fits\n")


def test_export_and_import_bring_everything_to_another_ledger(folder: Path) -> None:
    add(folder)
    assert "2 entries" in ledger(folder, "export", "out.jsonl").stdout
    run = ledger(folder, "import", "out.jsonl", "--ledger", "other.db")
    assert "2 added" in run.stdout, run.stderr
    assert entries(folder) == entries(folder, "--ledger", "other.db")
    assert "2 there already" in ledger(folder, "import", "out.jsonl", COUNTERFOIL_LEDGER="other.db").stdout


def test_one_source_that_fails_does_not_stop_the_others(folder: Path) -> None:
    (folder / "empty.txt").touch()
    run = add(folder, "empty.txt", "flood.txt")
    assert run.returncode == 2
    assert "flood.txt: added" in run.stdout
    assert "1 of 2 sources" in run.stderr


@pytest.mark.parametrize("sources", [["none.txt"], ["empty.txt", "none.txt"]])
def test_where_nothing_can_be_read_no_empty_ledger_stays_behind(sources: list[str], folder: Path) -> None:
    (folder / "empty.txt").touch()
    before = set(folder.iterdir())
    run = add(folder, *sources)
    assert run.returncode == 2
    assert set(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "mend"),
    [
        (["show"], "counterfoil ledger add"),
        (["show", "--state", "done"], "approved"),
        (["show", "--measure", "kiled"], "killed"),
        (["show", "--since", "June"], "YYYY-MM-DD"),
        (["timeline", "--limit", "0"], "equal to 1"),
        (["timeline", "--groups", "--json"], "leave out --json"),
        (["review", "x-1", "--state", "approved"], "COUNTERFOIL_USER"),
        (["review", "x-1", "--by", "ann", "--accept"], "--relation"),
        (["correct", "x-1", "--set", "value", "--by", "ann"], "FIELD=VALUE"),
        (["correct", "x-1", "--set", "value=1"], "COUNTERFOIL_USER"),
        (["export", "a.doc"], "--format"),
        (["import", "none.jsonl"], "check the path"),
        (["diff", "--since", "last week"], "YYYY-MM-DD"),
        (["add", "none.txt", "--engine", "rules"], "check the path"),
        (["show", "--ledger", "postgresql://desk@127.0.0.1:1/x"], "check that it runs"),
    ],
)
def test_bad_arguments_end_with_2_and_the_mend_on_stderr(arguments: list[str], mend: str, folder: Path) -> None:
    run = ledger(folder, *arguments)
    assert (run.returncode, run.stdout) == (2, "")
    assert mend in run.stderr
    assert "Traceback" not in run.stderr


def test_nothing_of_an_article_reaches_the_terminal_as_a_command(folder: Path) -> None:
    text = FLOOD.replace("Hanan Osman", "Hanan \x1b[31mOsman").replace("Kassala", "Kas\u202esala")
    (folder / "flood.txt").write_text(text, encoding="utf-8")
    add(folder)
    for run in (ledger(folder, "show"), ledger(folder, "diff", "--since", "2020-01-01")):
        assert "\x1b" not in run.stdout
        assert "\u202e" not in run.stdout
        assert run.stdout


ODD = b"an\xff".decode("utf-8", "surrogateescape")


def test_bytes_that_are_no_text_are_kept_as_such(folder: Path) -> None:
    assert add(folder, "flood.txt", "--by", ODD, "--why", ODD).returncode == 0
    first, *_ = entries(folder)
    assert first["created_by"] == "an\N{REPLACEMENT CHARACTER}"
    for arguments in (
        ("review", str(first["id"]), "--by", ODD, "--comment", ODD, "--logic", ODD),
        ("correct", str(first["id"]), "--by", ODD, "--why", ODD, "--set", f"population={ODD}"),
        ("show", "--claimant", ODD),
        ("show", "--search", ODD),
        ("timeline", "--place", ODD),
    ):
        run = ledger(folder, *arguments)
        assert run.returncode == 0, run.stderr
    for arguments in (("show", ODD), ("review", ODD, "--by", ODD, "--comment", "x"), ("show", "--measure", ODD)):
        assert ledger(folder, *arguments).returncode == 2


def test_a_public_export_of_ones_own_is_refused_with_a_count(folder: Path) -> None:
    add(folder, "flood.txt", "--by", "ann")
    assert ledger(folder, "export", "public.csv", "--public", "--leave-out-unclear").returncode == 0
    run = ledger(folder, "import", "public.csv", "--by", "ben")
    assert run.returncode == 0
    assert "0 added, 0 changed" in run.stdout
    assert "from a public export, which holds less than the ledger does" in run.stdout
