"""Says what is wrong with the names of parameters, which Python says without the right ones."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeVar

    Function = TypeVar("Function", bound=Callable[..., Any])


def hinted(function: Function) -> Function:
    """Let a function or a method say the nearest right name when it is given a parameter of a wrong one."""

    def call(*places: Any, **parameters: Any) -> Any:
        try:
            return function(*places, **parameters)
        except TypeError:
            problem = _unknown(function, places, parameters)
            if problem is None:
                raise
            raise TypeError(problem) from None

    return _dressed(call, function)  # type: ignore[no-any-return]


def by_name(method: Function) -> Function:
    """Do the same for a method that takes its parameters by name only, and say so when it is given one without."""

    def call(self: Any, /, *places: Any, **parameters: Any) -> Any:
        try:
            return method(self, *places, **parameters)
        except TypeError:
            problem = _misplaced(method, self, places) or _unknown(method, (self,), parameters)
            if problem is None:
                raise
            raise TypeError(problem) from None

    return _dressed(call, method)  # type: ignore[no-any-return]


def _dressed(call: Any, function: Any) -> Any:
    """Make it look like what it stands for. functools would have to be imported for this."""
    for name in ("__name__", "__qualname__", "__module__", "__doc__", "__annotations__"):
        setattr(call, name, getattr(function, name))
    call.__wrapped__ = function
    return call


def _misplaced(method: Any, self: Any, places: tuple[Any, ...]) -> str | None:
    if not places:
        return None
    takes = ", ".join(f"{one}=…" for one in _known(method)) or "none"
    return f"{_name(method, (self,))} takes its parameters by name: {takes}"


def _unknown(function: Any, places: tuple[Any, ...], parameters: dict[str, Any]) -> str | None:
    known = _known(function)
    unknown = [one for one in parameters if one not in known]
    if not unknown:
        return None
    import difflib

    near = difflib.get_close_matches(unknown[0], known, n=1)
    if near:
        hint = f"did you mean {near[0]!r}?"
    else:
        hint = f"it takes {', '.join(known)}" if known else "it takes none"
    return f"{_name(function, places)} got an unexpected parameter {unknown[0]!r}; {hint}"


def _known(function: Any) -> tuple[str, ...]:
    code = function.__code__
    names: tuple[str, ...] = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return names[1:] if names[:1] == ("self",) else names


def _name(function: Any, places: tuple[Any, ...]) -> str:
    """Give its name as a caller knows it: by the object's class, not by the class that happens to define it."""
    if "self" not in function.__code__.co_varnames[:1] or not places:
        return f"{function.__name__}()"
    owner = type(places[0]).__name__
    return f"{owner}()" if function.__name__ == "__init__" else f"{owner}.{function.__name__}()"
