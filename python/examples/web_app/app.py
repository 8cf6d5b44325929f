"""A collection of telecom data in a web application: the borrower types, the process does not wait.

Between two requests nothing of a collection is in memory. Its session travels in the borrower's cookie, sealed under a
key that only the application has, so any process can take the next request.

    export QIANCHENG_SESSION_KEY=$(openssl rand -base64 32)
    flask --app app run
"""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import secrets
from pathlib import Path
from typing import Union

from flask import Flask, redirect, render_template, request, url_for
from flask import session as cookie
from werkzeug.wrappers import Response

import qiancheng

Page = Union[str, tuple[str, int], Response]

# What the borrower's form asks for.
FIELDS = ("name", "id_card", "mobile", "service_password")


def create_app() -> Flask:
    """Make the application; the merchant's account is in the environment."""
    key = base64.b64decode(os.environ["QIANCHENG_SESSION_KEY"])
    store = Path(os.environ.get("RAW_DATA", "raw"))
    client = qiancheng.Client(save_key=key)

    app = Flask(__name__)
    app.config.update(
        # One secret to keep: the cookie's signature has a key of its own, made from it.
        SECRET_KEY=hashlib.blake2b(key, person=b"cookie").digest(),
        # Keeps other sites from posting in the borrower's name.
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=not app.debug and "WITHOUT_TLS" not in os.environ,
        PERMANENT_SESSION_LIFETIME=datetime.timedelta(minutes=15),
    )

    def resumed() -> qiancheng.Session | None:
        """Find the borrower's collection, if there is one that this application saved."""
        try:
            return client.resume(cookie["collection"])
        except (KeyError, qiancheng.SessionError):
            return None

    def keep(collection: qiancheng.Session) -> None:
        """Save what was asked and answered. To be done after every step: an older save does not know of it."""
        cookie["collection"] = collection.save()

    @app.get("/")
    def form() -> Page:
        return render_template("form.html", given={}, wrong=None)

    @app.post("/open")
    def open_collection() -> Page:
        given = {field: request.form.get(field, "").strip() for field in FIELDS}
        try:
            collection = client.telecom.open(
                name=given["name"],
                id_card=given["id_card"],
                mobile=given["mobile"],
                service_password=given["service_password"],
            )
        except qiancheng.InvalidInputError as error:
            # Nothing was sent. The message names the field, and holds nothing of what was typed.
            return render_template("form.html", given=given, wrong=error.field), 400
        cookie.clear()
        cookie.permanent = True
        cookie["application"] = secrets.token_hex(8)
        keep(collection)
        return redirect(url_for("show"))

    @app.get("/collection")
    def show() -> Page:
        collection = resumed()
        if collection is None:
            return redirect(url_for("form"))
        step = collection.poll()
        keep(collection)
        if isinstance(step, qiancheng.Finished):
            return redirect(url_for("done"))
        return render_template("collection.html", step=step, kind=type(step).__name__)

    @app.post("/answer")
    def answer() -> Page:
        collection = resumed()
        if collection is None:
            return redirect(url_for("form"))
        try:
            if "resend" in request.form:
                collection.resend(request.form["challenge"])
            else:
                collection.submit(request.form["challenge"], request.form["answer"].strip())
        except qiancheng.ChallengeError:
            pass  # Answered twice, or in an old tab: nothing was sent, and the next page asks what is asked now.
        except qiancheng.Error as error:
            if error.outcome != "Unknown":
                raise
            # It may have arrived. The collection remembers that; the next poll tells.
        finally:
            keep(collection)
        return redirect(url_for("show"))

    @app.get("/done")
    def done() -> Page:
        collection = resumed()
        if collection is None:
            return redirect(url_for("form"))
        tables = qiancheng.tables.telecom_raw(collection.raw_data())
        # The document is kept, not only what was made of it: it costs a captcha. Half a year of a person's calls, so the
        # file can be read by this user only, and its name says nothing.
        store.mkdir(mode=0o700, parents=True, exist_ok=True)
        tables.save(store / f"{cookie['application']}.raw")
        return render_template("done.html", calls=len(tables.calls))

    @app.errorhandler(qiancheng.Error)
    def failed(error: qiancheng.Error) -> Page:
        # An error's text holds no personal data, so it may be logged; the borrower is told what to do.
        app.logger.error("%s", error)
        return render_template("failed.html", error=error), 503 if error.retryable else 502

    return app
