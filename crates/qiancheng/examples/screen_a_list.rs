//! Looks many people up in the blacklist at once: `cargo run -p qiancheng --example screen_a_list < people.csv`.
//!
//! Reads `name,id_card,mobile`, one a line, and prints what came of each in the same order. The threads share one
//! client, its token and its connections; what fails does not stop the rest.
#![allow(clippy::print_stdout, reason = "an example shows what it gets")]

use std::io::stdin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;

use qiancheng::api::blacklist::Search;
use qiancheng::blocking::Client;

const THREADS: usize = 4;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let lines: Vec<String> = stdin().lines().collect::<Result<_, _>>()?;
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((number, line)) =
            Some(next.fetch_add(1, Relaxed)).and_then(|n| Some((n, lines.get(n)?)))
        {
            done.push((number, screen(&client, line)));
        }
        done
    };
    let mut results: Vec<(usize, String)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|thread| thread.join().expect("no panic")).collect()
    });
    results.sort_unstable();
    for (number, result) in results {
        println!("{}: {result}", number + 1);
    }
    let stats = client.stats();
    println!("{} calls, {} tokens fetched", stats.calls, stats.tokens_fetched);
    Ok(())
}

fn screen(client: &Client, line: &str) -> String {
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let &[name, id_card, mobile] = &fields[..] else { return "not name,id_card,mobile".to_owned() };
    let person = Search { name: name.into(), id_card: id_card.into(), mobile: mobile.into() };
    let shown = format!("{} {}", person.name, person.mobile); // masked
    match client.blacklist().search(person) {
        Ok(hit) if hit.is_in => format!("{shown} is on the blacklist"),
        Ok(_) => format!("{shown} is not"),
        Err(error) => format!("{shown}: {error}"),
    }
}
