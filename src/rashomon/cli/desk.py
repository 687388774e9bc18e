"""`rashomon desk`: the local web page on a dossier."""

from __future__ import annotations

import socket
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from rashomon.errors import DeskError


def run(
    dossier: Annotated[Path, typer.Argument(help="The dossier to open.")],
    port: Annotated[int, typer.Option(help="The port on this machine; 0 takes a free one.")] = 8400,
    host: Annotated[
        str, typer.Option(help="The address to answer on; only this machine's own, unless you say otherwise.")
    ] = "127.0.0.1",
    browser: Annotated[bool, typer.Option(help="Open the browser.")] = True,
) -> None:
    """Open a dossier in the browser, to read it and to correct it. Stop with Ctrl-C."""
    import uvicorn

    from rashomon.desk import ahead
    from rashomon.desk.app import application
    from rashomon.desk.guard import LOOPBACK

    with _listening(host, port) as bound:
        port = bound.getsockname()[1]
        app = application(dossier, hosts=LOOPBACK if host in LOOPBACK else (*LOOPBACK, host))
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{port}/?token={app.state.token}"
        ahead.begin(dossier)
        typer.echo(f"Desk: {address}")
        if browser:
            webbrowser.open(address)
        config = uvicorn.Config(app, log_level="warning", server_header=False)
        uvicorn.Server(config).run(sockets=[bound])


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as error:
        bound.close()
        raise DeskError(f"The desk cannot answer on {host}:{port} ({error.strerror}): try --port 0.") from error
    return bound
