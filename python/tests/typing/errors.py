"""What a type checker knows of errors. Checked, never run."""

from __future__ import annotations

from typing_extensions import assert_type

from qiancheng import Client, Error, InvalidInputError, RejectedError


def caught(client: Client) -> None:
    try:
        client.call("blacklist.search", {})
    except InvalidInputError as error:
        assert_type(error.field, "str | None")
    except RejectedError as error:
        assert_type(error.code, "int | None")
    except Error as error:
        assert_type(error.kind, str)
        assert_type(error.retryable, bool)
        if error.outcome == "Unknown":
            assert_type(error.attempts, int)
