//! `qiancheng call`: one call, by an endpoint's id or by a path.

use clap::Args;
use qiancheng::endpoint::Method;
use serde_json::{Map, Value};

use crate::arguments::help;
use crate::ask::Asker;
use crate::failure::{Failure, Result};
use crate::output;
use crate::params::Params;
use crate::settings::ClientOptions;

/// Make one call and print the answer's data
///
/// It is printed as the vendor sent it, byte for byte.
///
/// ID is one of `qiancheng endpoints`; the merchant's token or username is added where the endpoint wants it. A path in
/// place of an id (`/v2/…`) reaches endpoints that this command does not know: nothing is checked, and a parameter
/// `token` or `username` whose value is null is filled in.
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples:
  qiancheng call blacklist.search --sandbox --params '{\"name\": \"张三\",
    \"id_card\": \"11010519491231002X\", \"mobile\": \"13800138000\"}'
  # Secrets come from stdin or a file
  echo '{\"name\": \"张三\", \"id_card\": \"11010519491231002X\",
    \"mobile\": \"13800138000\", \"service_password\": \"direct\"}' |
    qiancheng call telecom.open_id --sandbox --params -
  # The whole answer
  qiancheng call ebank.bank_info --sandbox --envelope
  # An endpoint by its path
  qiancheng call /v2/blacklist/black-list/search-one --sandbox \\
    --params '{\"token\": null, \"name\": \"张三\",
    \"id_card\": \"11010519491231002X\", \"mobile\": \"13800138000\"}'"))]
pub(crate) struct Call {
    /// The endpoint's id (telecom.get_state), or a path
    id: String,

    /// The parameters: a JSON object, @FILE, or - for stdin
    #[arg(long, value_name = "JSON|@FILE|-", value_parser = Params::parse, allow_hyphen_values = true)]
    params: Option<Params>,

    /// Print the whole answer: code, msg and data
    #[arg(long)]
    envelope: bool,

    /// Call a path with GET in place of POST
    #[arg(long)]
    get: bool,
}

impl Call {
    pub(crate) fn run(&self, options: &ClientOptions) -> Result<()> {
        let params = match &self.params {
            Some(params) => params.read()?,
            None => Value::Object(Map::new()),
        };
        if !params.is_object() {
            return Err(Failure::invalid("", "the parameters must be a JSON object"));
        }
        let by_path = self.id.starts_with('/');
        if self.get && !by_path {
            return Err(Failure::invalid("", "--get is for paths; an endpoint's id knows its method"));
        }
        // A wrong id needs neither an account nor its password.
        if !by_path {
            qiancheng::api::registry::find(&self.id)?;
        }
        let mut asker = Asker::new(self.params == Some(Params::Stdin));
        let connected = options.connect(&mut asker)?;
        let client = &connected.client;
        let answer = if by_path {
            client.call_path(if self.get { Method::GET } else { Method::POST }, &self.id, params)?
        } else {
            client.call(&self.id, params)?
        };
        if self.envelope {
            output::line(String::from_utf8_lossy(answer.body()).trim_end())
        } else {
            output::line(answer.data())
        }
    }
}
