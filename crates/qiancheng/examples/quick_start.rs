//! The README's fifteen lines: `cargo run -p qiancheng --example quick_start`. Answers are read from standard input.
#![allow(clippy::print_stdout, reason = "an example shows what it gets")]

use qiancheng::{api::blacklist::Search, api::telecom::OpenId, blocking::Client};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::from_env()?;
    let who =
        Search { name: "张三".into(), id_card: "110101199003070011".into(), mobile: "13800138000".into() };
    println!("on the blacklist: {}", client.blacklist().search(who.clone())?.is_in);
    let Search { name, id_card, mobile } = who;
    let request = OpenId { name, id_card, mobile, service_password: "123789".into(), options: None };
    let session = client.telecom().open(request)?;
    let typed = || std::io::stdin().lines().map_while(Result::ok).next().unwrap_or_default();
    session.collect(|_| Ok(typed().into()), |step| println!("{step:?}"))?;
    println!("raw data: {} bytes", session.raw_data()?.text().len());
    Ok(())
}
