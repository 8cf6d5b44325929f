"""Asks whoever sits before the screen what a session wants to know, if anybody does."""

from __future__ import annotations

import sys

from qiancheng._errors import ChallengeError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Union

    from qiancheng._session import AsyncSession, OnProgress, Session
    from qiancheng._steps import Challenge

    Given = Union[str, bool, None]

RESEND = True
"""In place of an answer: have the question sent again."""


class CaptchaRequired(ChallengeError):
    """The borrower is asked for something, and nobody is there to be asked.

    The session goes on: answer with ``error.session.submit(error.challenge, …)`` and ``error.session.collect()``, or
    save it with ``error.session.save()`` and resume it where the borrower is.
    """

    challenge: Challenge | None = None
    """The question."""
    session: Any = None
    """The session that asks it, of the client's own kind; none in another process, where it would have to be resumed."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the session, which belongs to its client."""
        make, arguments, state = super().__reduce__()
        return make, arguments, {**state, "session": None}


def ask(challenge: Challenge) -> Given:
    """Ask for the answer to a challenge: at the terminal, or under the picture in a notebook.

    Gives the answer, or :data:`RESEND`. Where nobody can be asked, it raises :class:`CaptchaRequired`.
    """
    if _in_notebook():
        return _ask_in_notebook(challenge)
    if sys.stdin is None or not sys.stdin.isatty():
        raise unanswered(challenge)
    picture = None if challenge.image is None else _write_picture(challenge)
    try:
        if picture is not None:
            print(f"The picture is in {picture}", file=sys.stderr)
        return _read(challenge)
    finally:
        if picture is not None:
            import os

            os.unlink(picture)


def watcher(session: Session | AsyncSession, asks_here: bool) -> OnProgress | None:
    """Give what tells of a collection's steps where somebody looks on: a notebook, or a terminal that is asked."""
    if _in_notebook():
        from qiancheng._display._progress import InNotebook

        return InNotebook(session)
    if asks_here and sys.stderr is not None and sys.stderr.isatty():
        from qiancheng._display._progress import AtTerminal

        return AtTerminal(session)
    return None


def unanswered(challenge: Challenge) -> CaptchaRequired:
    """Make the error of a challenge that nobody can be asked."""
    error = CaptchaRequired(
        f"the borrower is asked for something ({challenge.kind}), and nobody is here to be asked"
    )
    error.challenge = challenge
    return error


def question(challenge: Challenge) -> str:
    """Put a challenge into one line."""
    again = f" (attempt {challenge.attempt})" if challenge.attempt > 1 else ""
    resend = ", or nothing to have it sent again" if challenge.can_resend else ""
    return f"{challenge.prompt}{again}{resend}: "


def _read(challenge: Challenge) -> Given:
    while True:
        try:
            if challenge.is_secret:
                import getpass

                given = getpass.getpass(question(challenge))
            else:
                given = input(question(challenge))
        except EOFError:
            raise unanswered(challenge) from None
        given = given.strip()
        if given:
            return given
        if challenge.can_resend:
            return RESEND


def _write_picture(challenge: Challenge) -> str:
    """Put the picture where a viewer finds it; readable by its owner only."""
    import tempfile

    kind = "." + (challenge.mime or "image/png").rpartition("/")[2]
    with tempfile.NamedTemporaryFile(prefix="captcha-", suffix=kind, delete=False) as file:
        file.write(challenge.image or b"")
        return file.name


def _in_notebook() -> bool:
    """Whether a notebook's kernel runs this."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    return shell is not None and hasattr(shell, "kernel")


def _ask_in_notebook(challenge: Challenge) -> Given:
    from importlib import import_module

    # IPython is there, for it runs this; it is no dependency of the package, and has no stubs of its own.
    import_module("IPython.display").display(challenge)
    try:
        return _read(challenge)
    except import_module("IPython.core.error").StdinNotImplementedError:
        raise unanswered(challenge) from None
