"""SDMX messages (XML and JSON), one row for each observation. The only door to sdmx1."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from counterfoil.checking.datasets.spreadsheets import cell
from counterfoil.errors import DatasetError, InputError


def rows(path: Path, where: str) -> Iterator[Sequence[str]]:
    """Yield the header, then the observations of all data sets of a message, as text.

    Columns: the dimensions by their ids, OBS_VALUE, and the attributes by their ids.
    Raises  InputError where sdmx1 is missing, DatasetError for what is no message of data.
    """
    try:
        import sdmx
    except ImportError:
        raise InputError("reading SDMX needs sdmx1", where, "install it: pip install 'counterfoil[sdmx]'") from None
    raw = path.read_bytes()
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:  # SDMX has neither, and an entity may name any file of this computer
        raise DatasetError("it declares entities, which SDMX does not", where, "take the message from the publisher")
    try:
        message = sdmx.read_sdmx(BytesIO(raw))
        sets = list(getattr(message, "data", ()))
    except Exception as error:  # noqa: BLE001 - the library raises whatever its XML and JSON readers do
        raise DatasetError(
            f"no SDMX message of data: {type(error).__name__}: {str(error)[:200]}",
            where,
            "download it again as SDMX-ML or SDMX-JSON; SDMX-CSV is read as a CSV",
        ) from None
    records = []
    for one in sets:
        for observation in one.obs:
            dimensions = {str(key): cell(value.value) for key, value in observation.dimension.values.items()}
            if observation.series_key is not None:
                dimensions = {
                    **{str(key): cell(value.value) for key, value in observation.series_key.values.items()},
                    **dimensions,
                }
            attributes = {str(key): cell(value.value) for key, value in observation.attached_attribute.items()}
            records.append({**dimensions, "OBS_VALUE": cell(observation.value), **attributes})
    header = list(dict.fromkeys(name for record in records for name in record))
    yield header
    for record in records:
        yield [record.get(name, "") for name in header]
