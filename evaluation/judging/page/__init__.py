"""The page on which people judge: a small server of its own, which only knows answers and writes only judgements."""

from collections.abc import Callable

from evaluation.judging.page.sittings import Room


def serve(room: Room, *, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Serve until Ctrl-C.

    Args:
        room: what is judged.
        host: the address to listen at.
        port: 0 takes any free one.
        announce: is told where the page is, once it can be opened.
    """
    from waitress.server import create_server

    from evaluation.judging.page.application import create_app

    server = create_server(create_app(room), host=host, port=port)
    announce(f"http://{host}:{server.effective_port}/")
    server.run()
