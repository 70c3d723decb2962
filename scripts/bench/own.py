"""A municipality's own points: counted per area and year, and what that takes."""

import random
from pathlib import Path

from process import run

# A box in RD metres with hardly a place outside the Netherlands.
X_RANGE, Y_RANGE = (120_000, 220_000), (420_000, 500_000)
YEARS = 4

DESCRIPTION = """bestand = "meldingen.csv"
id = "meldingen"
naam = "Meldingen"
soort = "aantal"
indeling = {vintage}
bron = "make bench"
licentie = "CC0 1.0"

[punten]
x = "x"
y = "y"
datum = "datum"
bewerking = "tellen"
"""


def write(folder, count, vintage):
    """A folder with `count` points in RD, with days of the years before the division, and what
    describes them."""
    folder.mkdir()
    rng = random.Random(20240101)
    with (folder / "meldingen.csv").open("w") as out:
        out.write("x;y;datum\n")
        for _ in range(count):
            x, y, day = rng.random(), rng.random(), rng.random()
            x = X_RANGE[0] + x * (X_RANGE[1] - X_RANGE[0])
            y = Y_RANGE[0] + y * (Y_RANGE[1] - Y_RANGE[0])
            year = vintage - int(day * YEARS)
            out.write(f"{x:.2f};{y:.2f};{year}-{1 + int(day * 977) % 12:02}-{1 + int(day * 9973) % 28:02}\n")
    (folder / "meldingen.toml").write_text(DESCRIPTION.format(vintage=vintage))


def measure(table, binary, atlas, vintage, count=10_000_000):
    """Counts the points; `check` does all of an import but the writing."""
    folder = Path(atlas).parent / "eigen"
    write(folder, count, vintage)
    table.timed(
        f"own points: {count:,} counted by area and year",
        lambda: run([binary, "check", "--data", atlas, str(folder)]),
        count,
        reach="10 s, 500 MB",
    )
    # Once: a second import of the same finds nothing to write.
    seconds, cpu, peak = run([binary, "import", "--data", atlas, "--accept-partial", str(folder)])
    table.row("the same into the atlas", f"{seconds:.3f} s", "", f"{cpu:.2f} s CPU, {peak:.0f} MB")
