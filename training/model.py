"""The model: MiniLM's encoder over words, and two small readers, one asked about each number, one about each cue.

A paragraph is encoded once. A reader then looks at the words around one number (or cue), told where that stands and
what the rules make of it, and says of each word which role it plays.
"""

from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from counterfoil.reading import inputs

HIDDEN, LAYERS, HEADS, INNER, POSITIONS = 384, 6, 12, 1536, 512
EXIT = 3  # layers after which the fast engine reads
READER, READER_HEADS, READER_INNER = 160, 5, 320
READER_LAYERS = {"fast": 1, "full": 2}
TAGS = 5
NUMBER_TOLD = (len(inputs.SHAPES), len(inputs.KINDS) + 1, len(inputs.CONCEPTS) + 1, len(inputs.UNITS) + 1, 4)
CUE_TOLD = (2, 2, 2)
LABELS = (len(inputs.KINDS), len(inputs.CONCEPTS), len(inputs.UNITS), 3)
ROLES = len(inputs.ROLES)


class Layer(nn.Module):
    """A transformer layer; `first` norms before, as the readers do, else after, as BERT does."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, *, first: bool) -> None:
        super().__init__()
        self.heads, self.first = heads, first
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm, self.last_norm = nn.LayerNorm(width, eps=1e-12), nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout) if dropout else nn.Identity()

    def attend(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, width = x.shape
        split = lambda t: t.view(batch, length, self.heads, width // self.heads).transpose(1, 2)  # noqa: E731
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        # Written out: on a CPU the backward pass of the fused kernel takes several times as long.
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5 + mask.to(q.dtype)
        mixed = scores.softmax(-1).to(q.dtype) @ v
        return self.dropout(self.out(mixed.transpose(1, 2).reshape(batch, length, width)))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        if self.first:
            x = x + self.attend(self.norm(x), mask)
            return x + self.dropout(self.down(F.gelu(self.up(self.last_norm(x)))))
        x = self.norm(x + self.attend(x, mask))
        return self.last_norm(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT with the words' features added to the embeddings of their pieces."""

    def __init__(self, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Parameter(torch.zeros(HIDDEN))
        self.features = nn.ModuleList(nn.Embedding(len(names), HIDDEN) for names in inputs.FEATURES)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(HIDDEN, HEADS, INNER, dropout, first=False) for _ in range(layers))
        for table in self.features:
            nn.init.zeros_(table.weight)

    def forward(self, pieces: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """pieces [S, L], features [S, L, 7], mask [S, 1, 1, L] added to scores; returns two [S, L, 384]."""
        half = self.lower(pieces, features, mask)
        return half, self.upper(half, mask)

    def lower(self, pieces: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """Return what the layers up to EXIT make of the pieces."""
        x = self.words(pieces) + self.positions.weight[: pieces.shape[1]] + self.kind
        for column, table in enumerate(self.features):
            x = x + table(features[..., column])
        x = self.dropout(self.norm(x))
        for layer in self.layers[:EXIT]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return what the layers after EXIT make of that."""
        for layer in self.layers[EXIT:]:
            x = layer(x, mask)
        return x

    def start(self, path: Path) -> None:
        """Take over the published weights."""
        found = load_file(path)
        take = lambda module, name: module.load_state_dict(  # noqa: E731
            {part: found[f"{name}.{part}"] for part in ("weight", "bias") if f"{name}.{part}" in found}
        )
        take(self.words, "embeddings.word_embeddings")
        take(self.positions, "embeddings.position_embeddings")
        take(self.norm, "embeddings.LayerNorm")
        self.kind.data.copy_(found["embeddings.token_type_embeddings.weight"][0])
        for i, layer in enumerate(self.layers):
            for ours, theirs in (
                ("query", "attention.self.query"), ("key", "attention.self.key"), ("value", "attention.self.value"),
                ("out", "attention.output.dense"), ("norm", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"), ("down", "output.dense"), ("last_norm", "output.LayerNorm"),
            ):  # fmt: skip
                take(getattr(layer, ours), f"encoder.layer.{i}.{theirs}")
        self.words.weight.requires_grad_(False)


class Reader(nn.Module):
    """Looks at the words around one number or cue."""

    def __init__(self, told: tuple[int, ...], layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.places = nn.ModuleList(nn.Embedding(n, READER) for n in inputs.PLACES)
        self.told = nn.ModuleList(nn.Embedding(n, READER) for n in told)
        self.layers = nn.ModuleList(Layer(READER, READER_HEADS, READER_INNER, 0.0, first=True) for _ in range(layers))
        self.norm = nn.LayerNorm(READER)
        self.dropout = nn.Dropout(dropout)
        for table in (*self.places, *self.told):
            nn.init.normal_(table.weight, std=0.1)

    def forward(self, seen: Tensor, places: Tensor, told: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """seen [A, T, 160], places [A, T, 4], told [A, n], mask [A, 1, 1, T]; returns [A, T, 160] and [A, 160]."""
        x = seen
        for column, table in enumerate(self.places):
            x = x + table(places[..., column])
        own = (places[..., 0] == 0).to(x.dtype).unsqueeze(-1) * (mask[:, 0, 0, :, None] == 0)
        known = sum(table(told[:, column]) for column, table in enumerate(self.told))
        x = self.dropout(x + own * known.unsqueeze(1))
        for layer in self.layers:
            x = layer(x, mask)
        x = self.norm(x)
        return x, (x * own).sum(1) / own.sum(1).clamp(min=1)


class Numbers(nn.Module):
    """What the model says of each number."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.reader = Reader(NUMBER_TOLD, layers, dropout)
        self.ends = nn.Linear(READER, 2 * ROLES)
        self.none = nn.Linear(READER, 2 * ROLES)
        self.valid = nn.Linear(READER, 2)
        self.labels = nn.Linear(READER, sum(LABELS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, seen: Tensor, places: Tensor, told: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return the scores of roles' first and last words [A, 1 + T, 12], of being a figure [A, 2], of labels."""
        words, own = self.reader(seen, places, told, mask)
        words, own = self.dropout(words), self.dropout(own)
        ends = self.ends(words) + mask[:, 0, 0, :, None]
        return torch.cat([self.none(own).unsqueeze(1), ends], 1), self.valid(own), self.labels(own)


class Cues(nn.Module):
    """What the model says of each cue."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.reader = Reader(CUE_TOLD, layers, dropout)
        self.ends = nn.Linear(READER, 3)
        self.none = nn.Linear(READER, 3)
        self.content = nn.Linear(READER, 3)
        self.valid = nn.Linear(READER, 4)
        self.dropout = nn.Dropout(dropout)

    def forward(self, seen: Tensor, places: Tensor, told: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return scores of the source's ends and the speaker [A, 1 + T, 3], content [A, T, 3], cue and act [A, 4]."""
        words, own = self.reader(seen, places, told, mask)
        words, own = self.dropout(words), self.dropout(own)
        ends = self.ends(words) + mask[:, 0, 0, :, None]
        return torch.cat([self.none(own).unsqueeze(1), ends], 1), self.content(words), self.valid(own)


class Answers(nn.Module):
    """What is read off the words' vectors: tags, and what the two readers see and say."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.tags = nn.Linear(HIDDEN, TAGS)
        self.number, self.cue = nn.Linear(HIDDEN, READER), nn.Linear(HIDDEN, READER)
        self.numbers, self.cues = Numbers(layers, dropout), Cues(layers, dropout)

    def words(self, hidden: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return tags and what the two readers see, from the words' vectors."""
        return self.tags(hidden), self.number(hidden), self.cue(hidden)


class Model(nn.Module):
    """All of it: one encoder, read after its last layer and, for the quick engine, half way."""

    def __init__(self, layers: int = LAYERS, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(layers, dropout)
        self.full = Answers(READER_LAYERS["full"], dropout)
        self.fast = Answers(READER_LAYERS["fast"], dropout)


@dataclass(frozen=True, slots=True)
class Batch:
    """Some articles as tensors; see `train.batch`."""

    pieces: Tensor
    features: Tensor
    mask: Tensor
    word: Tensor  # [pieces kept] which word each kept piece belongs to
    kept: Tensor  # [pieces kept] where they stand in the flattened stretches
    count: int
    tags: Tensor
    numbers: tuple[Tensor, ...]
    cues: tuple[Tensor, ...]
