"""The base of all data that crosses a layer or a thread."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable, validated, with a JSON round trip; unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")
