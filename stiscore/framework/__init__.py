"""What is measured and how: the framework as frozen, strict pydantic models."""
