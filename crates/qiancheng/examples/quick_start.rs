//! The example of the README: a lookup and a collection, in fifteen lines.
#![allow(clippy::print_stdout, reason = "it is a program that talks")]

use qiancheng::{api::blacklist::Search, api::telecom::OpenId, blocking::Client};

fn main() -> qiancheng::Result<()> {
    let client = Client::from_env()?;
    let person =
        Search { name: "张三".into(), id_card: "110101199003070011".into(), mobile: "13800138000".into() };
    println!("on the blacklist: {}", client.blacklist().search(person.clone())?.is_in);
    let Search { name, id_card, mobile } = person;
    let request = OpenId { name, id_card, mobile, service_password: "862405".into(), options: None };
    let session = client.telecom().open(request)?;
    // Ask the borrower here; the sandbox's captcha is always 123456.
    session.collect(|_challenge| Ok("123456".into()), |step| println!("{step:?}"))?;
    println!("raw data: {} bytes", session.raw_data()?.text().len());
    Ok(())
}
