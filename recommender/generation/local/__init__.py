"""A causal language model in this process: loading it, and generating with it in batches that share what prompts share."""
