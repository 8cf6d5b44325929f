//! Banks and the ways to log in to them: one list from both versions of the interface.

use qiancheng::api::ebank::{BankInfo, Input};
use qiancheng::blocking::{Client, Session};

use crate::ask::Asker;
use crate::failure::{Failure, Result};
use crate::text::{left, right, width};

/// A way to log in to a bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) entry_id: String,
    bank: String,
    title: String,
    cards: &'static str,
    /// What the bank calls the login name.
    pub(super) login_label: Option<String>,
    pub(super) needs_password: bool,
    /// Why one cannot log in this way, if so.
    closed: Option<String>,
}

/// The banks of §5.1.1.
pub(super) fn first_version(client: &Client) -> Result<Vec<Choice>> {
    let banks = client.ebank().bank_info(BankInfo {})?.into_inner();
    let mut choices = Vec::new();
    for bank in banks {
        let name = bank.bank_name.unwrap_or_default();
        for login in bank.login_types {
            let closed = (bank.disable || login.disable)
                .then(|| login.disable_reason.or_else(|| bank.disable_reason.clone()).unwrap_or_default());
            choices.extend(choice(
                &name,
                login.entry_id,
                login.title,
                login.entry_type,
                &login.inputs,
                closed,
            ));
        }
    }
    Ok(choices)
}

/// The banks of §6.1.2.
pub(super) fn second_version(session: &Session) -> Result<Vec<Choice>> {
    let banks = session.banks()?.into_inner();
    let mut choices = Vec::new();
    for bank in banks {
        let name = bank.bank_name.unwrap_or_default();
        for login in bank.login_types {
            choices.extend(choice(&name, login.entry_id, login.title, login.entry_type, &login.inputs, None));
        }
    }
    Ok(choices)
}

fn choice(
    bank: &str,
    entry_id: Option<String>,
    title: Option<String>,
    entry_type: Option<i64>,
    inputs: &[Input],
    closed: Option<String>,
) -> Option<Choice> {
    let named = |wanted: &str| inputs.iter().find(|input| input.name.as_deref() == Some(wanted));
    Some(Choice {
        entry_id: entry_id?,
        bank: bank.to_owned(),
        title: title.unwrap_or_default(),
        cards: match entry_type {
            Some(0) => "credit and debit",
            Some(1) => "credit",
            Some(2) => "debit",
            _ => "",
        },
        login_label: named("login_name").and_then(|input| input.label.clone()),
        // A form that is not described may have anything in it.
        needs_password: inputs.is_empty() || named("password").is_some(),
        closed,
    })
}

/// Has one chosen from a numbered list.
pub(super) fn choose(choices: &[Choice], asker: &mut Asker) -> Result<String> {
    let missing = || {
        Failure::invalid(
            "/entry_id",
            "is missing: give --entry-id, or run this at a terminal to choose from a list",
        )
    };
    if !asker.is_terminal() {
        return Err(missing());
    }
    asker.show(&list(choices))?;
    loop {
        let answer = asker.visible("编号 Number of the way to log in", missing)?;
        let chosen = answer.parse::<usize>().ok().and_then(|number| choices.get(number.checked_sub(1)?));
        match chosen {
            Some(Choice { closed: Some(reason), .. }) => {
                asker.show(&format!("This one is out of service: {reason}"))?;
            }
            Some(choice) => return Ok(choice.entry_id.clone()),
            None => asker.show(&format!("Enter a number from 1 to {}.", choices.len()))?,
        }
    }
}

fn list(choices: &[Choice]) -> String {
    let widest =
        |text: fn(&Choice) -> &str| choices.iter().map(|choice| width(text(choice))).max().unwrap_or(0);
    let (bank, title, cards) =
        (widest(|choice| &choice.bank), widest(|choice| &choice.title), widest(|choice| choice.cards));
    let lines = choices.iter().enumerate().map(|(index, choice)| {
        let closed =
            choice.closed.as_deref().map_or_else(String::new, |reason| format!("  (停用: {reason})"));
        let number = right(&(index + 1).to_string(), 3);
        let line = format!(
            "{number}  {}  {}  {}  {}{closed}",
            left(&choice.bank, bank),
            left(&choice.title, title),
            left(choice.cards, cards),
            choice.entry_id,
        );
        line.trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_without_a_described_form_may_need_a_password() {
        let one = choice("招商银行", Some("cmb-id".to_owned()), None, Some(1), &[], None).expect("a choice");
        assert!(one.needs_password);
        assert_eq!(
            choice("招商银行", None, None, None, &[], None),
            None,
            "what cannot be named cannot be chosen"
        );
    }
}
