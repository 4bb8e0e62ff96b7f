"""Objects in a JSON body, whose fields are known: what is misspelt is named, with what was probably meant."""

import difflib
from collections.abc import Collection, Mapping
from typing import Any

from flask_babel import gettext as _

from webapp.params.kinds import ParameterError, wrong_type

SHOWN_LENGTH = 100
"""Characters of an unknown field that a message repeats."""


def checked_object(name: str, value: object, known: Collection[str]) -> Mapping[str, Any]:
    """An object that has no field but those known.

    Raises:
        ParameterError: it is no object, or has another field.
    """
    if not isinstance(value, dict):
        raise wrong_type(name, value, _("a JSON object"))
    for field in value:
        if field not in known:
            raise ParameterError(field[:SHOWN_LENGTH], _unknown_field(field, known))
    return value


def _unknown_field(field: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(field, known, n=1)
    shown = field[:SHOWN_LENGTH]
    if near:
        return _("There is no field “%(field)s”: did you mean “%(near)s”?", field=shown, near=near[0])
    return _("There is no field “%(field)s”: give some of %(known)s.", field=shown, known=", ".join(known))
