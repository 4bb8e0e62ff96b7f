"""The JSON endpoint, `/api/v1/`."""
