"""A risk officer's journey, from a list of applicants to a decision: against a sandbox in this process.

Nobody in it exists, nothing leaves this machine, and nothing is billed. With the vendor it is the same code, with
``qiancheng.Client()`` in place of ``sandbox.client()``.

    python demo.py [--out DIR] [--seed N] [--applicants N]
"""

from __future__ import annotations

import argparse
import logging
import math
import os
import time
from pathlib import Path

import matplotlib
import pyarrow.parquet

import qiancheng
from qiancheng import tables
from qiancheng.sandbox import Applicant, Sandbox

SHOWN = (
    "in_network_months",
    "call_cnt_90d",
    "peer_cnt_90d",
    "night_call_ratio_90d",
    "top10_call_ratio_180d",
    "max_silence_days_180d",
    "bill_mean_6m",
)


def main() -> None:
    """Go all the way."""
    options = parse()
    options.out.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Sandbox(seed=options.seed, verdicts="risk") as sandbox, sandbox.client(poll_interval=0.15) as client:
        print(f"The sandbox listens on {sandbox.base_url}; the client is {client!r}.")
        people = sandbox.applicants(options.applicants)
        applicant = screen(client, people)
        session = collect(client, applicant)
        document, report = fetch(session, options.out)
        features = measure(document, report, options.out)
        draw(document, report, options.out)
        lose_an_answer(sandbox, client, applicant)
        decide(client, applicant, features)
        account(client)
    print(f"\nIn {options.out}/:")
    for file in sorted(options.out.iterdir()):
        print(f"  {file.name:<20} {file.stat().st_size:>9,} bytes")


def parse() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="A risk officer's journey, against the sandbox.")
    parser.add_argument("--out", type=Path, default=Path("demo-output"), help="where files go (demo-output)")
    parser.add_argument("--seed", type=int, default=7, help="seed of the synthetic people (7)")
    parser.add_argument("--applicants", type=int, default=200, help="how many are screened (200)")
    return parser.parse_args()


def heading(number: int, text: str) -> None:
    """Begin a chapter."""
    print(f"\n\033[1m{number}  {text}\033[0m" if os.isatty(1) else f"\n{number}  {text}")


def screen(client: qiancheng.Client, people: list[Applicant]) -> Applicant:
    """Look everybody up in the blacklist, 32 at a time; go on with one who is not listed."""
    heading(1, f"Screen a list: {len(people)} applicants against the blacklist")
    # Two who will stand out: a number the sandbox lists, and an ID number whose last digit is wrong.
    last = people[1].id_card[-1]
    rows = [
        *people,
        people[0]._replace(mobile=people[0].mobile[:7] + "4444"),
        people[1]._replace(id_card=people[1].id_card[:-1] + ("0" if last != "0" else "1")),
    ]
    started = time.perf_counter()
    results = list(
        client.blacklist.search_many(rows, params=lambda person: person._asdict() | {"defaulted": None})
    )
    took = time.perf_counter() - started
    listed = sum(1 for result in results if result.answer is not None and result.answer.is_in)
    print(
        f"{len(results)} rows in {took:.2f} s: {listed} listed, {sum(1 for each in results if each.error)} refused:"
    )
    for result in results:
        if result.error is not None:
            print(f"  row {result.index}: {result.error}")
    clean = next(each for each in results if each.answer is not None and not each.answer.is_in)
    return clean.row


def collect(client: qiancheng.Client, applicant: Applicant) -> qiancheng.Session:
    """Collect the carrier's data with the borrower, who gets the captcha wrong once."""
    heading(2, "Collect telecom data, with the borrower's help")
    answers = iter(["000000", "123456"])

    def ask(challenge: qiancheng.Challenge) -> str:
        print(f"  asked: {challenge.prompt} (attempt {challenge.attempt})")
        return next(answers)

    def tell(step: object) -> None:
        if isinstance(step, qiancheng.Working):
            print(f"  {step.status.description or step.status}")

    session = client.telecom.collect(
        name=applicant.name,
        id_card=applicant.id_card,
        mobile=applicant.mobile,
        service_password="service-password",
        on_challenge=ask,
        on_progress=tell,
    )
    print(f"  {session!r}")
    return session


def fetch(session: qiancheng.Session, out: Path) -> tuple[tables.TelecomRaw, tables.TelecomReport]:
    """Fetch the raw data and the report, keep the bytes, and read them as tables."""
    heading(3, "Raw data and report, as tables")
    raw = session.raw_data()
    tables.save_raw(out / "raw_data.qraw", raw)
    document, report = tables.telecom_raw(raw), tables.telecom_report(session.report())
    print(document)
    print()
    print(document.calls[["start_time", "use_time", "direction", "peer", "place", "subtotal"]].show(5))
    print()
    failed = [row for row in report.behavior_check if row["score"] == 2]
    print(f"The vendor's report finds {len(failed)} of {len(report.behavior_check)} checks failed:")
    for row in failed[:5]:
        print(f"  {row['check_point']:<20} {row['check_point_cn']}: {row['result']}")
    for table in (document.calls, document.bills):
        pyarrow.parquet.write_table(table.to_arrow(), out / f"{table.name}.parquet")
    return document, report


def measure(document: tables.TelecomRaw, report: tables.TelecomReport, out: Path) -> tables.Features:
    """Compute the row of numbers that a model takes."""
    features = document.features(report=report)
    heading(4, f"{len(features)} features, as of {features.as_of:%Y-%m-%d}")
    said = {each.name: each for each in tables.feature_dictionary()}
    for name in SHOWN:
        value = "missing" if math.isnan(features[name]) else f"{features[name]:,.2f}"
        print(f"  {name:<22} {value:>10}  {said[name].description_zh}")
    pyarrow.parquet.write_table(features.to_arrow(), out / "features.parquet")
    return features


def draw(document: tables.TelecomRaw, report: tables.TelecomReport, out: Path) -> None:
    """Draw the applicant's calls on one page."""
    matplotlib.use("Agg")
    # Fonts that could be nicer are not news here.
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    from matplotlib import pyplot

    figure, places = pyplot.subplots(4, 1, figsize=(10, 15), layout="constrained", height_ratios=[3, 4, 4, 3])
    document.plot.calls_heatmap(axes=places[0])
    document.plot.monthly(axes=places[1])
    document.plot.top_contacts(axes=places[2])
    document.plot.silences(axes=places[3])
    figure.savefig(out / "applicant.png", dpi=110)
    pyplot.close(figure)


def lose_an_answer(sandbox: Sandbox, client: qiancheng.Client, applicant: Applicant) -> None:
    """Show what is known when the network breaks in the middle of a call that may cost money."""
    heading(5, "A bad minute: the gateway breaks")
    sandbox.add_faults({"match": {"endpoint": "blacklist.search"}, "times": 1, "fault": {"kind": "html_502"}})
    person = applicant._asdict() | {"defaulted": None}
    client.call("blacklist.search", {name: value for name, value in person.items() if value is not None})
    print(f"  a search met an HTML 502 and was repeated: {client.stats().repeats} repeat so far")
    sandbox.add_faults(
        {"match": {"endpoint": "telecom.open_id"}, "times": 1, "fault": {"kind": "processed_but_lost"}}
    )
    try:
        client.telecom.open(name=applicant.name, id_card=applicant.id_card, mobile=applicant.mobile)
    except qiancheng.Error as error:
        print(
            f"  opening a session lost its answer and was NOT repeated: outcome {error.outcome}, {type(error).__name__}"
        )


def decide(client: qiancheng.Client, applicant: Applicant, features: tables.Features) -> None:
    """Submit the application to the vendor's audit, encrypted, and wait for the verdict."""
    heading(6, "The risk audit")
    submitted = client.risk.audit(
        name=applicant.name,
        phone=applicant.mobile,
        id_card=applicant.id_card,
        data={
            "order_detail": {
                "order_id": time.time_ns(),
                "amount": 200_000,
                "loan_term": 30,
                "order_time": "2026-01-15 10:00:00",
            },
            "basic_info": {"user_contact": [{"mobile": "13900139000", "name": "张四", "relation": 3}]},
            "user_proof_materia": [{"url": "https://example.com/front.jpg", "type": 1}],
            "user_mobile_contacts": [{"mobile": "13900139000", "name": "张四"}],
            "telecom_data": {"real_name_status": 1, "bill_list": [], "contact_list": []},
        },
    )
    verdict = client.risk.wait(submitted.open_id, timeout=60)
    reason = f", {verdict.reason}" if verdict.reason else ""
    print(f"  {verdict.state}{reason}")
    print(
        f"  (what the sandbox knows, and the vendor would not say: the loan {'went bad' if applicant.defaulted else 'was repaid'})"
    )


def account(client: qiancheng.Client) -> None:
    """Say what all of it took."""
    heading(7, "What it took")
    stats = client.stats()
    print(
        f"  {stats.calls} calls, {stats.attempts} requests, {stats.repeats} repeats, {stats.tokens_fetched} token"
    )


if __name__ == "__main__":
    main()
