"""From rows of text to values: cells cast and judged in SQL, and one row of each key."""

from counterfoil.checking.datasets import casting
from counterfoil.checking.datasets.conditions import wrapped
from counterfoil.checking.datasets.database import named, quoted
from counterfoil.checking.datasets.expressions import columns_of
from counterfoil.checking.datasets.faults import SHOWN, Fault
from counterfoil.checking.datasets.incoming import withdrawn_ids
from counterfoil.checking.datasets.underway import Import
from counterfoil.reading.model import Precision


def leave_aside(work: Import) -> None:
    """Remove rows of HXL tags, and those that the description sets aside; a file without rows is a fault."""
    cells = [named(column.name) for column in work.dataset.columns]
    if work.source.tag_rows:
        tags = " AND ".join(f"({cell} IS NULL OR starts_with({cell}, '#'))" for cell in cells)
        some = " OR ".join(f"starts_with({cell}, '#')" for cell in cells)
        firsts = f'(SELECT min(r."_row") FROM raw r WHERE r."_nth" = raw."_nth") + {work.source.tag_rows}'
        count = work.ask(f'DELETE FROM raw WHERE ({tags}) AND ({some}) AND "_row" < {firsts}')[0][0]
        if count:
            work.set_aside["tags under the header (HXL)"] += count
    for aside in work.source.aside:
        if columns_of(aside.where) & {name.lower() for name in work.missing}:
            continue
        count = work.ask(f"DELETE FROM raw WHERE {wrapped(aside.where)}")[0][0]
        if count:
            work.set_aside[aside.why] += count
    kept = dict(work.ask('SELECT "_nth", count(*) FROM raw GROUP BY ALL'))
    for nth, name in enumerate(work.names):
        if not kept.get(nth):
            what = "a header and no rows" if not work.set_aside else "no rows but those set aside"
            work.faults.add(Fault(name, 0, "", "", what, "download it again, or leave the file out"))
    work.stop_if_faulty()


def cast(work: Import) -> None:
    """Make `typed`: values under the columns' names, beside them the text of those that are no text, and the days.

    What cannot be cast, and days that cannot be made, are NULL here and faults a step later.
    """
    chosen = ['"_file"', '"_row"', '"_nth"', '"_table"']
    for column in work.dataset.columns:
        text = casting.cleaned(column, named(column.name))
        chosen.append(f"{casting.cast(column, text)} AS {named(column.name)}")
        if column.type != "text":
            chosen.append(f"{text} AS {named('text:' + column.name)}")
    time = work.dataset.time
    step = time.precision
    start = f"TRY(CAST({wrapped(time.start)} AS DATE))"
    end = _step_end('"_start"', step)
    if time.end:
        end = f"coalesce(TRY(CAST({wrapped(time.end)} AS DATE)), {end})"
    elif step is not Precision.DAY:
        start = f"CAST(date_trunc({quoted(step.value)}, {start}) AS DATE)"
    work.connection.execute(
        f'CREATE TABLE typed AS SELECT *, {end} AS "_end" FROM (SELECT *, {start} AS "_start" FROM '
        f"(SELECT {', '.join(chosen)} FROM raw))"
    )
    work.connection.execute("DROP TABLE raw")


def _step_end(day: str, step: Precision) -> str:
    """Return the SQL of the last day of the step that a day lies in."""
    if step is Precision.DAY:
        return day
    begin = f"date_trunc({quoted(step.value)}, {day})"
    length = {
        Precision.WEEK: "7 DAY",
        Precision.MONTH: "1 MONTH",
        Precision.QUARTER: "3 MONTH",
        Precision.YEAR: "1 YEAR",
    }
    return f"CAST({begin} + INTERVAL {length[step]} - INTERVAL 1 DAY AS DATE)"


def judge_cells(work: Import) -> None:
    """Find the cells that do not fit their column."""
    rules = [
        (column, *rule)
        for column in work.dataset.columns
        if column.name not in work.missing
        for rule in casting.conditions(column)
    ]
    if not rules:
        return
    counts = work.ask(
        f"SELECT {', '.join(f'count(*) FILTER (WHERE {condition})' for _, condition, _, _ in rules)} FROM typed"
    )[0]
    for (column, condition, sort, mend), count in zip(rules, counts, strict=True):
        if count:
            text = named(column.name) if column.type == "text" else named("text:" + column.name)
            _told(work, condition, column.name, text, sort, mend, count)


def judge_days(work: Import) -> None:
    """Find the rows without a day, and those that end before they begin."""
    time = work.dataset.time
    mentioned = ", ".join(sorted(columns_of(time.start) | columns_of(time.end))) or time.start
    none, swapped = work.ask(
        'SELECT count(*) FILTER (WHERE "_start" IS NULL), count(*) FILTER (WHERE "_end" < "_start") FROM typed'
    )[0]
    if none and not work.faults.counts:  # a day that does not fit its column is told as that
        mend = "fill it, or set such rows aside in the description ([[source.aside]])"
        _told(work, '"_start" IS NULL', mentioned, "NULL", "no day can be made of it", mend, none)
    if swapped:
        both = 'concat("_start", \' to \', "_end")'
        sort, mend = "the end before the beginning", "swap the two days"
        _told(work, '"_end" < "_start"', mentioned, both, sort, mend, swapped)


def judge_keys(work: Import) -> None:
    """Keep one row of each key, as the description says; where it does not, several are a fault."""
    if work.deleted is not None:
        _withdraw(work)
    key = [one for one in work.source.key if one not in work.missing]
    if not key or len(key) < len(work.source.key):
        return
    columns = ", ".join(named(one) for one in key)
    doubles = work.ask(f"SELECT count(*) FROM (SELECT 1 FROM typed GROUP BY {columns} HAVING count(*) > 1)")[0][0]
    if not doubles:
        return
    if work.source.newest and work.source.newest not in work.missing:
        _keep_newest(work, columns)
    values = "concat_ws(', ', " + ", ".join(f"CAST({named(one)} AS VARCHAR)" for one in key) + ")"
    marked = (
        f'SELECT {work.at}, "_row", {values}, first_value({work.at}) OVER w, first_value("_row") OVER w, '
        f'row_number() OVER w AS nth FROM typed WINDOW w AS (PARTITION BY {columns} ORDER BY "_nth", "_row")'
    )
    found = work.ask(f"SELECT * FROM ({marked}) WHERE nth > 1 ORDER BY 1, 2 LIMIT {SHOWN}")
    if not found:
        return
    count = work.ask(f"SELECT count(*) FROM ({marked}) WHERE nth > 1")[0][0]
    column, sort = " and ".join(key), "a second row of one key"
    for file, row, value, first_file, first_row, _ in found:
        mend = f"the first is {first_file}, row {first_row}: keep one of them"
        work.faults.add(Fault(file, row, column, value, sort, mend), 0)
    work.faults.counts[column, sort] += count


def _keep_newest(work: Import, columns: str) -> None:
    """Of rows of one key keep the newest; several that are equally new stay, a fault unless they are equal."""
    newest = work.source.newest
    order = '"_nth"' if newest == "_file" else named(newest or "")
    content = ", ".join(named(column.name) for column in work.dataset.columns)
    window = f"PARTITION BY {columns} ORDER BY {order} DESC NULLS LAST"
    older = f'SELECT "_nth", "_row" FROM typed QUALIFY rank() OVER ({window}) > 1'
    _drop(work, older, "replaced by a newer row of the same key")
    if newest != "_file":
        repeated = (
            f'SELECT "_nth", "_row" FROM typed QUALIFY row_number() OVER '
            f'(PARTITION BY {content} ORDER BY "_nth" DESC, "_row" DESC) > 1'
        )
        _drop(work, repeated, "the same row again")


def _drop(work: Import, chosen: str, why: str) -> None:
    count = work.ask(
        f'DELETE FROM typed USING ({chosen}) gone WHERE typed."_nth" = gone."_nth" AND typed."_row" = gone."_row"'
    )[0][0]
    if count:
        work.set_aside[why] += count


def _withdraw(work: Import) -> None:
    """Drop the rows whose ids the publisher withdrew."""
    assert work.deleted is not None
    [key] = work.source.key
    if key in work.missing:
        work.faults.add(
            Fault(
                work.deleted.name,
                0,
                key,
                "",
                "not in the files",
                "import files that have it, or leave out --deleted",
            )
        )
        return
    ids = sorted(withdrawn_ids(work.deleted, next(one for one in work.dataset.columns if one.name == key)))
    work.connection.execute("CREATE TEMP TABLE withdrawn AS SELECT unnest($ids) AS id", {"ids": ids})
    count = work.ask(f"DELETE FROM typed WHERE CAST({named(key)} AS VARCHAR) IN (SELECT id FROM withdrawn)")[0][0]
    if count:
        work.set_aside["withdrawn by the publisher"] += count
    work.notes.append(f"{len(ids):,} withdrawn ids, of which {count:,} were in the files")


def judge_checks(work: Import) -> None:
    missing = {name.lower() for name in work.missing}
    for check in work.dataset.checks:
        if columns_of(check.where) & missing:
            continue
        condition = f"NOT {wrapped(check.where)}"
        count = work.ask(f"SELECT count(*) FROM typed WHERE {condition}")[0][0]
        if count:
            shown = check.columns or tuple(sorted(columns_of(check.where)))
            values = (
                "concat_ws(', ', "
                + ", ".join(f"concat({quoted(one)}, ' ', CAST({named(one)} AS VARCHAR))" for one in shown)
                + ")"
            )
            _told(work, condition, ", ".join(shown), values, f"against the rule: {check.words}", "mend the row", count)


def _told(work: Import, condition: str, column: str, shown: str, sort: str, mend: str, count: int) -> None:
    """Add the faults of one sort: the first ones whole, all of them counted."""
    first = work.ask(
        f'SELECT {work.at}, "_row", {shown} FROM typed WHERE {condition} ORDER BY "_nth", "_row" LIMIT {SHOWN}'
    )
    for file, row, value in first:
        work.faults.add(Fault(file, row, column, "" if value is None else str(value), sort, mend), 0)
    work.faults.counts[column, sort] += count
