"""One address to its answer: politely (robots.txt, one request at a time, delays), within limits, trying again."""

from __future__ import annotations

import datetime as dt
import email.utils
import io
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urljoin, urlsplit

import httpx

from rashomon.read.opened import TooMuch, Unpacked, too_large
from rashomon.read.web.deadline import Deadline
from rashomon.read.web.guard import Guarded, Refused, Resolve, resolved
from rashomon.read.web.memory import Visit
from rashomon.read.web.robots import AGENT, MOST_BYTES, Robots
from rashomon.settings import Settings
from rashomon.version import VERSION

USER_AGENT = f"{AGENT}/{VERSION} (reads news articles for comparison; obeys robots.txt)"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OF_SERVER = ("private address", "unsupported", "no answer", "told to wait")  # reasons that hold for all its pages


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered; `data` is None where it has not changed since the visit that was told."""

    url: str  # where it was found in the end
    data: bytes | None
    content_type: str
    charset: str | None
    visit: Visit


@dataclass(slots=True)
class _Host:
    """One host, whatever its ports: who asks it holds `lock`.

    `ready` is when it may be asked again, on the monotonic clock, `delay` how many seconds its robots.txt asks for.
    """

    lock: threading.Lock = field(default_factory=threading.Lock)
    ready: float = 0.0
    delay: float = 0.0


class Client:
    """Fetches addresses; safe to use from several threads, each host is asked by one at a time."""

    def __init__(self, settings: Settings, private: bool = False, resolve: Resolve = resolved) -> None:
        self._settings = settings
        # No connection is kept: two names at one machine must not share one that was checked for the other.
        inner = httpx.HTTPTransport(limits=httpx.Limits(max_keepalive_connections=0), retries=0)
        self._http = httpx.Client(
            transport=Guarded(inner, private, resolve),
            timeout=httpx.Timeout(settings.web_timeout),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip", "Accept": "text/html, */*;q=0.5"},
            follow_redirects=False,
            trust_env=False,
        )
        self._hosts: dict[str, _Host] = {}
        self._rules: dict[str, Robots | Refused] = {}  # by scheme, host and port, as RFC 9309 has it
        self._known = threading.Lock()
        self.sleep: Callable[[float], None] = time.sleep

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def get(self, url: str, before: Visit | None = None) -> Answer:
        """The answer of an address, through its redirects. Raises Refused, with the reason, where there is none."""
        seen: list[str] = []
        while True:
            parts = self._parts(url)
            if url in seen:
                raise Refused("redirect loop", f"It sends in a circle: {' -> '.join([*seen, url])[:300]}.")
            seen.append(url)
            if len(seen) > self._settings.web_redirects + 1:
                raise Refused("too many redirects", f"It sends on more than {self._settings.web_redirects} times.")
            if not self._robots(parts, url).allows(url):
                raise Refused("robots.txt", f"The robots.txt of {parts} does not allow to fetch it.")
            status, headers, data = self._patiently(url, before if len(seen) == 1 else None)
            if status not in _REDIRECTS:
                return _answer(url, status, headers, data, before)
            url = urljoin(url, headers.get("location", ""))

    def _parts(self, url: str) -> str:
        """The scheme, host and port of an address, without anyone's password."""
        try:
            parts = urlsplit(url)
            name = parts.hostname
            port = f":{parts.port}" if parts.port else ""
        except ValueError as error:
            raise Refused("malformed", f"It is no address that can be fetched: {error}.") from error
        if parts.scheme not in ("http", "https") or not name:
            raise Refused("unsupported", f"Only http and https addresses are fetched, not {url[:100]!r}.")
        if parts.username or parts.password:
            raise Refused("credentials", "Addresses with a name or password in them are not fetched.")
        return f"{parts.scheme}://{name}{port}"

    def _host(self, url: str) -> _Host:
        with self._known:
            return self._hosts.setdefault(urlsplit(url).hostname or "", _Host())

    def _robots(self, parts: str, url: str) -> Robots:
        """The rules of a server, asked for once; Refused, every time, where they could not be read."""
        found = self._rules.get(parts) or self._asked_robots(url)
        self._rules[parts] = found
        if isinstance(found, Refused):
            raise Refused(found.reason, found.detail)
        host = self._host(url)
        host.delay = max(host.delay, found.delay)
        return found

    def _asked_robots(self, url: str) -> Robots | Refused:
        """The rules: none where there is no such file, nothing allowed where it fails."""
        place = urljoin(url, "/robots.txt")
        told = "it sends on too often"
        try:
            for _ in range(self._settings.web_redirects + 1):
                status, headers, data = self._patiently(place, None, MOST_BYTES)
                if status < 300:
                    return Robots.of(data.decode("utf-8-sig", "replace"))
                if status not in _REDIRECTS:
                    return Robots()
                place = urljoin(place, headers.get("location", ""))
                self._parts(place)
        except Refused as error:
            if error.reason in _OF_SERVER:
                return error
            told = error.detail
        except ValueError as error:
            told = str(error)
        return Refused("robots.txt", f"Its robots.txt could not be read, so nothing is fetched from there: {told}")

    def _patiently(self, url: str, before: Visit | None, most: int | None = None) -> tuple[int, httpx.Headers, bytes]:
        """Status, headers and body; what fails for the moment is tried again, later each time."""
        left = self._settings.web_retries
        wait = max(self._settings.web_delay / 1000, 0.05)
        while True:
            told, asked = "", None
            try:
                status, headers, data = self._once(url, before, most)
                if status not in _AGAIN:
                    return status, headers, data
                told, asked = f"it answered {status}", retry_after(headers.get("retry-after"))
            except httpx.TimeoutException as error:
                told = f"it said nothing for {self._settings.web_timeout} seconds ({type(error).__name__})"
            except (httpx.TransportError, httpx.InvalidURL, EOFError) as error:
                told = str(error)[:200] or type(error).__name__
            if asked is not None and asked > self._settings.web_patience:
                raise Refused("told to wait", f"It asks to come back after {asked:.0f} seconds.")
            if not left:
                tries = self._settings.web_retries + 1
                raise Refused("no answer", f"Asked {tries} time{'s' if tries > 1 else ''}; at the last {told}.")
            left -= 1
            self.sleep(asked if asked is not None else wait)
            wait = min(2 * wait, self._settings.web_patience)

    def _once(self, url: str, before: Visit | None, most: int | None) -> tuple[int, httpx.Headers, bytes]:
        headers = {}
        if before is not None and before.etag:
            headers["If-None-Match"] = before.etag
        if before is not None and before.last_modified:
            headers["If-Modified-Since"] = before.last_modified
        host = self._host(url)
        with host.lock:
            self.sleep(max(0.0, host.ready - time.monotonic()))
            deadline = Deadline(self._settings.web_total)
            try:
                with deadline, self._http.stream("GET", url, headers=headers, extensions=deadline.told()) as response:
                    wanted = response.status_code < 300
                    answered = response.status_code, response.headers, self._body(response, most) if wanted else b""
            except (httpx.TransportError, EOFError, zlib.error):
                if not deadline.passed:
                    raise
            finally:
                delay = max(self._settings.web_delay / 1000, host.delay)
                host.ready = time.monotonic() + min(delay, self._settings.web_patience)
        if deadline.passed:  # an answer without a length seems to end where it was cut
            raise Refused("too slow", f"It had not answered in full after {self._settings.web_total} seconds.")
        return answered

    def _body(self, response: httpx.Response, most: int | None) -> bytes:
        """The bytes of an answer, unpacked, as far as they are allowed to go."""
        limit = most or self._settings.max_source
        packed = response.headers.get("content-encoding", "identity").strip().lower()
        if packed not in ("identity", "", "gzip", "x-gzip"):
            raise Refused("unsupported", f"It came packed as {packed[:40]!r}, which was not asked for.")
        raw = _Raw(response.iter_raw())
        stream = Unpacked(cast("io.BufferedReader", raw), 4 * limit) if "gzip" in packed else raw
        parts, length = [], 0
        try:
            while part := stream.read(65_536):
                parts.append(part)
                length += len(part)
                if length > limit:
                    if most is not None:
                        break
                    raise Refused("too large", too_large(limit))
        except TooMuch as error:
            raise Refused("too large", "Unpacked, it is far larger than an answer of its size should be.") from error
        except zlib.error as error:
            raise Refused("malformed", f"Its packed bytes are damaged: {str(error)[:200]}.") from error
        return b"".join(parts)


class _Raw(io.RawIOBase):
    """An answer's bytes as a file."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        super().__init__()
        self._parts = parts
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        while not self._rest:
            part = next(self._parts, None)
            if part is None:
                return 0
            self._rest = part
        data, self._rest = self._rest[: len(view)], self._rest[len(view) :]
        view[: len(data)] = data
        return len(data)


def _answer(url: str, status: int, headers: httpx.Headers, data: bytes, before: Visit | None) -> Answer:
    now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if status == 304 and before is not None:
        return Answer(url, None, "", None, Visit(now, before.etag, before.last_modified, before.leads))
    if not 200 <= status < 300:
        raise Refused(f"answered {status}", f"The server answered {status}, not the page.")
    told = httpx.Headers({"content-type": headers.get("content-type", "")})
    content_type = told["content-type"].partition(";")[0].strip().lower()
    charset = httpx.Response(200, headers=told).charset_encoding
    return Answer(url, data, content_type, charset, Visit(now, headers.get("etag"), headers.get("last-modified")))


def retry_after(value: str | None) -> float | None:
    """Seconds to wait, from a number or a date; None if nothing usable is told."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        at = email.utils.parsedate_to_datetime(value)
        return max(0.0, (at - dt.datetime.now(at.tzinfo or dt.UTC)).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return None
