"""Slips of the pen in numbers: two digits swapped, a factor of ten or a thousand. Pure arithmetic."""

FACTORS = (10, 1000)  # a nought too many, thousands written out twice: the slips that formats and editors report most


def slip(a: float, b: float) -> str:
    """Return by what slip the one number may have become the other, "" where by none.

    >>> slip(4327, 4237)
    'two digits swapped'
    >>> slip(48700, 4870)
    '10 times'
    >>> slip(60, 6)
    ''
    """
    low, high = sorted((a, b))
    if low <= 0 or low == high or low % 1 or high % 1:
        return ""
    one, other = str(int(low)), str(int(high))
    if len(one.rstrip("0")) < 2:  # "6" and "60" may well be two counts
        return ""
    for factor in FACTORS:
        if low * factor == high:
            return f"{factor:,} times"
    return "two digits swapped" if len(one) == len(other) and _swapped(one, other) else ""


def _swapped(one: str, other: str) -> bool:
    odd = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    return (
        len(odd) == 2
        and odd[1] == odd[0] + 1
        and one[odd[0]] == other[odd[1]]
        and one[odd[1]] == other[odd[0]]
        and len(one) > 2  # "12" and "21" are two numbers
    )


def meant(number: float, low: float, high: float) -> float | None:
    """Return what the number may have been meant to be, between its neighbours; None where no slip explains it.

    >>> meant(31270, 3127, 3166)
    3127.0
    """
    if not float(number).is_integer() or number <= 0:
        return None
    digits = str(int(number))
    found = {number / factor for factor in FACTORS} | {number * factor for factor in FACTORS}
    for i in range(len(digits) - 1):
        swapped = digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]
        found.add(float(swapped))
    fitting = sorted(n for n in found if low <= n <= high and slip(n, number))
    return fitting[0] if len(fitting) == 1 else None
