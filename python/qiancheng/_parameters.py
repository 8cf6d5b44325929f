"""Says what is wrong with the names of parameters, which Python says without the right ones."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Method = TypeVar("Method", bound=Callable[..., Any])


def by_name(method: Method) -> Method:
    """Let a method that takes its parameters by name say the nearest right one when it is given a wrong one."""

    def call(self: Any, /, *places: Any, **parameters: Any) -> Any:
        try:
            return method(self, *places, **parameters)
        except TypeError:
            problem = _problem(method, places, parameters)
            if problem is None:
                raise
            raise TypeError(problem) from None

    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__annotations__"):
        setattr(call, name, getattr(method, name))
    call.__wrapped__ = method  # type: ignore[attr-defined]
    return call  # type: ignore[return-value]


def _problem(method: Any, places: tuple[Any, ...], parameters: dict[str, Any]) -> str | None:
    code = method.__code__
    known = code.co_varnames[1 : code.co_argcount + code.co_kwonlyargcount]
    name = method.__qualname__
    if places:
        takes = ", ".join(f"{one}=…" for one in known) or "none"
        return f"{name}() takes its parameters by name: {takes}"
    unknown = [one for one in parameters if one not in known]
    if not unknown:
        return None
    import difflib

    near = difflib.get_close_matches(unknown[0], known, n=1)
    if near:
        hint = f"did you mean {near[0]!r}?"
    else:
        hint = f"it takes {', '.join(known)}" if known else "it takes none"
    return f"{name}() got an unexpected parameter {unknown[0]!r}; {hint}"
