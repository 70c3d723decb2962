"""What a request costs the server, beside what nginx takes for a fixed text or the same bytes.

wrk keeps both busy in turn, three times; what counts is the processor time of the server itself,
from /proc, so that what the machine does beside it hardly matters.
"""

import json
import random
import re
import shutil
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

from process import Served, cpu_seconds, stop

SECONDS = 2
TURNS = 3

CONFIG = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=10000;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  default_type application/octet-stream;
  server {{
    listen 127.0.0.1:{port};
    location /v1/locaties {{ default_type application/json; return 200 '{text}'; }}
    location / {{ root {folder}/files; }}
  }}
}}
"""


def free_port():
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Nginx:
    """nginx with a fixed text and files, while the block lasts."""

    def __init__(self, text):
        self.text = text
        self.folder = Path(tempfile.mkdtemp())
        self.folder.chmod(0o755)
        (self.folder / "files").mkdir()

    def __enter__(self):
        port = free_port()
        self.address = f"127.0.0.1:{port}"
        config = self.folder / "nginx.conf"
        text = self.text.replace("'", "")
        config.write_text(CONFIG.format(folder=self.folder, port=port, text=text))
        binary = shutil.which("nginx") or "/usr/sbin/nginx"
        command = [binary, "-c", str(config), "-p", str(self.folder)]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(0.5)
        return self

    def __exit__(self, *_):
        stop(self.process)
        shutil.rmtree(self.folder, ignore_errors=True)

    def keep(self, body):
        """A file of those bytes; its path."""
        name = f"{len(list((self.folder / 'files').iterdir()))}.bin"
        (self.folder / "files" / name).write_bytes(body)
        return f"/{name}"

    @property
    def pids(self):
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [self.process.pid, *map(int, children.split())]


def load(server, paths, folder):
    """Asks for paths in turn for some seconds; microseconds of CPU a request, and requests/s."""
    script = folder / "paths.lua"
    listed = ",".join(json.dumps(path) for path in paths)
    script.write_text(
        f"local p={{{listed}}} local n=0\n"
        "request=function() n=n%#p+1 return wrk.format('GET',p[n]) end\n"
        "done=function(s) io.write('sent ',s.requests,' ',s.errors.status,'\\n') end\n"
    )
    before = cpu_seconds(server.pids)
    out = wrk(server, script, 16)
    spent = cpu_seconds(server.pids) - before
    sent, wrong = map(int, re.search(r"sent (\d+) (\d+)", out).groups())
    assert wrong == 0, f"{wrong} of {sent} were refused: {paths[0]}"
    return spent / sent * 1e6, sent / SECONDS


def wrk(server, script, connections):
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "--latency", "-s", str(script),
               "-H", "Accept-Encoding: gzip", f"http://{server.address}/"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def patience(server, paths, folder, most):
    """Asks half as often as the server can answer (`most` a second), from 64 connections that each
    wait a little; requests/s, and the milliseconds in which 99 of 100 were answered."""
    script = folder / "half.lua"
    listed = ",".join(json.dumps(path) for path in paths)
    # Waits differ, so that connections do not march in step.
    wait = 64 / (most / 2) * 1e3
    script.write_text(
        f"local p={{{listed}}} local n=0\n"
        "request=function() n=n%#p+1 return wrk.format('GET',p[n]) end\n"
        f"delay=function() return math.floor({wait:.3f}*2*math.random()+0.5) end\n"
        "done=function(s,l) io.write('half ',s.requests,' ',l:percentile(99),'\\n') end\n"
    )
    sent, late = re.search(r"half (\d+) ([\d.]+)", wrk(server, script, 64)).groups()
    return int(sent) / SECONDS, float(late) / 1e3


def compare(table, name, ours, theirs, paths, folder, reach):
    """The middle of the ratios of some turns."""
    figures = []
    for _ in range(TURNS):
        mine = load(ours, paths[0], folder)
        other = load(theirs, paths[1], folder)
        figures.append((mine[0] / other[0], mine, other))
    figures.sort()
    ratio, mine, other = figures[len(figures) // 2]
    table.row(
        name,
        f"{ratio:.2f} × nginx",
        f"{figures[0][0]:.2f}–{figures[-1][0]:.2f}",
        f"{mine[0]:.1f} and {other[0]:.1f} µs CPU; {mine[1]:,.0f} and {other[1]:,.0f} requests/s",
        reach,
    )
    half = [patience(server, asked, folder, figure[1])
            for server, asked, figure in ((ours, paths[0], mine), (theirs, paths[1], other))]
    table.row(
        f"{name}, 99 of 100 at half of that",
        f"{half[0][1]:.1f} ms",
        "",
        f"nginx {half[1][1]:.1f} ms; {half[0][0]:,.0f} and {half[1][0]:,.0f} requests/s",
        "",
    )


def measure(table, binary, atlas, gemeente, bounds):
    """Asks a server on the atlas; `bounds` are those in which coordinates are asked for."""
    rng = random.Random(20240102)
    west, south, east, north = bounds
    places = [
        f"/v1/locaties?lat={rng.uniform(south, north):.6f}&lon={rng.uniform(west, east):.6f}"
        for _ in range(2000)
    ]
    folder = Path(tempfile.mkdtemp())
    query = "indicator=inwoners"
    nation = f"/v1/lagen/buurten.geojson?{query}&detail=grof"
    picture = "/v1/lagen/buurten.png?indicator=leefbaarheid"
    cold = {
        ("vector tile of z8", "20 ms"): "/v1/tegels/buurten/8/131/84?indicatoren=inwoners",
        ("the country's buurten at grof", "60 ms"): nation,
        ("a picture of the country, 800 × 600", ""): picture,
        ("the same, twice as fine", ""): f"{picture}&schaalfactor=2",
        ("a map of the country to be framed, the page", ""): "/embed/leefbaarheid?binnen=land",
    }
    for (name, reach), path in cold.items():
        for when, settled in (("asked right after the start", False),
                              ("cold, on a server that has warmed up", True)):
            times = []
            for _ in range(TURNS):
                with Served(binary, atlas) as served:
                    served.get("/v1/locaties?lat=52.37&lon=4.89")
                    if settled:
                        served.settle()
                    times.append(served.get(path, "gzip")[1] * 1e3)
            times.sort()
            table.row(f"{name}, {when}", f"{times[TURNS // 2]:.0f} ms",
                      f"{times[0]:.0f}–{times[-1]:.0f}", "", reach if settled else "")
    with Served(binary, atlas) as served:
        inside = [path for path in places if found(served, path)]
        text = served.get(inside[0])[0].decode()
        with Nginx(text) as nginx:
            compare(table, "a location over HTTP, beside a fixed text", served, nginx,
                    (inside, inside), folder, "2.2 ×")
            paths = {
                "the page of the map": ["/kaart/inwoners"],
                "a gemeente's buurten in colour, warm": [
                    f"/v1/lagen/buurten.geojson?{query}&binnen={gemeente}"],
                "the country's buurten at grof, warm": [nation],
                "a picture of the country, warm": [picture],
                "a map to be framed, the page, warm": ["/embed/leefbaarheid?binnen=land"],
                "vector tiles z6–z12, warm": tiles(served, bounds, rng),
            }
            reach = iter(("", "1.5 ×", "1.3 ×", "", "", "1.5 ×"))
            for name, asked in paths.items():
                bodies = [served.get(path, "gzip")[0] for path in asked]
                kept = [nginx.keep(body) for body in bodies]
                size = statistics.mean(map(len, bodies)) / 1000
                compare(table, f"{name} ({size:.0f} kB)", served, nginx, (asked, kept), folder,
                        next(reach))
    shutil.rmtree(folder, ignore_errors=True)


def found(served, path):
    try:
        served.get(path)
        return True
    except OSError:
        return False


def tiles(served, bounds, rng):
    """Some tiles of each zoom that hold something."""
    import math

    west, south, east, north = bounds
    asked = []
    for zoom in range(6, 13):
        for _ in range(12):
            lon, lat = rng.uniform(west, east), rng.uniform(south, north)
            n = 1 << zoom
            x = int((lon + 180) / 360 * n)
            y = int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * n)
            path = f"/v1/tegels/buurten/{zoom}/{x}/{y}?indicatoren=inwoners"
            if path not in asked and served.get(path, "gzip")[0]:
                asked.append(path)
    return asked
