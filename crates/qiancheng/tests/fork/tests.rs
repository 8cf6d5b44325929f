//! The tests, each run in a process of its own.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering::SeqCst};
use std::thread;
use std::time::{Duration, SystemTime};

use fork::{Fork, fork, waitpid};
use qiancheng::blocking::Client;
use qiancheng::{FileStore, StoredToken, TokenKey, TokenStore};
use qiancheng_sandbox::{Sandbox, SandboxConfig};
use serde_json::{Value, json};

macro_rules! tests {
    ($($name:ident),+ $(,)?) => {
        /// Every test by its name.
        pub(crate) const ALL: &[(&str, fn())] = &[$((stringify!($name), $name)),+];
    };
}

tests! {
    parent_and_children_call_at_once,
    children_are_forked_while_other_threads_call,
    children_fetch_a_token_while_another_thread_fetches_one,
    a_child_that_does_not_use_the_client_does_no_harm,
    a_child_that_drops_the_client_does_no_harm,
    a_child_forks_children_of_its_own,
    a_child_uses_the_async_client_of_its_parent,
    a_child_counts_from_where_its_parent_was,
    a_child_forked_while_a_token_is_saved_can_save_one,
}

const PARENT: &str = "13800138001";
const CHILD: &str = "13800138002";

fn start() -> (Sandbox, Client) {
    let sandbox = Sandbox::start(SandboxConfig::default()).expect("a sandbox");
    let client = Client::builder()
        .base_url(sandbox.base_url())
        .account(sandbox.username(), sandbox.password())
        .build_blocking()
        .expect("a client");
    (sandbox, client)
}

/// A search whose journal entry tells whose it was.
fn person(mobile: &str) -> Value {
    json!({"name": "张三", "id_card": "11010519491231002X", "mobile": mobile})
}

fn search(client: &Client, mobile: &str) {
    let answer = client.call("blacklist.search", person(mobile)).expect("an answer");
    assert_eq!(answer.attempts(), 1, "at the first attempt");
}

/// Forks a child that does some work and ends.
fn child(work: impl FnOnce()) -> i32 {
    match fork().expect("a child") {
        Fork::Parent(child) => child,
        Fork::Child => {
            let went_well = catch_unwind(AssertUnwindSafe(work)).is_ok();
            exit(i32::from(!went_well));
        }
    }
}

/// Waits for a child's good end.
fn ended_well(child: i32) {
    assert_eq!(waitpid(child).expect("a child"), 0, "the child's status");
}

/// The connections that searches for a number came over.
fn connections(sandbox: &Sandbox, mobile: &str) -> Vec<u64> {
    sandbox
        .journal()
        .iter()
        .filter(|entry| entry["params"]["mobile"] == mobile)
        .map(|entry| entry["connection"].as_u64().expect("a number"))
        .collect()
}

/// The parent has used one connection all the time, and no child has.
fn parent_was_left_alone(sandbox: &Sandbox, calls: usize) {
    let parents = connections(sandbox, PARENT);
    assert_eq!(parents.len(), calls);
    assert_eq!(
        parents.iter().collect::<BTreeSet<_>>().len(),
        1,
        "one connection for all of the parent's calls"
    );
    assert!(!connections(sandbox, CHILD).contains(&parents[0]), "a child used its parent's connection");
    assert_eq!(requests(sandbox, "auth.token"), 1, "children inherit the token");
}

fn requests(sandbox: &Sandbox, endpoint: &str) -> usize {
    sandbox.journal().iter().filter(|entry| entry["endpoint"] == endpoint).count()
}

fn parent_and_children_call_at_once() {
    const ROUNDS: usize = 200;
    const CHILDREN: usize = 8;
    let (sandbox, client) = start();
    search(&client, PARENT);
    for _ in 0..ROUNDS {
        let children: Vec<i32> = (0..CHILDREN).map(|_| child(|| search(&client, CHILD))).collect();
        search(&client, PARENT);
        children.into_iter().for_each(ended_well);
    }
    assert_eq!(connections(&sandbox, CHILD).len(), ROUNDS * CHILDREN);
    parent_was_left_alone(&sandbox, ROUNDS + 1);
}

/// Runs `work` on other threads, again and again, while `forking` forks.
fn meanwhile(threads: usize, work: impl Fn() + Sync, forking: impl FnOnce()) {
    let enough = AtomicBool::new(false);
    thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    while !enough.load(SeqCst) {
                        work();
                    }
                })
            })
            .collect();
        // The others have to be told to stop, whatever happens here.
        let result = catch_unwind(AssertUnwindSafe(forking));
        enough.store(true, SeqCst);
        for worker in workers {
            worker.join().expect("no panic");
        }
        result.expect("no panic");
    });
}

fn children_are_forked_while_other_threads_call() {
    let (sandbox, client) = start();
    search(&client, PARENT);
    meanwhile(
        4,
        || search(&client, PARENT),
        || {
            for _ in 0..50 {
                let children: Vec<i32> = (0..4).map(|_| child(|| search(&client, CHILD))).collect();
                children.into_iter().for_each(ended_well);
            }
        },
    );
    let parents: BTreeSet<u64> = connections(&sandbox, PARENT).into_iter().collect();
    let children: BTreeSet<u64> = connections(&sandbox, CHILD).into_iter().collect();
    assert!(parents.len() <= 5, "a connection for each thread: {parents:?}");
    assert_eq!(children.len(), 200, "a connection for each child");
    assert!(parents.is_disjoint(&children));
    assert_eq!(requests(&sandbox, "auth.token"), 1);
}

fn children_fetch_a_token_while_another_thread_fetches_one() {
    let (sandbox, client) = start();
    meanwhile(
        2,
        || {
            sandbox.revoke_tokens();
            // Another thread's revocation may hit the new token as well.
            let _ = client.call("blacklist.search", person(PARENT));
        },
        || {
            for _ in 0..50 {
                // Whether the token is good by then is a matter of luck; that an answer comes is not.
                let children: Vec<i32> =
                    (0..4).map(|_| child(|| drop(client.call("blacklist.search", person(CHILD))))).collect();
                children.into_iter().for_each(ended_well);
            }
        },
    );
    assert!(connections(&sandbox, CHILD).len() >= 200);
}

fn a_child_that_does_not_use_the_client_does_no_harm() {
    let (sandbox, client) = start();
    search(&client, PARENT);
    for _ in 0..50 {
        ended_well(child(|| {}));
        search(&client, PARENT);
    }
    parent_was_left_alone(&sandbox, 51);
}

fn a_child_that_drops_the_client_does_no_harm() {
    let (sandbox, client) = start();
    search(&client, PARENT);
    let mut held = Some((sandbox, client));
    for round in 0..50 {
        ended_well(child(|| {
            let (sandbox, client) = held.take().expect("inherited");
            if round % 2 == 0 {
                search(&client, CHILD);
            }
            drop(client);
            drop(sandbox);
        }));
        let (_, client) = held.as_ref().expect("the child dropped its own");
        search(client, PARENT);
    }
    let (sandbox, client) = held.expect("the child dropped its own");
    drop(client);
    parent_was_left_alone(&sandbox, 51);
    assert_eq!(connections(&sandbox, CHILD).len(), 25);
}

fn a_child_forks_children_of_its_own() {
    let (sandbox, client) = start();
    search(&client, PARENT);
    for _ in 0..10 {
        ended_well(child(|| {
            search(&client, CHILD);
            ended_well(child(|| {
                search(&client, CHILD);
                ended_well(child(|| search(&client, CHILD)));
            }));
            search(&client, CHILD);
        }));
        search(&client, PARENT);
    }
    parent_was_left_alone(&sandbox, 11);
    let children = connections(&sandbox, CHILD);
    assert_eq!(children.len(), 40);
    assert_eq!(children.iter().collect::<BTreeSet<_>>().len(), 30, "the middle one kept its connection");
}

fn a_child_uses_the_async_client_of_its_parent() {
    let (sandbox, client) = start();
    let client = client.as_async().clone();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let parents = runtime();
    let search = |runtime: &tokio::runtime::Runtime, mobile| {
        runtime.block_on(client.call("blacklist.search", person(mobile))).expect("an answer");
    };
    search(&parents, PARENT);
    for _ in 0..20 {
        let one = child(|| search(&runtime(), CHILD));
        search(&parents, PARENT);
        ended_well(one);
    }
    parent_was_left_alone(&sandbox, 21);
}

fn a_child_counts_from_where_its_parent_was() {
    let (_sandbox, client) = start();
    search(&client, PARENT);
    ended_well(child(|| {
        search(&client, CHILD);
        assert_eq!(client.stats().calls, 2);
    }));
    assert_eq!(client.stats().calls, 1);
}

fn a_child_forked_while_a_token_is_saved_can_save_one() {
    let directory = tempfile::tempdir().expect("a directory");
    let store = FileStore::new(directory.path()).expect("a store");
    let key = TokenKey { origin: "https://credit.example".to_owned(), username: "demo".to_owned() };
    let issued = SystemTime::now();
    let token = StoredToken { token: "t".into(), issued, ends: issued + Duration::from_secs(3600) };
    let save = || store.save(&key, &token).expect("saved");
    meanwhile(1, save, || {
        for _ in 0..50 {
            ended_well(child(save));
        }
    });
    assert!(store.load(&key).expect("read").is_some());
}
