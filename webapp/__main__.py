"""`python -m webapp`: the pages and the endpoint, served."""

import logging
import os
import signal
import sys

import click

from recommender.errors import SeogaError
from recommender.settings import Settings
from webapp.version import VERSION


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for every network.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65_535), help="Port; 0 for a free one.")
@click.version_option(VERSION, prog_name="seoga")
def main(host: str, port: int) -> None:
    """Serve the library's pages and its JSON endpoint.

    \b
    Example:
      python -m webapp --host 0.0.0.0 --port 8080
    """  # noqa: D301 (click's own mark for a paragraph that is not wrapped)
    # Imported here, so that --help does not wait for a web framework.
    from recommender.library import open_library
    from webapp.application import create_app
    from webapp.server import create_server, warm_up

    # The libraries' own lines name addresses and ids, which are nobody's business: only their warnings are kept.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        library = open_library(Settings.from_environment(os.environ))
        library.answers.start_loading()
        server = create_server(create_app(library), host=host, port=port)
        ready = warm_up(library)
    except SeogaError as error:
        _stop(str(error))
    except OSError as error:
        _stop(f"{host}:{port} cannot be listened on ({error.strerror}); choose another with --port")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())  # as a container is stopped: answer what is asked, then end
    click.echo(
        f"{library.settings.library_name}: http://{host}:{server.effective_port}" + ("" if ready else " (not ready)")
    )
    try:
        server.run()
    finally:
        server.close()
        library.close()


def _stop(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(2)


if __name__ == "__main__":
    main()
