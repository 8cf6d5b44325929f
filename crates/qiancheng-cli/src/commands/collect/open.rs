//! Opens a session: from parameters, from options, and from what the borrower is asked.

use qiancheng::blocking::{Client, Session};
use qiancheng::personal::Secret;
use qiancheng::session::{Login, SessionKind};
use qiancheng::{ErrorKind, Outcome};
use serde_json::{Map, Value};

use super::{Collect, bank};
use crate::ask::Asker;
use crate::failure::{Failure, Result};
use crate::settings::variable;

/// What is known of an opening so far, and whom to ask for the rest.
pub(super) struct Opening<'a> {
    kind: SessionKind,
    params: Map<String, Value>,
    pub(super) asker: &'a mut Asker,
}

impl<'a> Opening<'a> {
    /// Takes the parameters, and the options over them.
    pub(super) fn new(collect: &Collect, asker: &'a mut Asker) -> Result<Self> {
        let mut params = match &collect.params {
            None => Map::new(),
            Some(params) => match params.read()? {
                Value::Object(params) => params,
                _ => return Err(Failure::invalid("", "the parameters must be a JSON object")),
            },
        };
        let options = [
            ("name", &collect.name),
            ("id_card", &collect.id_card),
            ("mobile", &collect.mobile),
            ("account", &collect.account),
            ("entry_id", &collect.entry_id),
            ("login_name", &collect.login_name),
        ];
        for (name, value) in options {
            if let Some(value) = value {
                params.insert(name.to_owned(), value.as_str().into());
            }
        }
        Ok(Self { kind: collect.kind.session(), params, asker })
    }

    /// Asks for what is missing, and opens the session.
    pub(super) fn open(mut self, client: &Client) -> Result<Session> {
        self.ask("name", "姓名 Name as on the ID card")?;
        self.ask("id_card", "身份证号 ID number")?;
        self.ask("mobile", "手机号 Mobile number")?;
        match self.kind {
            SessionKind::Telecom => {
                self.secret(
                    "service_password",
                    "服务密码 Carrier's service password",
                    "QIANCHENG_SERVICE_PASSWORD",
                )?;
            }
            SessionKind::Degree => {
                self.ask("account", "学信网账号 Account")?;
                self.secret("password", "学信网密码 Password", "QIANCHENG_DEGREE_PASSWORD")?;
            }
            SessionKind::Ebank => {
                let choices = bank::first_version(client)?;
                self.log_in_to_a_bank(&choices)?;
            }
            SessionKind::EbankV2 => return self.open_ebank_v2(client),
        }
        Ok(client.open_session(self.kind, Value::Object(self.params))?)
    }

    /// Its banks are listed by a session that is open.
    fn open_ebank_v2(mut self, client: &Client) -> Result<Session> {
        let mut login = Map::new();
        for name in ["entry_id", "login_name", "password"] {
            if let Some(value) = self.params.shift_remove(name) {
                login.insert(name.to_owned(), value);
            }
        }
        let session = client.open_session(self.kind, Value::Object(std::mem::take(&mut self.params)))?;
        if let Some(provider) = session.provider() {
            let name = match provider {
                1 => "卡牛",
                2 => "坚果",
                3 => "新颜",
                _ => "unknown to this command",
            };
            self.asker.show(&format!("Show the borrower the licence of provider {provider} ({name})."))?;
        }
        self.params = login;
        let choices = bank::second_version(&session)?;
        self.log_in_to_a_bank(&choices)?;
        let login = Login::EbankV2 {
            entry_id: self.text("entry_id")?,
            login_name: self.text("login_name")?.into(),
            password: match self.params.get("password") {
                None | Some(Value::Null) => None,
                Some(_) => Some(Secret::from(self.text("password")?)),
            },
        };
        match session.login(login) {
            // It may have arrived, and must not be sent again: the polls will tell.
            Err(error) if error.outcome() != Outcome::Unknown || error.kind() == ErrorKind::Cancelled => {
                Err(error.into())
            }
            _ => Ok(session),
        }
    }

    /// A way to log in, and what it asks for.
    fn log_in_to_a_bank(&mut self, choices: &[bank::Choice]) -> Result<()> {
        if !self.has("entry_id") {
            let chosen = bank::choose(choices, self.asker)?;
            self.params.insert("entry_id".to_owned(), chosen.into());
        }
        let entry_id = self.text("entry_id")?;
        // One that is not listed may still be right: the vendor is the authority.
        let chosen = choices.iter().find(|choice| choice.entry_id == entry_id);
        let label =
            chosen.and_then(|choice| choice.login_label.clone()).unwrap_or_else(|| "登录名".to_owned());
        self.ask("login_name", &format!("{label} Login name"))?;
        if chosen.is_none_or(|choice| choice.needs_password) {
            self.secret("password", "登录密码 Bank password", "QIANCHENG_BANK_PASSWORD")?;
        }
        Ok(())
    }

    fn has(&self, name: &str) -> bool {
        self.params.contains_key(name)
    }

    fn text(&self, name: &str) -> Result<String> {
        let text = self.params.get(name).and_then(Value::as_str);
        text.map(str::to_owned).ok_or_else(|| Failure::invalid(&format!("/{name}"), "must be a text"))
    }

    fn ask(&mut self, name: &str, question: &str) -> Result<()> {
        if !self.has(name) {
            let answer = self.asker.visible(question, || {
                let option = name.replace('_', "-");
                Failure::invalid(
                    &format!("/{name}"),
                    format!("is missing: give --{option} or --params, or run this at a terminal to be asked"),
                )
            })?;
            self.params.insert(name.to_owned(), answer.into());
        }
        Ok(())
    }

    fn secret(&mut self, name: &str, question: &str, from: &str) -> Result<()> {
        if !self.has(name) {
            let secret = match variable(from) {
                Some(secret) => Secret::from(secret),
                None => self.asker.hidden(question, || {
                    Failure::invalid(
                        &format!("/{name}"),
                        format!("is missing: set {from} or use --params @FILE or -, or run this at a terminal to be asked"),
                    )
                })?,
            };
            self.params.insert(name.to_owned(), secret.expose().into());
        }
        Ok(())
    }
}
