"""One source continued by another: days to the end of the yearly data, then the publisher's monthly sums. Pure."""

import numpy as np

from counterfoil.checking.surface.model import Cube


def continued(first: Cube, second: Cube, why: str) -> Cube | None:
    """Return a series of the first cube's steps as far as it covers, and of the second's after that.

    why      told as a break between the two: they may count by different rules.
    Returns  None where the second covers nothing more, or no step of it begins where the first ends. The second's
             default way of counting continues every way of the first: it may be unable to tell them apart.
    """
    covered = np.flatnonzero(first.covered)
    if not len(covered):
        return None
    stop = int(covered[-1]) + 1
    end = int(first.edges[stop])
    begin = int(np.searchsorted(second.edges, end))
    if begin >= len(second.edges) - 1 or second.edges[begin] != end or not second.covered[begin:].any():
        return None
    many = len(first.keys)

    def joined(one: np.ndarray, other: np.ndarray) -> np.ndarray:
        return np.concatenate([one[:, :stop], np.repeat(other[:1, begin:], many, axis=0)], axis=1)

    ranged = first.low is not None and first.high is not None
    low, high = first.low, first.high
    if ranged:
        assert first.low is not None
        assert first.high is not None
        low = joined(first.low, second.values if second.low is None else second.low)
        high = joined(first.high, second.values if second.high is None else second.high)
    breaks = [one for one in first.breaks if one[0] < stop]
    breaks.append((stop, why, False))
    breaks += [(step - begin + stop, told, refuse) for step, told, refuse in second.breaks if step > begin]
    return Cube(
        first.keys,
        np.concatenate([first.edges[: stop + 1], second.edges[begin + 1 :]]),
        joined(first.values, second.values),
        low,
        high,
        joined(first.rows, second.rows),
        np.concatenate([first.covered[:stop], second.covered[begin:]]),
        np.concatenate([first.lagging[:stop], second.lagging[begin:]]),
        tuple(breaks),
        None
        if first.counted is None or second.counted is None
        else np.concatenate([first.counted[:stop], second.counted[begin:]]),
    )
