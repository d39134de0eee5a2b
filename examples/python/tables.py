"""Opens the tables of a run with two readers that know nothing of Comity, and says what they hold.

    comity run scenarios/one-state-stays-out.yaml --tables out
    python tables.py out

Prints, for each table and reader, the number of rows and the sum of every column of numbers, as JSON.
"""

import json
import sys
from pathlib import Path

import duckdb
import polars


def by_duckdb(path):
    read = "read_parquet" if path.suffix == ".parquet" else "read_csv"
    table = duckdb.execute(f"select * from {read}(?)", [str(path)])
    names = [column[0] for column in table.description]
    rows = table.fetchall()
    sums = {}
    for index, name in enumerate(names):
        values = [row[index] for row in rows if row[index] is not None]
        if values and all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values):
            sums[name] = float(sum(values))
    return {"rows": len(rows), "sums": sums}


def by_polars(path):
    if path.suffix == ".parquet":
        table = polars.read_parquet(path)
    else:
        table = polars.read_csv(path, infer_schema_length=None, try_parse_dates=True)
    sums = {}
    for name in table.columns:
        column = table[name].drop_nulls()
        if len(column) and column.dtype.is_numeric():
            sums[name] = float(sum(column.to_list()))
    return {"rows": table.height, "sums": sums}


def main():
    folder = Path(sys.argv[1])
    paths = sorted(path for path in folder.iterdir() if path.suffix in {".parquet", ".csv"})
    found = {path.name: {"duckdb": by_duckdb(path), "polars": by_polars(path)} for path in paths}
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
