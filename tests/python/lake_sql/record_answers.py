"""Ask a real Trino every query of the corpus, compare with Tarn, and record its answers.

`make test-trino` runs this: it fetches Trino into a cache once, starts it, loads the rows, and
stops it. With `--address` it asks a server that runs already.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from lake_sql import both_engines, corpus, trino_server


def main() -> int:
    """0 if every answer is equal, or differs for a reason that is given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--address", help="a running Trino, http://…")
    chosen = parser.parse_args()
    if chosen.address:
        return compare(trino_server.Trino(chosen.address))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "trino"
        folder.mkdir()
        with trino_server.running(trino_server.cache_folder(), folder) as server:
            return compare(server)


def compare(server: trino_server.Trino) -> int:
    """Ask both, record what Trino says, and tell what differs."""
    for statement in both_engines.for_trino():
        server.ask(statement)
    connection = both_engines.in_duckdb()
    answers, wrong, known = {}, [], 0
    for case in corpus.cases():
        there = ask(server, case)
        answers[case.name] = there.to_json()
        found = corpus.difference(case, corpus.tarns(connection, case), there)
        known += bool(found and case.differs)
        if (found is None) == (case.differs is not None):
            wrong.append(f"{case.name}\n    {found or 'is equal now'}")
    lines = [f"{json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in answers.items()]
    corpus.ANSWERS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    equal = len(answers) - known - len(wrong)
    print("\n".join(wrong))
    print(
        f"{len(answers)} queries: {equal} equal ({equal / len(answers):.1%}), {known} known "
        f"differences, {len(wrong)} unexplained"
    )
    return 1 if wrong else 0


def ask(server: trino_server.Trino, case: corpus.Case) -> corpus.Answer:
    """Trino's answer, or its error."""
    try:
        answer = server.ask(case.trino)
    except trino_server.TrinoError as error:
        return corpus.Answer([], [], [], str(error))
    return corpus.Answer(answer.names, answer.types, answer.rows)


if __name__ == "__main__":
    sys.exit(main())
