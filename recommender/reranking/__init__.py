"""Reading the first hits of a search again, together with the query: optional, and off unless a model is named."""
