"""The model card: `python training/card.py FOLDER` writes docs/model-card.md, with scores on dev and held articles."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from counterfoil.publishing.labels import labels
from counterfoil.reading import encoder, rules
from training import data, thresholds

PAGE = Path(__file__).parents[1] / "docs" / "model-card.md"
WORDS = Path(__file__).with_name("card.md")
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
JUDGED = {
    "wikinews": [CORPUS / "wikinews" / "dev.jsonl"],
    "authored": [CORPUS / "authored" / "dev.jsonl"],
    "held": sorted((Path(__file__).parents[1] / "eval" / "articles").glob("*.jsonl")),
}
SOURCES = (
    ("wikinews", CORPUS / "wikinews" / "train.jsonl", "Wikinews contributors, CC BY 2.5"),
    ("authored", CORPUS / "authored" / "train.jsonl", "written for this project, Apache-2.0"),
    ("re3d", CORPUS / "re3d" / "train.jsonl", "public domain, OGL v3.0, CC BY 3.0 AU"),
    *(
        (f"training/authored/{path.stem}", path, "written for this project, Apache-2.0")
        for path in sorted((Path(__file__).parent / "authored").glob("*.jsonl"))
    ),
)
SCORES = (
    "number acc.value role.hedge role.what role.event role.time role.place role.base acc.unit acc.kind acc.concept"
    " acc.dir acc.period acc.speaker source.soft cue.exact content.soft attributed ledger"
).split()


def scored(weights: Sequence[encoder.Weights], paths: list[Path], score: Any) -> dict[str, list[float]]:
    """Return each score of the rules, of the lower half and of the whole model on labelled articles."""
    tallies = tuple(score.Tally() for _ in range(1 + len(weights)))
    for article in data.load(paths):
        document = data.document(article)
        accounts = (rules.read(document), *(encoder.read_with(one, document) for one in weights))
        for tally, account in zip(tallies, accounts, strict=True):
            score.article(article, labels(account), tally, None)
    return {one: [tally.f1(one) for tally in tallies] for one in SCORES}


def sources() -> list[str]:
    rows = []
    for name, path, licence in SOURCES:
        articles = data.load([path])
        statements = sum(len(a["statements"]) for a in articles)
        figures = sum(len(a["figures"]) for a in articles)
        rows.append(f"| {name} | {len(articles)} | {statements:,} | {figures:,} | {licence} |")
    return rows


def words(limits: dict[str, float]) -> str:
    return ", ".join(f"{of} {limit}" for of, limit in limits.items())


def main(folder: Path) -> None:
    weights, score = encoder.load(folder), thresholds.scorer()
    both = encoder.load(folder, "fast"), weights
    told = json.loads((folder / "weights.json").read_text(encoding="utf-8"))
    results = {name: scored(both, paths, score) for name, paths in JUDGED.items()}
    sizes = {name: (folder / name).stat().st_size / 1e6 for name in told["files"]}
    files = [f"| {name} | {sizes[name]:.1f} MB | `{digest}` |" for name, digest in told["files"].items()]
    rows = [
        f"| {one} | " + " | ".join(f"{value:.1f}" for name in JUDGED for value in results[name][one]) + " |"
        for one in SCORES
    ]
    filled = {
        "digest": weights.digest,
        "same": f"{told['drift']['same']:.1%}",
        "fast same": f"{told['fast drift']['same']:.1%}",
        "files": "\n".join(files),
        "sources": "\n".join(sources()),
        "training": "\n".join(f"- {key}: {value}" for key, value in told.get("training", {}).items()),
        **{of: words(told.get(of, {})) for of in encoder.ENGINES.values()},
        "scores": "\n".join(rows),
    }
    page = WORDS.read_text(encoding="utf-8")
    for key, value in filled.items():
        page = page.replace("{" + key + "}", value)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
