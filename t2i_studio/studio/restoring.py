"""Take observable state back from JSON, field by field: one bad value costs only itself."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


def restore_fields(state: "DataclassInstance", data: dict[str, Any]) -> list[str]:
    """Set every field that `data` holds validly; return the names of those that it does not."""
    forms = get_type_hints(type(state), include_extras=True)
    known = [field.name for field in fields(state) if field.name in data]
    return [name for name in known if not _take(state, name, forms[name], data[name])]


def _take(state: "DataclassInstance", name: str, form: Any, value: Any) -> bool:
    try:
        setattr(state, name, TypeAdapter(form).validate_python(value))
    except ValidationError:
        return False
    return True
