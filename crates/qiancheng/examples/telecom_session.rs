//! A telecom session without blocking, step by step: `cargo run -p qiancheng --example telecom_session`.
//!
//! The account comes from `QIANCHENG_*`, the borrower's answers from standard input, one a line; an empty line has the
//! captcha sent again.
#![allow(clippy::print_stdout, reason = "an example shows what it gets")]

use std::io::stdin;

use qiancheng::Client;
use qiancheng::api::telecom::{Contact, OpenId, Options};
use qiancheng::session::{Session, Step};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let session = open(&Client::from_env()?).await?;
    let mut steps = session.steps();
    while let Some(step) = steps.next().await {
        match step? {
            Step::Working { status, .. } => println!("{}", status.description.unwrap_or("…")),
            Step::NeedsInput { challenge } => {
                println!("{} (try {})", challenge.prompt(), challenge.attempt());
                let mut answer = String::new();
                stdin().read_line(&mut answer)?;
                match answer.trim() {
                    "" => session.resend(&challenge).await?,
                    answer => session.submit(&challenge, answer).await?,
                }
            }
            Step::Finished => println!("done"),
            over => return Err(format!("no data: {over:?}").into()),
        }
    }
    println!("raw data: {} bytes", session.raw_data().await?.text().len());
    println!("report: {} bytes", session.report().await?.text().len());
    Ok(())
}

async fn open(client: &Client) -> qiancheng::Result<Session> {
    let contact = Contact {
        contact_tel: "13900139000".into(),
        contact_name: "李四".into(),
        contact_type: "1".into(), // a parent
    };
    client
        .telecom()
        .open(OpenId {
            name: "张三".into(),
            id_card: "110101199003070011".into(),
            mobile: "13800138000".into(),
            service_password: "123789".into(),
            options: Some(Options { contacts: vec![contact], ..Options::default() }),
        })
        .await
}
