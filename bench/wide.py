"""The wide table of the job gen-wide: 50 columns of all types, each (name, kind, low, high).

bench/jobs/wide.odcs.yaml is the same table as a contract; `python wide.py` prints it.
"""
COLUMNS = (
    [("id", "sequence", 1, 0)]
    + [(f"number_{i}", "integer", 0, 10 ** (1 + i)) for i in range(1, 9)]
    + [(f"small_{i}", "smallint", -100 * i, 999) for i in range(1, 5)]
    + [(f"large_{i}", "bigint", 0, 10**12 + i) for i in range(1, 5)]
    + [(f"amount_{i}", "decimal", 0, 10 ** (3 + i)) for i in range(1, 7)]
    + [(f"ratio_{i}", "double", 0, 10**i) for i in range(1, 7)]
    + [(f"flag_{i}", "boolean", 0, 1) for i in range(1, 5)]
    + [(f"day_{i}", "date", "1990-01-01", "2029-12-31") for i in range(1, 5)]
    + [(f"time_{i}", "timestamp", "2020-01-01T00:00:00", "2025-12-31T23:59:59") for i in range(1, 5)]
    + [(f"state_{i}", "state", 0, 0) for i in range(1, 4)]
    + [("word_1", "word", 0, 0), ("word_2", "word", 0, 0), ("uuid_1", "uuid", 0, 0), ("uuid_2", "uuid", 0, 0)]
    + [("comment", "sentence", 6, 0), ("maybe", "nullable", 1, 1000)]
)
assert len(COLUMNS) == 50
STATES = ["new", "paid", "packed", "sent", "returned"]
DAYS = 14609  # from 1990-01-01 to 2029-12-31
SECONDS = 189388799  # from the first timestamp to the last

PHYSICAL = {"sequence": "bigint", "integer": "int", "decimal": "decimal(12,2)", "nullable": "int", "timestamp": "timestamp_ntz",
            "state": "string", "word": "string", "uuid": "string", "sentence": "string"}


def generator(kind, low, high):
    if kind == "sequence":
        return "{provider: sequence, start: 1}"
    if kind in ("integer", "smallint", "bigint", "nullable"):
        return f"{{provider: integer, from: {low}, to: {high}{', null_rate: 0.1' if kind == 'nullable' else ''}}}"
    if kind in ("decimal", "double"):
        return "number" if kind == "decimal" else "{provider: number, digits: 4}"
    if kind in ("date", "timestamp"):
        return f'{{provider: {kind}, from: "{low}", to: "{high}"}}'
    if kind == "state":
        return f"{{provider: choice, values: [{', '.join(STATES)}]}}"
    return f"{{provider: sentence, words: {low}}}" if kind == "sentence" else f"{{provider: {kind}}}"


def contract():
    lines = ["apiVersion: v3.1.0", "kind: DataContract", "id: wide", "version: 1.0.0", "status: active", "schema:", "  - name: wide", "    properties:"]
    for name, kind, low, high in COLUMNS:
        bounds = f"logicalTypeOptions: {{minimum: {low}, maximum: {high}}}, " if kind in ("decimal", "double") else ""
        lines.append(f"      - {{name: {name}, physicalType: '{PHYSICAL.get(kind, kind)}', {bounds}"
                     f"customProperties: [{{property: tamis.generate, value: {generator(kind, low, high)}}}]}}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(contract(), end="")
