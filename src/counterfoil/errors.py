"""The one tree of errors.

CounterfoilError          base; `exit_code` is what the command line leaves with
├── InputError            2  your file, address or argument
├── DatasetError          3  a table of records breaks its declaration
├── ModelError            4  the model is missing or is not the one expected
└── SpanError             5  offsets and text part: always a bug, never skipped
"""


class CounterfoilError(Exception):
    """Base of every error raised on purpose: what happened, where, and what to do next."""

    exit_code = 1

    def __init__(self, what: str, where: str, mend: str) -> None:
        super().__init__(what, where, mend)  # all three in args, so that it pickles
        self.what, self.where, self.mend = what, where, mend

    def __str__(self) -> str:
        return f"{self.what}\n  where: {self.where}\n  mend:  {self.mend}"


class InputError(CounterfoilError):
    """A file, an address or an argument that cannot be used."""

    exit_code = 2


class DatasetError(CounterfoilError):
    """A table of records that breaks its declaration; all its faults are listed at once."""

    exit_code = 3


class ModelError(CounterfoilError):
    """A model that is missing, damaged or not the one expected."""

    exit_code = 4


class SpanError(CounterfoilError):
    """Offsets that do not fit their text. Like any bug, it stops the run."""

    exit_code = 5
