"""Engine, hand-written query and Python loop on the same facts, in one run: ``python run.py [EVENTS …]``.

Every contender runs in a process of its own, which reports its CPU seconds and its peak of memory.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
SIZES = (10_000, 1_000_000, 10_000_000)
CONTENDERS = ("engine", "hand", "loop")
THREADS = 2


def engine(folder: Path, out: Path) -> None:
    from hengjian.policy import load_pack
    from hengjian.scoring.bulk import score_parquet

    score_parquet(load_pack("longkou"), folder, out, settings={"threads": THREADS})


def hand(folder: Path, out: Path) -> None:
    import duckdb

    out.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect(config={"threads": THREADS})
    con.execute("SET preserve_insertion_order = false")
    for name in ("units", "items", "events"):
        con.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
    for query in (HERE / "hand.sql").read_text(encoding="utf-8").replace("{out}", str(out)).split(";\n"):
        if query.strip():
            con.execute(query)


def loop(folder: Path, out: Path) -> None:
    sys.path.insert(0, str(HERE))
    from loop import run

    run(folder, out)


def lists(folder: Path, out: Path) -> None:
    """The engine as the application calls it: lists of dictionaries in, Python objects out."""
    import pyarrow.parquet as pq

    from hengjian.policy import load_pack
    from hengjian.scoring import ScoreInput, score

    tables = {
        name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in ("units", "items", "events")
    }
    events = [{**e, "event_id": e["event"], "unit": e["actor"]} for e in tables["events"]]
    data, pack = ScoreInput(tables["units"], tables["items"], events), load_pack("longkou")
    score(pack, ScoreInput([], [], []))
    begun = time.perf_counter()
    result = score(pack, data)
    print(json.dumps({"seconds": time.perf_counter() - begun, "rows": len(result.rows)}), file=sys.stderr)


def contend(name: str, folder: Path, out: Path) -> dict[str, float]:
    """Run one contender in its own process; CPU seconds, wall seconds, peak memory in MB."""
    begun = time.perf_counter()
    command = [sys.executable, __file__, "--one", name, str(folder), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return json.loads(done.stdout) | {"wall": time.perf_counter() - begun}


def one(name: str, folder: Path, out: Path) -> None:
    {"engine": engine, "hand": hand, "loop": loop, "lists": lists}[name](folder, out)
    usage = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024}))


def same(folder: Path) -> bool:
    """Whether engine and hand-written query wrote the same explanation rows and scores."""
    import duckdb

    rows = "period, unit, rule, article, version, points::DECIMAL(18, 2), evidence, item, code::INT, have, need, rival"
    scores = "period, unit, points::DECIMAL(18, 2), place"
    for name, columns in (("explain", rows), ("scores", scores)):
        sides = [f"SELECT {columns} FROM '{folder / side / name}.parquet'" for side in ("engine", "hand")]
        for first, second in (sides, sides[::-1]):
            if duckdb.sql(f"({first}) EXCEPT ALL ({second})").fetchone():
                return False
    python, engine_sum = folder / "loop" / "scores.csv", folder / "engine" / "scores.parquet"
    differing = f"""SELECT 1 FROM '{engine_sum}' e LEFT JOIN read_csv('{python}', header = false,
        all_varchar = true) p ON p.column0 = e.period AND p.column1 = e.unit
        WHERE e.points <> coalesce(p.column2::DECIMAL(18, 2), 0)"""
    return duckdb.sql(differing).fetchone() is None


def measure(events: int, root: Path) -> None:
    folder = root / str(events)
    subprocess.run([sys.executable, str(HERE / "make.py"), str(events), str(folder)], check=True)
    found = {name: contend(name, folder, folder / name) for name in CONTENDERS}
    if not same(folder):
        raise SystemExit(f"{events}: the contenders disagree")
    base = found["hand"]
    for name, numbers in found.items():
        ratios = (
            f"CPU × {numbers['cpu'] / base['cpu']:.2f}, memory × {numbers['memory'] / base['memory']:.2f}"
        )
        print(f"{events:>10,} {name:<7} cpu {numbers['cpu']:8.2f} s  wall {numbers['wall']:8.2f} s "
              f" memory {numbers['memory']:8.0f} MB  {ratios}", flush=True)  # fmt: skip


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return
    sizes = [int(text.replace("_", "")) for text in sys.argv[1:]] or list(SIZES)
    with tempfile.TemporaryDirectory() as root:
        for events in sizes:
            measure(events, Path(root))


if __name__ == "__main__":
    main()
