"""Bytes in, Dataset out; text in, Framework out; results out, whole or not at all."""
