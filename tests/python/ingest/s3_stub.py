"""A small S3 over HTTP for tests: it counts what it is asked, and misbehaves when told to."""

import threading
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from xml.sax.saxutils import escape

BUCKET = "trails"


@dataclass(frozen=True)
class Fault:
    """What to answer in place of an object or a listing. `cut_at` cuts the body there."""

    status: int = 200
    code: str = ""
    cut_at: int | None = None


Faults = Callable[[str, str, int], Fault | None]
"""Takes the operation (`list` or `get`), prefix or key, and how often it was asked before."""


@dataclass
class Stub:
    """The server's objects, and what it was asked. All of it may change while it runs."""

    url: str = ""
    objects: dict[str, bytes] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    restored: set[str] = field(default_factory=set)
    requests: list[tuple[str, str]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    faults: Faults = lambda *_: None
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)
    _sorted: list[str] | None = None

    def put(self, key: str, content: bytes) -> str:
        """Deliver an object; its address."""
        with self.lock:
            self.objects[key] = content
            self._sorted = None
        return f"s3://{BUCKET}/{key}"

    def count(self, operation: str) -> int:
        """How many requests there were since the last `forget`."""
        return sum(one == operation for one, _ in self.requests)

    def forget(self) -> None:
        """Count from nought."""
        self.requests.clear()
        self.asked.clear()
        self.headers.clear()

    def keys(self) -> list[str]:
        """The keys in S3's order: that of their bytes."""
        with self.lock:
            if self._sorted is None:
                self._sorted = sorted(self.objects, key=str.encode)
            return self._sorted


def etag(content: bytes) -> str:
    """The entity tag of a content."""
    return f'"{md5(content, usedforsecurity=False).hexdigest()}"'


@contextmanager
def serving() -> Iterator[Stub]:
    """A stub on a free port of loopback."""
    stub = Stub()
    server = _Server(("127.0.0.1", 0), _handler(stub))
    stub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_: object) -> None:
        """Say nothing of clients that have gone away: some do."""


def _handler(stub: Stub) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        pass

    Handler.stub = stub
    return Handler


class _Handler(BaseHTTPRequestHandler):
    stub: Stub
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer ListObjectsV2 and GetObject."""
        parts = urlsplit(self.path)
        bucket, _, key = parts.path.lstrip("/").partition("/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        operation, name = ("get", unquote(key)) if key else ("list", query.get("prefix", ""))
        with self.stub.lock:
            self.stub.requests.append((operation, name))
            before = self.stub.asked[operation, name]
            self.stub.asked[operation, name] += 1
            self.stub.headers.append({key.lower(): value for key, value in self.headers.items()})
        fault = self.stub.faults(operation, name, before) or Fault()
        if fault.status != 200:
            self._error(fault.status, fault.code)
        elif bucket != BUCKET:
            self._error(404, "NoSuchBucket")
        elif operation == "list":
            self._send(200, _page(self.stub, query))
        else:
            self._object(name, fault)

    def _object(self, key: str, fault: Fault) -> None:
        content = self.stub.objects.get(key)
        if content is None:
            self._error(404, "NoSuchKey")
        elif self.stub.classes.get(key) and key not in self.stub.restored:
            self._error(403, "InvalidObjectState")
        elif self.headers.get("If-Match", etag(content)) != etag(content):
            self._error(412, "PreconditionFailed")
        else:
            start = int(self.headers.get("Range", "bytes=0-")[6:-1])
            headers = {"ETag": etag(content)}
            if start:
                end = len(content) - 1
                headers["Content-Range"] = f"bytes {start}-{end}/{len(content)}"
            self._send(206 if start else 200, content[start:], headers, fault.cut_at)

    def _error(self, status: int, code: str) -> None:
        text = f"<Error><Code>{code}</Code><Message>{code}, says the stub</Message></Error>"
        self._send(status, text.encode())

    def _send(
        self,
        status: int,
        body: bytes,
        headers: dict[str, str] | None = None,
        cut_at: int | None = None,
    ) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[:cut_at])
        self.close_connection = cut_at is not None


def _page(stub: Stub, query: dict[str, str]) -> bytes:
    """One page of ListObjectsV2, as its reference describes it."""
    prefix, delimiter = query.get("prefix", ""), query.get("delimiter", "")
    after = unquote(query.get("continuation-token", "")) or query.get("start-after", "")
    most = int(query.get("max-keys", "1000"))
    keys = stub.keys()
    entries: list[str] = []
    last, folder, is_truncated = after, "", False
    begin = max(after, prefix)
    search = bisect_left if begin == prefix != after else bisect_right
    for key in keys[search(keys, begin.encode(), key=str.encode) :]:
        if not key.startswith(prefix):
            break
        head, slash, _ = key[len(prefix) :].partition(delimiter or "\0")
        if slash and (prefix + head + slash == folder or after.startswith(prefix + head + slash)):
            last = key
            continue
        if len(entries) == most:
            is_truncated = True
            break
        folder = prefix + head + slash if slash else ""
        common = f"<CommonPrefixes><Prefix>{quote(folder)}</Prefix></CommonPrefixes>"
        entries.append(common if folder else _entry(stub, key))
        last = key
    token = f"<NextContinuationToken>{quote(last)}</NextContinuationToken>" if is_truncated else ""
    return (
        f"<ListBucketResult><EncodingType>url</EncodingType><KeyCount>{len(entries)}</KeyCount>"
        f"<IsTruncated>{str(is_truncated).lower()}</IsTruncated>{token}"
        f"{''.join(entries)}</ListBucketResult>"
    ).encode()


def _entry(stub: Stub, key: str) -> str:
    content = stub.objects[key]
    restored = ""
    if key in stub.restored:
        restored = (
            "<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress>"
            "<RestoreExpiryDate>2030-01-01T00:00:00Z</RestoreExpiryDate></RestoreStatus>"
        )
    return (
        f"<Contents><Key>{quote(key)}</Key><ETag>{escape(etag(content))}</ETag>"
        f"<Size>{len(content)}</Size>"
        f"<StorageClass>{stub.classes.get(key, 'STANDARD')}</StorageClass>{restored}</Contents>"
    )
