"""Which machines may be asked: the name is resolved once, every address it has is checked, and that one is asked."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Sequence

import httpx

Resolve = Callable[[str, int], Sequence[str]]


class Refused(Exception):
    """An address that is not fetched; `reason` is for the table `rejected`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason, self.detail = reason, detail


def resolved(host: str, port: int) -> Sequence[str]:
    """The IP addresses of a host, as the system resolves it."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(item[4][0]) for item in found))


# IPv6 networks whose addresses end in one of IPv4: translated (RFC 6052, RFC 8215), compatible (RFC 4291).
_CARRYING = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96"))


def is_private(address: str) -> bool:
    """Whether an IP address is none of the public network: loopback, private, link-local, multicast, reserved."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    if inner is None and any(ip in net for net in _CARRYING):
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return not ip.is_global or ip.is_multicast or (inner is not None and not inner.is_global)


class Guarded(httpx.BaseTransport):
    """A transport that asks only machines that may be asked.

    The connection goes to the very address that was checked, so that a name cannot change its mind in between (DNS
    rebinding); the certificate is still checked against the name. Raises Refused.
    """

    def __init__(self, inner: httpx.BaseTransport, private: bool, resolve: Resolve = resolved) -> None:
        self._inner, self._private, self._resolve = inner, private, resolve

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Ask the machine that the request names, if it may be asked."""
        host = request.url.host
        if request.url.scheme not in ("http", "https"):
            raise Refused("unsupported", f"Addresses that begin with {request.url.scheme}: are not fetched.")
        try:
            found = self._resolve(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError(f"the name {host} is not known ({error})", request=request) from error
        if not found:
            raise httpx.ConnectError(f"the name {host} has no address", request=request)
        if not self._private and any(map(is_private, found)):
            detail = f"{host} is at {', '.join(found)}, which is no public address; give --allow-private to fetch it."
            raise Refused("private address", detail)
        request.extensions = {**request.extensions, "sni_hostname": host}
        request.url = request.url.copy_with(host=found[0])
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close all connections."""
        self._inner.close()
