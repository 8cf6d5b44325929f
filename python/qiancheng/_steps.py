"""How a session stands, and what it asks the borrower: values that do not change."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import datetime
    from collections.abc import Container
    from typing import Any, ClassVar, Literal, Union

    Kind = Literal["sms_captcha", "picture_captcha", "dynamic_password", "query_password", "service_password"]
    Step = Union["Working", "NeedsInput", "Finished", "Failed", "Expired"]


class _Value:
    """A value with named parts. It does not change; equal parts are equal."""

    __slots__: tuple[str, ...] = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def _set(self, **parts: Any) -> None:
        for name, value in parts.items():
            object.__setattr__(self, name, value)

    def _parts(self) -> tuple[Any, ...]:
        return tuple(getattr(self, name) for name in self.__slots__)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} does not change")

    def __eq__(self, other: object) -> bool:
        return self._parts() == other._parts() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), *self._parts()))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), self._parts()

    def __repr__(self) -> str:
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__slots__)
        return f"{type(self).__name__}({parts})"


class Status(_Value):
    """What the vendor last said of a session."""

    __slots__ = ("code", "description", "message", "name")
    __match_args__ = ("code",)

    code: int
    """The state's number (§8)."""
    name: str | None
    """The state's name; none for one that the vendor's document does not list."""
    description: str | None
    """The vendor's description of the state, in Chinese."""
    message: str | None
    """The vendor's own words this time; long numbers in them are masked."""

    def __init__(
        self, code: int, description: str | None = None, message: str | None = None, name: str | None = None
    ) -> None:
        self._set(code=code, description=description, message=message, name=name)

    def __str__(self) -> str:
        """Say it in short."""
        return f"{self.code} {self.name}" if self.name else str(self.code)


class Challenge(_Value):
    """A question to the borrower. It is answered once; a newer one supersedes it."""

    __slots__ = (
        "attempt",
        "can_resend",
        "expires_at",
        "id",
        "image",
        "kind",
        "mime",
        "prompt",
        "prompt_zh",
    )
    __match_args__ = ("kind", "prompt")

    id: str
    """Tells it from the session's other challenges."""
    kind: Kind
    """What is asked for."""
    prompt: str
    """What to say to the borrower."""
    prompt_zh: str
    """The same in Chinese."""
    image: bytes | None
    """The picture, for a picture captcha."""
    mime: str | None
    """The picture's type, such as ``image/png``."""
    attempt: int
    """1 the first time, 2 when the first answer was wrong or late, and so on."""
    can_resend: bool
    """Whether the borrower can have it sent again."""
    expires_at: datetime.datetime
    """When the session ends, and the question with it."""

    def __init__(
        self,
        attempt: int,
        can_resend: bool,
        expires_at: datetime.datetime,
        id: str,
        image: bytes | None,
        kind: Kind,
        mime: str | None,
        prompt: str,
        prompt_zh: str,
    ) -> None:
        self._set(
            attempt=attempt,
            can_resend=can_resend,
            expires_at=expires_at,
            id=id,
            image=image,
            kind=kind,
            mime=mime,
            prompt=prompt,
            prompt_zh=prompt_zh,
        )

    @property
    def is_secret(self) -> bool:
        """Whether the answer is the borrower's own password, and no code that is good once."""
        return self.kind in ("query_password", "service_password")

    def __repr__(self) -> str:
        """Say what is asked for; pictures are told by their size."""
        image = "" if self.image is None else f", image=<{len(self.image)} bytes>"
        return f"Challenge({self.kind!r}, attempt={self.attempt}, can_resend={self.can_resend}, id={self.id!r}{image})"

    def _repr_mimebundle_(
        self, include: Container[str] | None = None, exclude: Container[str] | None = None
    ) -> Any:
        """Show it in a notebook, with its picture."""
        from qiancheng import _display

        return _display.mimebundle(self, include, exclude)


class Working(_Value):
    """The vendor is at work: poll again after the pause."""

    __slots__ = ("poll_after", "status")
    __match_args__ = ("poll_after", "status")

    poll_after: float
    """The pause in seconds, never beyond the session's end."""
    status: Status
    """What the vendor said."""

    def __init__(self, poll_after: float, status: Status) -> None:
        self._set(poll_after=poll_after, status=status)


class NeedsInput(_Value):
    """The borrower is asked for something."""

    __slots__ = ("challenge",)
    __match_args__ = ("challenge",)

    challenge: Challenge
    """The question."""

    def __init__(self, challenge: Challenge) -> None:
        self._set(challenge=challenge)


class Finished(_Value):
    """The data can be fetched."""

    __slots__ = ()


class Failed(_Value):
    """The collection failed; start over with a new session."""

    __slots__ = ("reason",)
    __match_args__ = ("reason",)

    reason: str
    """The vendor's words."""

    def __init__(self, reason: str) -> None:
        self._set(reason=reason)


class Expired(_Value):
    """The ten minutes are over; start over with a new session."""

    __slots__ = ()


def moment(seconds: float) -> datetime.datetime:
    """Make a time of seconds since 1970, with Beijing's offset."""
    import datetime

    return datetime.datetime.fromtimestamp(seconds, datetime.timezone(datetime.timedelta(hours=8)))


def status_of(native: dict[str, Any]) -> Status:
    """Make a status of what the core says."""
    return Status(native["code"], native["description"], native["message"], native["name"])


def step_of(native: dict[str, Any]) -> Step:
    """Make a step of what the core says."""
    name = native["step"]
    if name == "working":
        return Working(native["poll_after"], status_of(native["status"]))
    if name == "needs_input":
        return NeedsInput(_challenge_of(native["challenge"]))
    if name == "failed":
        return Failed(native["reason"])
    return Finished() if name == "finished" else Expired()


def _challenge_of(native: dict[str, Any]) -> Challenge:
    image = native["image"]
    if image is not None:
        from binascii import a2b_base64

        image = a2b_base64(image)
    return Challenge(**{**native, "image": image, "expires_at": moment(native["expires_at"])})
