"""A function per rule, by family; each looks at a dataset and yields findings."""
