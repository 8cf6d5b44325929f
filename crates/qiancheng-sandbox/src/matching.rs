//! Which calls a fault rule or a scripted answer is for.

use http::Method;
use serde::Deserialize;

use crate::error::ControlError;
use crate::routes;

/// The endpoint every client calls by itself: it is only ever matched by name, so that a rule without a match counts the
/// calls its writer thinks of.
const TOKEN_ENDPOINT: &str = "auth.token";

/// A call, as far as matching looks.
pub(crate) struct Target<'a> {
    pub(crate) endpoint: Option<&'a str>,
    pub(crate) path: &'a str,
    pub(crate) method: &'a Method,
}

/// `{"endpoint": id}`, `{"path": p}`, `{"method": m}`, or several at once. Nothing at all matches every call but
/// `auth.token`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Match {
    endpoint: Option<String>,
    path: Option<String>,
    method: Option<String>,
}

impl Match {
    /// Refuses a match that can't ever be met.
    pub(crate) fn validate(&self) -> Result<(), ControlError> {
        if let Some(id) = self.endpoint.as_deref().filter(|id| !routes::exists(id)) {
            return Err(ControlError::new(format!("match.endpoint: there is no endpoint {id:?}")));
        }
        if let Some(path) = self.path.as_deref().filter(|path| !path.starts_with('/')) {
            return Err(ControlError::new(format!("match.path: {path:?} does not start with /")));
        }
        if let Some(method) = self.method.as_deref()
            && Method::from_bytes(method.to_ascii_uppercase().as_bytes()).is_err()
        {
            return Err(ControlError::new(format!("match.method: {method:?} is not a method")));
        }
        Ok(())
    }

    pub(crate) fn covers(&self, target: &Target<'_>) -> bool {
        let named = self.endpoint.is_some() || self.path.is_some();
        self.endpoint.as_deref().is_none_or(|id| target.endpoint == Some(id))
            && self.path.as_deref().is_none_or(|path| target.path == path)
            && self.method.as_deref().is_none_or(|method| target.method.as_str().eq_ignore_ascii_case(method))
            && (named || target.endpoint != Some(TOKEN_ENDPOINT))
    }
}
