"""The blueprint that every page registers itself on."""

from flask import Blueprint

blueprint = Blueprint("pages", __name__)
