"""Choose the thresholds from which the model's answers count: `python training/thresholds.py FOLDER ARTICLES.jsonl...`

Of the engine "encoder", then of "fast".

One threshold at a time, the others kept, twice round, on articles that were not trained on (dev). What is maximised is
the mean of "attributed" and the ledger, where the speaker named is right in at least PRECISION of the statements that
match one of the labels; below that precision comes first. Writes them into FOLDER/weights.json.
"""

import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from counterfoil.publishing.labels import labels
from counterfoil.reading import decode, encoder, inputs, rules
from counterfoil.reading.model import Account
from training import data

PRECISION = 92.0
GRID = {
    "cue": (0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93),
    "told": (0.3, 0.5, 0.7, 0.9),
    "content": (0.4, 0.5, 0.6),
    "piece": (1.0, 2.0, 3.0, 5.0),
    "what": (0.0, 0.3, 0.4, 0.5, 0.6, 0.7),
    "figure": (0.2, 0.35, 0.5, 0.65),
    "speaker": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "other": (0.5, 0.6, 0.7, 0.8, 0.9, 1.01),
}
SCORER = Path(__file__).parents[2] / "shared" / "eval" / "score.py"


def scorer() -> Any:
    """Return the scorer beside the project."""
    spec = importlib.util.spec_from_file_location("score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def prepared(weights: encoder.Weights, articles: Sequence[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Return of each article all that does not hang on the thresholds."""
    made = []
    for article in articles:
        document = data.document(article)
        found, account = rules.draft(document)
        sheet = inputs.sheet(found, account, weights.cut)
        tags, number, cue = encoder.encoded(weights, sheet)
        asks = decode.cues(sheet, account, tags, weights.thresholds)
        answers = encoder.asked(weights.cues, cue, asks)
        numbers = encoder.asked(weights.numbers, number, sheet.numbers)
        made.append((article, document, found, account, sheet, asks, answers, numbers))
    return made


def scores(ready: Sequence[tuple[Any, ...]], limits: decode.Thresholds, score: Any) -> dict[str, float]:
    """Return attributed and ledger F1 and the precision of named speakers."""
    tally = score.Tally()
    right = named = 0
    for article, document, found, account, sheet, asks, answers, numbers in ready:
        said, _ = decode.statements(found, account, sheet, asks, answers, limits, "")
        figures, _ = decode.figures(found, account, sheet, numbers, said, limits, "")
        made = Account(document, said, figures, (), "")
        score.article(article, labels(made), tally, None)
        r, n = speakers(article, made, score)
        right, named = right + r, named + n
    return {
        "attributed": tally.f1("attributed"),
        "ledger": tally.f1("ledger"),
        "speaker": 100 * right / max(named, 1),
        "named": named,
    }


def speakers(article: dict[str, Any], account: Account, score: Any) -> tuple[int, int]:
    """Return in how many matching statements the speaker is named and right, and named at all."""
    text = article["text"]
    words = lambda spans: set().union(*(score.tokens(text, span) for span in spans))  # noqa: E731
    gold = [words(s["content"]) for s in article["statements"]]
    ours = [words([(p.span.start, p.span.end) for p in s.content]) for s in account.statements]
    right = named = 0
    for i, j in score.match(gold, ours, score.jaccard, 0.5):
        speaker = account.statements[j].speaker
        if speaker.resolved and speaker.kind != "unnamed":
            named += 1
            right += score.speaker_equal(article["statements"][i]["speaker"], speaker.name)
    return right, named


def worth(got: dict[str, float]) -> float:
    return (got["attributed"] + got["ledger"]) / 2 - 5 * max(0.0, PRECISION - got["speaker"])


def main(folder: Path, paths: Sequence[Path], engine: str) -> None:
    weights, score = encoder.load(folder, engine), scorer()
    ready = prepared(weights, data.load(paths))
    limits = weights.thresholds
    best = scores(ready, limits, score)
    print(asdict(limits), best)
    for _ in range(2):
        for name, values in GRID.items():
            for value in values:
                tried = replace(limits, **{name: value})
                got = scores(ready, tried, score)
                if worth(got) > worth(best) + 0.05:
                    limits, best = tried, got
            print(name, asdict(limits), {k: round(v, 1) for k, v in best.items()}, flush=True)
    card = folder / "weights.json"
    told = json.loads(card.read_text()) | {encoder.ENGINES[engine]: asdict(limits)}
    card.write_text(json.dumps(told, indent=1) + "\n")


if __name__ == "__main__":
    for engine in encoder.ENGINES:
        main(Path(sys.argv[1]), [Path(path) for path in sys.argv[2:]], engine)
