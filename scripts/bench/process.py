"""Programs that are measured: what they took, and how to talk to them."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def run(arguments, stdin=None, stdout=subprocess.DEVNULL):
    """Runs to the end; gives seconds, CPU seconds and peak MB, and stops when it failed."""
    with tempfile.TemporaryFile() as errors:
        started = time.perf_counter()
        process = subprocess.Popen(
            arguments, stdin=stdin or subprocess.DEVNULL, stdout=stdout, stderr=errors
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            sys.exit(f"{' '.join(map(str, arguments))}: {errors.read().decode(errors='replace')}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def cpu_seconds(pids):
    """What processes took of the processor so far, all their threads."""
    total = 0
    for pid in pids:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICK


def peak_mb(pid):
    """The peak resident set of a process."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status).group(1)) / 1024


def stop(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Served:
    """`wijkzicht serve` on an atlas, while the block lasts."""

    def __init__(self, binary, atlas):
        self.arguments = [binary, "serve", "--data", atlas, "--listen", "127.0.0.1:0"]

    def __enter__(self):
        self.started = time.perf_counter()
        self.process = subprocess.Popen(
            self.arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        for line in self.process.stdout:
            if found := re.search(r"http://([^/\s]+)", line):
                self.address = found.group(1)
                return self
        sys.exit("serve ended without saying its address")

    def __exit__(self, *_):
        stop(self.process)
        self.process.stdout.close()

    @property
    def pids(self):
        return [self.process.pid]

    def settle(self):
        """Waits until the server has nothing left to do."""
        spent = cpu_seconds(self.pids)
        while True:
            time.sleep(0.5)
            now = cpu_seconds(self.pids)
            if now - spent < 0.02:
                return
            spent = now

    def get(self, path, encoding="identity"):
        """The body of an answer, and the seconds until it was there."""
        started = time.perf_counter()
        request = urllib.request.Request(
            f"http://{self.address}{path}", headers={"Accept-Encoding": encoding}
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            body = answer.read()
        return body, time.perf_counter() - started
