"""Plain frozen data and errors that every layer shares."""

# pydantic 2.14 loads its parts on first use; PySide6 6.11, once imported, looks into every module
# that is imported and breaks that one half-way. So it is complete before Qt can come
# (tests/core/test_imports.py tells when this may go).
import pydantic.fields  # noqa: F401
