"""What the answers are made of: values that are read when they are asked for, and print masked.

An answer keeps the vendor's bytes. Its fields are read out of them on first use, each as the core reads it. Nothing is
lost: fields that this library does not know are there under ``answer["name"]``.
"""

from __future__ import annotations

from collections.abc import Sequence

from qiancheng import _native

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Container, KeysView
    from typing import Any, ClassVar, TypeVar, overload

    from typing_extensions import Self

    Item = TypeVar("Item", bound="Record")
else:
    Item = None


class Value:
    """Something the vendor sent. It cannot be changed; equal content is equal."""

    __slots__ = ("_read",)

    def __init__(self, value: Any) -> None:
        self._read: Any = value

    def _value(self) -> Any:
        """What the vendor sent."""
        return self._read

    def to_dict(self) -> Any:
        """Give what the vendor sent as plain Python values, a copy that is the caller's own."""
        import copy

        return copy.deepcopy(self._value())

    def reveal(self) -> str:
        """Give all of it in clear, as indented JSON. Whoever prints it answers for it."""
        import json

        return json.dumps(self._value(), ensure_ascii=False, indent=2)

    def __eq__(self, other: object) -> bool:
        """Whether the other is of the same type and says the same."""
        if not isinstance(other, Value) or type(self) is not type(other):
            return NotImplemented
        return bool(self._value() == other._value())

    def __hash__(self) -> int:
        return hash((type(self), _frozen(self._value())))

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._value(),)

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> Any:
        """Show it in a notebook, masked."""
        from qiancheng import _display

        return _display.mimebundle(self, include, exclude)


class Record(Value):
    """An object of an answer."""

    __slots__ = ()

    __match_args__: tuple[str, ...] = ()

    _names: ClassVar[dict[str, tuple[str, str]]] = {}
    """By attribute: the field's name in JSON, and how carefully its value is to be shown."""

    def _fields(self) -> dict[str, Any]:
        """What the vendor sent, as the object that was promised."""
        value = self._value()
        if type(value) is dict:
            return value
        # Nothing comes as an empty list or as null; one object may come in a list.
        if type(value) is list and len(value) == 1 and type(value[0]) is dict:
            return value[0]
        return {}

    def _required(self, name: str) -> Any:
        value = self._fields().get(name)
        if value is None:
            raise self._unreadable(name, "it is missing")
        return value

    def _text(self, name: str) -> str:
        value = self._required(name)
        return value if type(value) is str else self._as("text", name, value)

    def _optional_text(self, name: str) -> str | None:
        value = self._fields().get(name)
        return value if value is None or type(value) is str else self._as("text", name, value)

    def _words(self, name: str) -> str | None:
        value = self._fields().get(name)
        return value if value is None else self._as("words", name, value)

    def _integer(self, name: str) -> int:
        value: int | None = self._required(name)
        if type(value) is not int:
            value = self._as("integer", name, value)
        if value is None:
            raise self._unreadable(name, "expected an integer or a numeric string")
        return value

    def _optional_integer(self, name: str) -> int | None:
        value = self._fields().get(name)
        return value if value is None or type(value) is int else self._as("integer", name, value)

    def _optional_number(self, name: str) -> float | None:
        value = self._fields().get(name)
        return value if value is None or type(value) is float else self._as("number", name, value)

    def _flag(self, name: str) -> bool:
        value = self._fields().get(name)
        return value if type(value) is bool else self._as("flag", name, value)

    def _picture(self, name: str) -> Picture | None:
        value = self._fields().get(name)
        return None if value is None else Picture(value)

    def _records(self, name: str, item: type[Item]) -> list[Item]:
        return [item(one) for one in self._fields().get(name) or ()]

    def _as(self, reading: str, name: str, value: Any) -> Any:
        try:
            return _native.read_as(reading, value)
        except ValueError as error:
            raise self._unreadable(name, str(error)) from None

    def _unreadable(self, name: str, why: str) -> Exception:
        from qiancheng._errors import ProtocolError

        return ProtocolError(f"`{name}` of {type(self).__name__} cannot be read: {why}", outcome="Unknown")

    def __getitem__(self, name: str) -> Any:
        """Give a field by its name in JSON, as the vendor sent it, known or not."""
        return self._fields()[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Give a field by its name in JSON, as the vendor sent it; ``default`` if it was not sent."""
        return self._fields().get(name, default)

    def keys(self) -> KeysView[str]:
        """Give the names of the fields that were sent."""
        return self._fields().keys()

    def __contains__(self, name: object) -> bool:
        """Whether a field was sent."""
        return name in self._fields()

    def _shown(self) -> list[str]:
        fields = self._fields()
        shown = []
        for attribute, (name, sensitivity) in self._names.items():
            if fields.get(name) is not None:
                value = getattr(self, attribute)
                if sensitivity != "plain":
                    value = _native.mask(sensitivity, str(value))
                shown.append(f"{attribute}={value!r}")
        unknown = len(fields.keys() - {name for name, _ in self._names.values()})
        if unknown:
            shown.append(f"+{unknown} field{'s' if unknown > 1 else ''}")
        return shown

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self._shown())})"


class Answer(Value):
    """An answer of the vendor."""

    __slots__ = ("_raw",)

    def __init__(self, raw: _native.RawAnswer) -> None:
        self._raw = raw
        self._read = _UNREAD

    def _value(self) -> Any:
        value = self._read
        if value is _UNREAD:
            value = self._read = self._raw.value()
        return value

    @property
    def raw(self) -> bytes:
        """The JSON text of the envelope's ``data``, byte for byte as the vendor sent it."""
        return self._raw.data

    @property
    def body(self) -> bytes:
        """The whole answer, byte for byte as the vendor sent it, after decompression."""
        return self._raw.body

    @property
    def endpoint(self) -> str:
        """The endpoint's id, or the path of a call by path."""
        return self._raw.endpoint

    def to_dict(self) -> Any:
        """Give what the vendor sent as plain Python values, a copy that is the caller's own."""
        return self._raw.value()

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self._raw,)


class PlainAnswer(Answer, Record):
    """The answer of a call by path, or of one whose shape is not promised."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.endpoint!r}, {len(self.raw)} bytes)"


class Document(PlainAnswer):
    """A document of the data source, handed on as it came: raw data, a report."""

    __slots__ = ()


class AnswerList(Answer, Sequence[Item]):
    """An answer that is a list."""

    __slots__ = ()

    _item: ClassVar[type[Record]] = Record

    def _items(self) -> list[dict[str, Any]]:
        value = self._value()
        return value if type(value) is list else []

    def __len__(self) -> int:
        return len(self._items())

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, place: int) -> Item: ...
        @overload
        def __getitem__(self, place: slice) -> list[Item]: ...
        def __getitem__(self, place: int | slice) -> Item | list[Item]: ...
    else:

        def __getitem__(self, place):
            """Give an item, or the items of a slice."""
            items = self._items()[place]
            return [self._item(one) for one in items] if isinstance(place, slice) else self._item(items)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(repr, self))})"


class State(int):
    """A number of one of the vendor's dictionaries. A number that is not listed is kept, and prints as itself."""

    __slots__ = ()

    _rows: ClassVar[dict[int, tuple[str, str]]] = {}

    def __init_subclass__(cls) -> None:
        for code, (name, _) in cls._rows.items():
            setattr(cls, name.removeprefix("STATE_"), cls(code))

    @classmethod
    def all(cls) -> list[Self]:
        """Give every documented one, in the document's order."""
        return [cls(code) for code in cls._rows]

    @property
    def name(self) -> str | None:
        """The vendor's name, such as ``STATE_CAPTCHA_REQUIRED``; none for a number that is not listed."""
        return self._rows.get(self, (None,))[0]

    @property
    def description(self) -> str | None:
        """The vendor's words, in Chinese; none for a number that is not listed."""
        return self._rows.get(self, (None, None))[1]

    def __str__(self) -> str:
        return f"{int(self)} {self.name}" if self.name else str(int(self))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self}>"


class Picture(str):
    """A picture in base64, as the vendor sent it."""

    __slots__ = ()

    @property
    def image(self) -> bytes | None:
        """The picture; none if the text is not base64."""
        decoded = _native.picture(self)
        return decoded[0] if decoded else None

    @property
    def mime(self) -> str | None:
        """The picture's type, such as ``image/png``; none if the text is not base64."""
        decoded = _native.picture(self)
        return decoded[1] if decoded else None

    def __repr__(self) -> str:
        return f"<Picture {len(self)} characters>"


class _Unread:
    """Stands for an answer that has not been parsed."""

    __slots__ = ()


_UNREAD = _Unread()


def _frozen(value: Any) -> Any:
    """Give what equal values have in common, hashable."""
    if type(value) is dict:
        return frozenset((name, _frozen(one)) for name, one in value.items())
    if type(value) is list:
        return tuple(map(_frozen, value))
    return value
