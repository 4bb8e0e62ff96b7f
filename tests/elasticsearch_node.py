"""A real Elasticsearch node for the tests: fetched once, started on free ports, stopped with its folder.

`python tests/elasticsearch_node.py` starts one by hand, prints its URL and stops it on Ctrl-C. The environment may say

* `SEOGA_TEST_CACHE`: where the distribution is kept (default: `.cache` in the repository)
* `SEOGA_TEST_ELASTICSEARCH_URL`: a node that runs already; the tests then start none for what they share
* `ES_JAVA_HOME`, `JAVA_HOME`: a Java of version 21 or newer
"""

import json
import os
import pwd
import re
import shutil
import signal
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

VERSION = "9.5.3"
ARTIFACT = f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:{VERSION}:zip"
FETCH = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy"
OLDEST_JAVA = 21
START_TIMEOUT_S = 180  # a node starts in 13 s alone, and much later on a machine that is busy with other work
STOP_TIMEOUT_S = 30
LOG_LINES = 30
NEEDED_MODULES = frozenset({"jdk.incubator.vector", "jdk.jlink", "jdk.jdi"})

ROLES = """
seoga:
  cluster: [monitor, manage_index_templates]
  indices: [{names: ["seoga-*"], privileges: [all]}]
indices_only:
  indices: [{names: ["seoga-*"], privileges: [all]}]
"""
"""On a secured node: the privileges that docs/engines.md asks for, and fewer; each role has a user of its name."""

# The node ends, and its folder goes, when this process does, however it ends: then its end of the pipe closes, which the
# shell has as its standard input.
WATCHED = """
exec 3<&0
"$0" 3<&- </dev/null & node=$!
(cat <&3 >/dev/null; kill $node; while kill -0 $node; do sleep 0.2; done; cd / && rm -rf "$1") 2>/dev/null &
wait $node
"""


class NodeError(Exception):
    """The node could not be fetched or started; says what to do."""


@dataclass(frozen=True, slots=True)
class Java:
    """A Java of the machine."""

    home: Path
    version: int
    is_whole: bool  # some are cut down and lack modules without which Elasticsearch does not start


@dataclass(frozen=True, slots=True)
class Node:
    """A running node."""

    url: str
    folder: Path
    process: subprocess.Popen[bytes]
    password: str = ""  # of the user `elastic`
    ca_certs: Path | None = None

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(STOP_TIMEOUT_S)

    def stop(self) -> None:
        """End it in order, and remove its folder."""
        if self.process.stdin:
            self.process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(STOP_TIMEOUT_S)
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def running_node(*, password: str = "") -> Iterator[Node]:
    """A node for the length of a block; with a password it is secured, and speaks HTTPS only."""
    node = start_node(password=password)
    try:
        yield node
    finally:
        node.stop()


def start_node(*, password: str = "") -> Node:
    """Start a node and wait until it answers.

    Raises:
        NodeError: it did not; with the end of its log.
    """
    java = find_java()
    folder = unpack(fetch_distribution())
    try:
        configure(folder, java, password=password)
        process = launch(folder, java)
        return wait_until_ready(folder, process, password=password)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def cache_folder() -> Path:
    """Where what was fetched is kept between runs."""
    return Path(os.environ.get("SEOGA_TEST_CACHE") or Path(__file__).resolve().parents[1] / ".cache")


def fetch_distribution() -> Path:
    """The distribution's archive, fetched with Maven at the first call."""
    archive = cache_folder() / f"elasticsearch-{VERSION}.zip"
    if archive.exists():
        return archive
    maven = shutil.which("mvn")
    if maven is None:
        raise NodeError(
            f"Maven (mvn) is not installed: install it, or put {archive.name} ({ARTIFACT}) into {archive.parent}"
        )
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent) as download:
        command = [maven, "-B", "-ntp", "-q", FETCH, f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={download}"]
        fetched = subprocess.run(command, capture_output=True, text=True, check=False)
        if fetched.returncode:
            raise NodeError(f"Maven could not fetch {ARTIFACT}:\n{fetched.stdout}{fetched.stderr}")
        next(Path(download).glob("*.zip")).replace(archive)  # whole at once: several runs may fetch it together
    return archive


def unpack(archive: Path) -> Path:
    """Unpack into a folder of this run's own; a node writes into its folder, and may run as another user."""
    folder = Path(tempfile.mkdtemp(prefix="seoga-elasticsearch-"))
    with zipfile.ZipFile(archive) as files:
        for entry in files.infolist():
            path = Path(files.extract(entry, folder))
            path.chmod((entry.external_attr >> 16) & 0o777 or 0o644)
    (unpacked,) = folder.iterdir()
    for part in unpacked.iterdir():
        part.rename(folder / part.name)
    unpacked.rmdir()
    return folder


def find_java() -> Java:
    """A whole Java that is new enough, named by the environment or installed on the system."""
    named = [os.environ.get("ES_JAVA_HOME"), os.environ.get("JAVA_HOME")]
    installed = sorted(Path("/usr/lib/jvm").glob("*"), reverse=True)
    homes = [*(Path(home) for home in named if home), *installed]
    for java in filter(None, map(read_java, homes)):
        if java.version >= OLDEST_JAVA and java.is_whole:
            return java
    raise NodeError(
        f"no JDK of version {OLDEST_JAVA} or newer in ES_JAVA_HOME, JAVA_HOME or /usr/lib/jvm "
        f"(found: {', '.join(map(str, homes)) or 'none at all'}); install one and set ES_JAVA_HOME"
    )


def read_java(home: Path) -> Java | None:
    """The Java in a folder, as its file `release` describes it."""
    release = home / "release"
    if not (home / "bin" / "java").exists() or not release.exists():
        return None
    content = release.read_text()
    version = re.search(r'JAVA_VERSION="(\d+)', content)
    modules = re.search(r'MODULES="([^"]*)"', content)
    return Java(
        home=home,
        version=int(version[1]) if version else 0,
        is_whole=modules is None or set(modules[1].split()) >= NEEDED_MODULES,
    )


def configure(folder: Path, java: Java, *, password: str) -> None:
    """Write the node's settings; it picks free ports by itself and writes them down."""
    settings = {
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": "0",
        "transport.port": "0",
        "node.portsfile": "true",
        "node.store.allow_mmap": "false",
        "cluster.routing.allocation.disk.threshold_enabled": "false",
        "xpack.security.enrollment.enabled": "false",
        "xpack.security.enabled": str(bool(password)).lower(),
    }
    config = folder / "config"
    if password:
        make_certificate(config)
        settings |= {
            "xpack.security.http.ssl.enabled": "true",
            "xpack.security.http.ssl.key": "node.key",
            "xpack.security.http.ssl.certificate": "node.crt",
        }
    (config / "elasticsearch.yml").write_text("".join(f"{name}: {value}\n" for name, value in settings.items()))
    (config / "jvm.options.d").mkdir(exist_ok=True)
    (config / "jvm.options.d" / "heap.options").write_text("-Xms512m\n-Xmx512m\n")
    if password:
        set_password(folder, java, password)


def make_certificate(config: Path) -> None:
    """A certificate for 127.0.0.1 that is its own authority."""
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=seoga test node"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost"]
    command += ["-keyout", str(config / "node.key"), "-out", str(config / "node.crt")]
    subprocess.run(command, check=True, capture_output=True)


def set_password(folder: Path, java: Java, password: str) -> None:
    """Give the user `elastic` a password, and the same one to a user for each of the roles."""

    def run(tool: str, *arguments: str, given: str = "") -> None:
        command = [str(folder / "bin" / tool), *arguments]
        subprocess.run(command, env=node_environment(java), check=True, capture_output=True, input=given.encode())

    run("elasticsearch-keystore", "create")
    run("elasticsearch-keystore", "add", "--stdin", "bootstrap.password", given=password)
    (folder / "config" / "roles.yml").write_text(ROLES)
    for role in ("seoga", "indices_only"):
        run("elasticsearch-users", "useradd", role, "-p", password, "-r", role)


def node_environment(java: Java) -> dict[str, str]:
    """What the node is told by its surroundings."""
    return {
        "ES_JAVA_HOME": str(java.home),
        "PATH": os.environ["PATH"],
        "HOME": tempfile.gettempdir(),
        "LANG": "C.UTF-8",
    }


def launch(folder: Path, java: Java) -> subprocess.Popen[bytes]:
    """Start the process in a group of its own; as `nobody` where this is root, which Elasticsearch refuses to be."""
    identity: dict[str, int | list[int]] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    with (folder / "output.log").open("wb") as output:
        return subprocess.Popen(
            ["/bin/sh", "-c", WATCHED, str(folder / "bin" / "elasticsearch"), str(folder)],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folder,
            env=node_environment(java),
            start_new_session=True,
            **identity,  # type: ignore[arg-type]
        )


def wait_until_ready(folder: Path, process: subprocess.Popen[bytes], *, password: str) -> Node:
    """Wait until the node answers that its shards are there."""
    deadline = time.monotonic() + START_TIMEOUT_S
    ca_certs = folder / "config" / "node.crt" if password else None
    while time.monotonic() < deadline and process.poll() is None:
        url = written_url(folder, secured=bool(password))
        if url:
            node = Node(url, folder, process, password=password, ca_certs=ca_certs)
            if answers(node):
                return node
        time.sleep(0.2)
    ended = process.poll()
    end = (folder / "output.log").read_text(errors="replace").splitlines()[-LOG_LINES:]
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    happened = f"did not answer within {START_TIMEOUT_S} s" if ended is None else "ended by itself"
    raise NodeError(f"the Elasticsearch node {happened}; its log ends:\n" + "\n".join(end))


def written_url(folder: Path, *, secured: bool) -> str:
    """The node's address once it has written down its port, else nothing."""
    ports = folder / "logs" / "http.ports"
    addresses = [line for line in ports.read_text().split() if line.startswith("127.0.0.1:")] if ports.exists() else []
    scheme = "https" if secured else "http"
    return f"{scheme}://{addresses[0]}" if addresses else ""


def answers(node: Node) -> bool:
    """Whether its health is at least yellow."""
    request = urllib.request.Request(f"{node.url}/_cluster/health?wait_for_status=yellow&timeout=2s")
    if node.password:
        request.add_header("Authorization", "Basic " + b64encode(f"elastic:{node.password}".encode()).decode())
    context = ssl.create_default_context(cafile=str(node.ca_certs)) if node.ca_certs else None
    try:
        with urllib.request.urlopen(request, timeout=10, context=context) as response:
            return json.load(response)["status"] in {"green", "yellow"}
    except (OSError, urllib.error.URLError):
        return False


def main() -> None:
    """Run one until it is interrupted."""
    with running_node(password=sys.argv[1] if len(sys.argv) > 1 else "") as node:
        print(node.url, node.ca_certs or "", flush=True)  # noqa: T201
        with suppress(KeyboardInterrupt):
            node.process.wait()


if __name__ == "__main__":
    main()
