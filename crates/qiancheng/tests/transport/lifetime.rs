//! Clients come and go: what they leave behind is nothing.

use std::thread;

use serde_json::json;

use crate::support::alone::{alone, descriptors};
use crate::support::{builder, client, opening, person, requests, sandbox, until};

#[test]
fn a_client_may_be_dropped_while_its_clones_are_in_calls() {
    let sandbox = sandbox();
    let client = client(&sandbox);
    client.call("telecom.open_id", opening()).expect("a token");
    sandbox.add_faults(json!({"fault": {"kind": "latency", "ms": 200}})).expect("a fault");
    let calls: Vec<_> = (0..8)
        .map(|_| {
            let clone = client.clone();
            thread::spawn(move || clone.call("telecom.open_id", opening()).map(drop))
        })
        .collect();
    until("all are under way", || requests(&sandbox, "telecom.open_id").len() == 9);
    drop(client);
    for call in calls {
        call.join().expect("no panic").expect("an answer");
    }
}

/// Not more descriptors than before, and a few for whatever else goes on.
#[cfg(target_os = "linux")]
fn leaves_nothing_open(what: &str, mut once: impl FnMut()) {
    // Whatever is opened once and for all is opened now.
    (0..10).for_each(|_| once());
    let before = descriptors();
    (0..1000).for_each(|_| once());
    // The sandbox notices a moment later that a connection has ended.
    until(what, || descriptors() <= before + 5);
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_blocking_clients_leave_nothing_open() {
    alone("lifetime::a_thousand_blocking_clients_leave_nothing_open", &[], || {
        let sandbox = sandbox();
        leaves_nothing_open("descriptors are closed", || {
            client(&sandbox).call("telecom.get_state", json!({"open_id": "a"})).expect_err("no such session");
        });
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_async_clients_leave_nothing_open() {
    alone("lifetime::a_thousand_async_clients_leave_nothing_open", &[], || {
        let sandbox = sandbox();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        leaves_nothing_open("descriptors are closed", || {
            runtime.block_on(async {
                let client = builder(sandbox.base_url()).build().expect("a client");
                client.call("telecom.get_state", json!({"open_id": "a"})).await.expect_err("no such session");
                drop(client);
                // The connection's task sees that nobody wants it any more.
                tokio::task::yield_now().await;
            });
        });
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_thousand_calls_of_one_client_leave_nothing_open() {
    alone("lifetime::a_thousand_calls_of_one_client_leave_nothing_open", &[], || {
        let sandbox = sandbox();
        let client = client(&sandbox);
        leaves_nothing_open("descriptors are closed", || {
            client.call("blacklist.search", person()).expect("an answer");
        });
        assert_eq!(
            requests(&sandbox, "blacklist.search").iter().filter(|entry| entry["connection"] != 1).count(),
            0
        );
    });
}
