"""The version of the whole, as the endpoint and the OpenAPI document state it."""

VERSION = "0.1.0"
