"""The table of figures: medians, their spread, and ratios within the run."""

import statistics
import sys


class Table:
    def __init__(self, rounds):
        self.rounds = rounds
        self.rows = []

    def timed(self, name, work, units=None, reach=""):
        """Does work some times; it gives seconds, CPU seconds or nothing, and peak MB."""
        figures = [work() for _ in range(self.rounds)]
        seconds = sorted(figure[0] for figure in figures)
        middle = statistics.median(seconds)
        spent = [figure[1] for figure in figures if figure[1] is not None]
        rate = f"{units / middle / 1e6:.2f} M/s" if units else ""
        cpu = f"{statistics.median(spent):.2f} s CPU" if spent else ""
        peak = f"{max(figure[2] for figure in figures):.0f} MB"
        spread = f"{seconds[0]:.3f}–{seconds[-1]:.3f}"
        self.row(name, f"{middle:.3f} s", spread, ", ".join(filter(None, (rate, cpu, peak))), reach)
        return middle

    def row(self, name, measured, spread="", beside="", reach=""):
        self.rows.append((name, measured, spread, beside, reach))
        print(f"{name}: {measured} {beside}", file=sys.stderr, flush=True)

    def print(self):
        print("| work | measured | spread | beside it | to reach |")
        print("| --- | ---: | ---: | --- | --- |")
        for row in self.rows:
            print("| " + " | ".join(row) + " |")
