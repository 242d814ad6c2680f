"""Measure speed and write bench/results.md: throughput, memory, cold start and import, each beside a peer.

    python bench/run.py [ARTICLES.jsonl]     default: the labelled dev articles beside the project, else the example

It ends with bench/growth.py, which writes docs/performance.md.

The peer is quantulum3, which finds numbers with units and nothing else, on the same texts in the same run. The
engine `encoder` is also set beside its own network in torch, where the interpreter that COUNTERFOIL_TORCH names (else
that of `make train`) has torch. Times depend on the machine; the ratios carry over.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from counterfoil.documents import Options, from_text
from counterfoil.errors import CounterfoilError
from counterfoil.reading import encoder, numbers, periods

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT.parent / "shared/corpus/wikinews/dev.jsonl"
EXAMPLE = ROOT / "examples/river-crossing.txt"
RESULTS = ROOT / "bench/results.md"
SECTIONS = ("surface.py", "datasets.py")  # each prints a section of the page when run by itself
MANY = 5000
PEER_TEXTS = 30  # the peer is slow: these are enough to tell how slow
RUNS = 7
WORDS = 600  # of the articles that the engine `encoder` is timed on
FEW, SOME = 64, 256  # such articles in two runs, whose difference is read warm: whole chunks for two workers
# What an installed program has: modules compiled once, whatever the shell that runs this asks for.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
TORCH = Path(os.environ.get("COUNTERFOIL_TORCH", ROOT / ".venv-train/bin/python"))

PEER_TIMED = (
    "import sys, time; from quantulum3 import parser; texts = sys.stdin.read().split('\\0'); parser.parse(texts[0]); "
    "begin = time.perf_counter(); [parser.parse(t) for t in texts]; print(time.perf_counter() - begin)"
)
PEER = "import sys; from quantulum3 import parser; [parser.parse(t) for t in sys.stdin.read().split('\\0')]"


def seconds(command: list[str], *, text: str = "") -> float:
    """Return the wall time of one run of a command."""
    begin = time.perf_counter()
    subprocess.run(command, input=text, text=True, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - begin


def median(command: list[str], *, text: str = "") -> tuple[float, float, float]:
    """Return the median, the least and the most of RUNS runs, after one that warms the disk."""
    seconds(command, text=text)
    times = [seconds(command, text=text) for _ in range(RUNS)]
    return statistics.median(times), min(times), max(times)


def memory_of(pid: int) -> int:
    """Return the proportional memory of a process and its children in bytes; 0 where the system does not tell."""
    total = 0
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:"))
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, StopIteration):
            continue
    return total


def reading(articles: Path, workers: int, engine: str = "rules") -> tuple[float, float]:
    """Return the seconds and the peak memory in MB of `counterfoil read --jsonl`."""
    peak = 0
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "counterfoil.cli", "read", "--jsonl", str(articles), f"{folder}/out.jsonl"]
        begin = time.perf_counter()
        command += ["--engine", engine, "--workers", str(workers)]
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as run:
            done = threading.Event()

            def watch() -> None:
                nonlocal peak
                while not done.wait(0.2):
                    peak = max(peak, memory_of(run.pid))

            watcher = threading.Thread(target=watch)
            watcher.start()
            if run.wait():
                sys.exit("the run failed")
            done.set()
            watcher.join()
        took = time.perf_counter() - begin
    return took, peak / 1e6


def of_length(articles: list[dict[str, Any]], words: int, count: int) -> list[dict[str, Any]]:
    """Return articles of about so many words, each put together from whole ones, over and over."""
    made: list[dict[str, Any]] = []
    nth = 0
    while len(made) < count:
        text = ""
        while len(text.split()) < words:
            text += articles[nth % len(articles)]["text"] + "\n\n"
            nth += 1
        kept = text.split(" ")[:words]
        made.append({"id": len(made), "text": " ".join(kept), "published": "2020-04-15"})
    return made


def warm(articles: list[dict[str, Any]], workers: int, engine: str) -> tuple[float, float]:
    """Return the articles a second that an engine reads once it is warm, and its peak memory in MB."""
    times = []
    memory = 0.0
    for count in (FEW, SOME):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
            file.writelines(json.dumps(article) + "\n" for article in articles[:count])
            file.flush()
            took, memory = reading(Path(file.name), workers, engine)
            times.append(took)
    return (SOME - FEW) / (times[1] - times[0]), memory


class Noting:
    """A session that notes how long it ran and on what sizes."""

    def __init__(self, session: Any, sizes: Callable[[dict[str, Any]], list[int]]) -> None:
        self.session, self.sizes_of = session, sizes
        self.sizes: list[list[int]] = []
        self.seconds = 0.0

    def run(self, wanted: list[str] | None, given: dict[str, Any]) -> Any:
        self.sizes.append(self.sizes_of(given))
        begin = time.process_time()
        answer = self.session.run(wanted, given)
        self.seconds += time.process_time() - begin
        return answer


def network(articles: list[dict[str, Any]], engine: str) -> tuple[float, float, float | str]:
    """Return the share of an engine's time that its network takes, its seconds, and those of torch or why not.

    All are of processor time, on one thread, for the same stretches, numbers and cues.
    """
    loaded = encoder.shipped(engine)

    def window(given: dict[str, Any]) -> list[int]:
        return [given["places"].shape[1]]

    [numbers], [cues, *half] = loaded.numbers, loaded.cues
    noting = {
        "lower": Noting(loaded.lower, lambda given: [given["pieces"].shape[1], given["pool"].shape[0]]),
        "numbers": Noting(numbers, window),
        "cues": Noting(cues, window),
    }
    if half:
        noting["half way cues"] = Noting(half[0], window)
    if loaded.upper is not None:
        noting["upper"] = Noting(loaded.upper, lambda given: [given["hidden"].shape[1], given["pool"].shape[0]])
    readers = {"numbers": (noting["numbers"],), "cues": tuple(one for name, one in noting.items() if "cues" in name)}
    noted = replace(loaded, lower=noting["lower"], upper=noting.get("upper"), **readers)
    documents = [from_text(article["text"], Options(published=date(2020, 4, 15))) for article in articles]
    encoder.read_with(loaded, documents[0])
    begin = time.process_time()
    for document in documents:
        encoder.read_with(noted, document)
    whole = time.process_time() - begin
    ours = sum(one.seconds for one in noting.values())
    if not TORCH.exists():
        return ours / whole, ours, "no interpreter with torch: `make train` makes one, or COUNTERFOIL_TORCH names one"
    order = json.dumps({name: one.sizes for name, one in noting.items()})
    command = [str(TORCH), str(ROOT / "bench/torch_model.py")]
    run = subprocess.run(command, input=order, text=True, capture_output=True, check=False)
    if run.returncode:
        return ours / whole, ours, (run.stderr.strip().splitlines() or ["it gave no reason"])[-1]
    return ours / whole, ours, float(run.stdout)


def encoder_rows(articles: list[dict[str, Any]], workers: int, tool: str, engine: str) -> str:
    """Return the rows of an engine that runs the encoder, or one that says why it was not measured."""
    try:
        encoder.shipped(engine)
    except CounterfoilError as error:
        return f"| engine `{engine}` | not measured: {error.what} | | |\n"
    long = of_length(articles, WORDS, SOME)
    rate, memory = warm(long, workers, engine)
    share, ours, theirs = network(long[:PEER_TEXTS], engine)
    some = [article["text"] for article in long[:PEER_TEXTS]]
    timed = [sys.executable, "-c", PEER_TIMED]
    peer = len(some) / float(
        subprocess.run(timed, input="\0".join(some), text=True, check=True, stdout=subprocess.PIPE).stdout
    )
    cold = median([tool, "check", "--engine", engine, str(EXAMPLE)])
    paces = [len(some) / ours] + ([len(some) / theirs] if isinstance(theirs, float) else [])
    torch = (
        f"torch fp32: {paces[1]:.1f} articles/s | {paces[0] / paces[1]:.1f} times as fast"
        if isinstance(theirs, float)
        else f"torch fp32: not measured, {theirs} | "
    )
    return f"""\
| engine `{engine}`: reading {SOME - FEW} articles of {WORDS} words, {workers} processes, warm | {rate:.1f} articles/s | {peer:.1f} articles/s, one process, numbers and units only | {rate / peer:.1f} times as fast ({rate / peer / workers:.1f} a process) |
| its network alone ({100 * share:.0f}% of its time), one core, processor time | {paces[0]:.1f} articles/s | {torch} |
| its memory at its peak, all processes | {memory:.0f} MB | | |
| its cold start: `check --engine {engine}` of one article to the printed ledger | {cold[0] * 1000:.0f} ms ({cold[1] * 1000:.0f}–{cold[2] * 1000:.0f}) | | |
"""  # noqa: E501


def grammars(texts: list[tuple[str, date | None]]) -> None:
    """Find the numbers and times of texts with their days."""
    for text, day in texts:
        numbers.find(text)
        periods.find(text, day)


def peer_grammars(texts: list[tuple[str, date | None]]) -> None:
    """Find the numbers and units of texts with the peer."""
    from quantulum3 import parser

    for text, _ in texts:
        parser.parse(text)


def pace(
    read: Callable[[list[tuple[str, date | None]]], None], articles: list[dict[str, Any]], size: int
) -> list[float]:
    """Return the megabytes a second of processor time of RUNS readings of `size` bytes of articles, over and over."""
    texts: list[tuple[str, date | None]] = []
    held = 0
    while held < size:
        article = articles[len(texts) % len(articles)]
        texts.append((article["text"], date.fromisoformat(day) if (day := article.get("published")) else None))
        held += len(article["text"].encode("utf-8", "surrogatepass"))
    rates = []
    for _ in range(RUNS + 1):  # the first one loads the word lists
        begin = time.process_time()
        read(texts)
        rates.append(held / 1e6 / (time.process_time() - begin))
    return rates[1:]


def main(argv: list[str]) -> None:
    """Measure and write the page."""
    source = Path(argv[0]) if argv else DEV
    if source.exists():
        lines = [line for line in source.read_text(encoding="utf-8").splitlines() if line.strip()]
    else:
        lines = [json.dumps({"id": "example", "text": EXAMPLE.read_text(encoding="utf-8")})]
    articles = [json.loads(line) for line in lines]
    texts = [article["text"] for article in articles]
    length = statistics.mean(map(len, texts))
    workers = min(2, os.cpu_count() or 1)
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as many:
        for nth in range(MANY):
            many.write(json.dumps({**json.loads(lines[nth % len(lines)]), "id": str(nth)}) + "\n")
        many.flush()
        took, memory = reading(Path(many.name), workers)
    rate = MANY / took
    some = (texts * PEER_TEXTS)[:PEER_TEXTS]
    start = seconds([sys.executable, "-c", PEER], text="")
    both = pace(grammars, articles, 1_000_000)
    peer_both = pace(peer_grammars, articles, 50_000)  # slower: enough to tell how slow
    peer_rate = PEER_TEXTS / max(seconds([sys.executable, "-c", PEER], text="\0".join(some)) - start, 1e-9)
    tool = str(Path(sys.executable).parent / "counterfoil")
    cold = median([tool, "check", str(EXAMPLE)])
    peer_cold = median([sys.executable, "-c", PEER], text=EXAMPLE.read_text(encoding="utf-8"))
    plain = median([sys.executable, "-c", "pass"])
    brought = median([sys.executable, "-c", "import counterfoil"])
    peer_brought = median([sys.executable, "-c", "import quantulum3.parser"])
    help_ = median([tool, "--help"])
    modelled = "".join(encoder_rows(articles, workers, tool, engine) for engine in encoder.ENGINES)
    ms = lambda run: f"{run[0] * 1000:.0f} ms ({run[1] * 1000:.0f}–{run[2] * 1000:.0f})"  # noqa: E731
    span = lambda rates: f"{statistics.median(rates):.3g} MB/s ({min(rates):.3g}–{max(rates):.3g})"  # noqa: E731
    less = lambda run: run[0] - plain[0]  # noqa: E731
    page = f"""\
# Speed

Written by `make bench`. {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}.
Times are medians of {RUNS} runs with their spread; throughput is one run.
Megabytes a second are of processor time, all others by the clock.

| what | Counterfoil | quantulum3 | ratio |
|---|---|---|---|
| reading {MANY} articles of {length:.0f} characters on average, {workers} processes | {rate:.0f} articles/s | {peer_rate:.1f} articles/s, one process, numbers and units only | {rate / peer_rate:.0f} times as fast ({rate / peer_rate / workers:.0f} a process) |
| numbers and times together, articles over and over, one core | {span(both)} | {span(peer_both)}, numbers and units only | {statistics.median(both) / statistics.median(peer_both):.0f} times as fast |
| memory at its peak, all processes | {memory:.0f} MB | | |
| cold start: `check` of one article to the printed ledger | {ms(cold)} | {ms(peer_cold)}, numbers only | {cold[0] / peer_cold[0]:.2f} of its time |
| import, over an empty interpreter ({ms(plain)}) | {less(brought) * 1000:.0f} ms | {less(peer_brought) * 1000:.0f} ms | {less(brought) / less(peer_brought):.3f} of its time |
| `counterfoil --help` | {ms(help_)} | | |
{modelled}
Commands: `counterfoil read --jsonl IN OUT --workers {workers}`, `counterfoil check {EXAMPLE.relative_to(ROOT)}`, `import counterfoil`;
peer: `parser.parse(text)` for each text, after a first one that loads what it needs.
"""  # noqa: E501
    for section in SECTIONS:
        command = [sys.executable, str(ROOT / "bench" / section)]
        page += "\n" + subprocess.run(command, capture_output=True, text=True, check=True).stdout.rstrip() + "\n"
    page += "\nBudgets of checking and how it grows: [docs/performance.md](../docs/performance.md).\n"
    RESULTS.write_text(page, encoding="utf-8")
    print(page)
    subprocess.run([sys.executable, str(ROOT / "bench/growth.py")], check=True)  # writes a page of its own


if __name__ == "__main__":
    main(sys.argv[1:])
