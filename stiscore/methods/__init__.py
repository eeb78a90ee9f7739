"""The numerical core: numpy and pydantic only; no files, no terminal, no frames, no framework.

One file a stage of the Handbook. Each method is one frozen class with a kebab-case ``id``, listed
in the union at the foot of its file; everything else (YAML, command line, schema, docs, contract
tests) finds it there.
"""
