"""Every error of the project, named by its cause.

A message names the value, the place and the next step. Foreign exceptions are translated once, in the adapter that
calls the foreign library, so that nothing above an adapter catches anything but these.
"""


class SeogaError(Exception):
    """Any error that a person is meant to read."""


class SettingsError(SeogaError):
    """A setting or a file that a setting names is wrong; the operator sees it at start."""


class InputError(SeogaError):
    """What somebody gave (a file, a row, a parameter) is wrong; whoever gave it sees it, as status 400."""


class TooLargeError(InputError):
    """What somebody gave is larger than the stated limit; whoever gave it sees it, as status 413."""


class NotFoundError(SeogaError):
    """A book, reader or index that was asked for is not there; whoever asked sees it, as status 404."""


class EngineError(SeogaError):
    """The search engine could not do what was asked; the operator sees it, visitors see status 503."""


class EngineUnavailableError(EngineError):
    """The search engine does not answer, or not in time; trying again later may help."""


class EngineForbiddenError(EngineError):
    """The search engine refuses the credentials, or what they may do; the operator is told which setting to change."""


class UnsupportedClauseError(EngineError):
    """A body holds a clause outside the engine's query language; the developer who wrote the body sees it."""


class SchemaMismatchError(EngineError):
    """An index was built with another mapping, encoder or analyser than what runs; the operator is told to reindex."""


class IndexMissingError(EngineError):
    """An index or alias does not exist (nothing was loaded yet); the operator is told the command that makes it."""


class IndexExistsError(EngineError):
    """An index of that name is there already."""


class InvalidDocumentError(EngineError):
    """A document does not fit its mapping; names the field and the value."""


class EncoderError(SeogaError):
    """An encoder cannot be loaded or used; the operator is told what to install or which setting to change."""


class RerankerError(SeogaError):
    """A reranker cannot be loaded or used; the operator is told what to install or which setting to change."""


class GeneratorError(SeogaError):
    """A text generator cannot be loaded or did not answer; readers get composed reasons instead, the operator a line in the log."""


class GeneratorBusyError(GeneratorError):
    """As many answers as may are waiting for a text generator already; readers get composed reasons instead."""


class GeneratorLoadingError(GeneratorError):
    """A text generator's model is being loaded; readers get composed reasons until it is there."""
