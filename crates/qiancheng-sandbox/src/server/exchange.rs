//! One request, from its first byte to its answer: read, understand, note, then script, fault or the vendor's work.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderValue, Method, Request, Response, StatusCode, header, request::Parts};
use http_body_util::Full;
use hyper::body::Incoming;
use serde_json::Value;

use super::Shared;
use super::plan_io::{Connection, Plan};
use super::response::Prepared;
use super::spoil::{self, Sent};
use crate::endpoints::{Call, Reply};
use crate::envelope::{self, Data, Outcome, Refusal};
use crate::faults::Fault;
use crate::journal;
use crate::matching::Target;
use crate::routes::{self, Auth, Route, risk};
use crate::script::Scripted;
use crate::wire::{Encoding, Params, Received, TooLarge, Understood};
use crate::{check, control, wire};

/// What a request came to: its route, its parameters or what is wrong with them, and an audit's data.
struct Asked {
    route: Option<&'static Route>,
    encoding: Encoding,
    params: Result<Params, String>,
    audit_data: Option<Result<Value, String>>,
}

/// Answers one request.
pub(crate) async fn answer(
    shared: Arc<Shared>,
    connection: Arc<Connection>,
    request: Request<Incoming>,
) -> Response<Full<Bytes>> {
    connection.set(Plan::Plain);
    let (parts, body) = request.into_parts();
    let limit = shared.config.max_body_bytes;
    let received = wire::receive(&parts.headers, body, limit).await;
    if control::is_control(parts.uri.path()) {
        return match received {
            Received::Whole(body) => control::answer(&shared, &parts, &body).into_response(),
            Received::Half => Prepared::page(StatusCode::BAD_REQUEST).into_response(),
            Received::TooLarge => too_large(&connection),
        };
    }
    let (understood, bytes) = match received {
        Received::Whole(body) => {
            let bytes = body.len();
            (wire::understand(&parts.method, &parts.uri, &parts.headers, body, limit).await, bytes)
        }
        Received::Half => {
            let params = Err("请求体不完整".to_owned());
            (Ok(Understood { encoding: Encoding::None, params }), 0)
        }
        Received::TooLarge => (Err(TooLarge), 0),
    };
    let Ok(understood) = understood else {
        note_too_large(&shared, &connection, parts);
        return too_large(&connection);
    };
    let asked = ask(&shared, &parts, understood).await;
    let (sent, delay) = exchange(&shared, &connection, parts, asked, bytes).await;
    if let Some(Fault::Latency(time)) = delay {
        tokio::time::sleep(time).await;
    }
    connection.set(sent.plan);
    sent.response.into_response()
}

fn too_large(connection: &Connection) -> Response<Full<Bytes>> {
    connection.set(Plan::Drain);
    let close = HeaderValue::from_static("close");
    Prepared::page(StatusCode::PAYLOAD_TOO_LARGE).with(header::CONNECTION, close).into_response()
}

fn note_too_large(shared: &Shared, connection: &Connection, parts: Parts) {
    let asked = Asked {
        route: routes::at(parts.uri.path()),
        encoding: Encoding::None,
        params: Ok(Params::new()),
        audit_data: None,
    };
    let mut world = shared.world();
    let request = noted(world.clock.now(), connection, parts, &asked, 0);
    let ticket = world.journal.open(request);
    let http_status = Some(StatusCode::PAYLOAD_TOO_LARGE.as_u16());
    world.journal.close(ticket, journal::Result { http_status, ..journal::Result::default() });
}

/// Finds the route, and opens an audit's data where that can take its time.
async fn ask(shared: &Arc<Shared>, parts: &Parts, understood: Understood) -> Asked {
    let route = routes::at(parts.uri.path());
    let mut params = understood.params;
    let mut audit_data = None;
    if route.is_some_and(|route| route.id == risk::AUDIT) {
        // The document says gzip, and gives integers that only JSON can carry.
        let zipped = parts.headers.get(header::CONTENT_ENCODING).is_some_and(|coding| coding == "gzip");
        params = match params {
            Ok(_) if understood.encoding != Encoding::Json => {
                Err("请求体应为 JSON (application/json)".to_owned())
            }
            Ok(_) if !zipped => Err("请求体应以 gzip 压缩 (Content-Encoding: gzip)".to_owned()),
            params => params,
        };
        let data = params.as_ref().ok().and_then(|params| params.get("data")?.as_str()).map(str::to_owned);
        if let Some(data) = data.filter(|data| !data.is_empty()) {
            let shared = Arc::clone(shared);
            let opened = tokio::task::spawn_blocking(move || shared.opener.open(&data)).await;
            audit_data = Some(opened.unwrap_or_else(|error| Err(format!("data 解密中断: {error}"))));
        }
    }
    Asked { route, encoding: understood.encoding, params, audit_data }
}

fn noted(at: i64, connection: &Connection, parts: Parts, asked: &Asked, bytes: usize) -> journal::Request {
    journal::Request {
        at,
        path: parts.uri.path().to_owned(),
        method: parts.method,
        endpoint: asked.route.map(|route| route.id),
        headers: parts.headers,
        encoding: asked.encoding,
        params: asked.params.as_ref().cloned().unwrap_or_default(),
        audit_data: asked.audit_data.as_ref().and_then(|data| data.as_ref().ok()).cloned(),
        connection: connection.number,
        bytes,
    }
}

/// The answer, noted; and the latency it is to be held back by.
async fn exchange(
    shared: &Arc<Shared>,
    connection: &Connection,
    parts: Parts,
    asked: Asked,
    bytes: usize,
) -> (Sent, Option<Fault>) {
    let method = parts.method.clone();
    let (ticket, scripted, fault) = {
        let mut world = shared.world();
        let target =
            Target { endpoint: asked.route.map(|route| route.id), path: parts.uri.path(), method: &method };
        let scripted = world.script.take(&target);
        let fault = match &scripted {
            Some(Scripted::Fault(fault)) => Some(fault.clone()),
            Some(Scripted::Response { .. } | Scripted::Raw { .. }) => None,
            Some(Scripted::Pass) | None => world.faults.strike(&target),
        };
        let now = world.clock.now();
        (world.journal.open(noted(now, connection, parts, &asked, bytes)), scripted, fault)
    };
    let sent = match (scripted, &fault) {
        (Some(Scripted::Response { status, headers, body, gzip, then }), _) => {
            spoil::scripted(Prepared { status, headers, body }, gzip, then)
        }
        (Some(Scripted::Raw { bytes, then }), _) => Sent::replaced(bytes, then, None),
        (_, Some(fault)) if !fault.is_processed() => {
            let (shared_fault, failed) = (fault.clone(), Refusal::unavailable());
            // A bomb takes its time to make.
            let made = tokio::task::spawn_blocking(move || spoil::instead(&shared_fault)).await;
            made.unwrap_or_else(|_| Sent::refusal(failed))
        }
        (_, fault) => {
            let (response, code) = process(shared, &method, asked).await;
            let sent = match fault {
                Some(fault) => spoil::spoiled(fault, response),
                None => Sent::plain(response, None),
            };
            Sent { code, ..sent }
        }
    };
    let fault_name = fault.as_ref().map(Fault::name);
    let body = &sent.response.body;
    let answer = (body.len() <= journal::MOST_ANSWER_BYTES).then(|| body.clone());
    let result = journal::Result { http_status: sent.status, code: sent.code, fault: fault_name, answer };
    shared.world().journal.close(ticket, result);
    (sent, fault)
}

/// The vendor's own answer.
async fn process(shared: &Arc<Shared>, method: &Method, asked: Asked) -> (Prepared, Option<i64>) {
    let Some(route) = asked.route else { return (Prepared::page(StatusCode::NOT_FOUND), None) };
    if route.method != *method {
        let allowed = HeaderValue::from_str(route.method.as_str()).expect("a method is a header value");
        return (Prepared::page(StatusCode::METHOD_NOT_ALLOWED).with(header::ALLOW, allowed), None);
    }
    let outcome = match act(shared, route, &asked) {
        Ok(Reply::Nothing) => Ok(Data::Nothing),
        Ok(Reply::Data(value)) => Ok(Data::Json(value)),
        Ok(Reply::Document(document)) => written(shared, document).await,
        Err(refusal) => Err(refusal),
    };
    (Prepared::json(StatusCode::OK, envelope::write(&outcome)), Some(envelope::code(&outcome)))
}

/// Writes a document, if it was not written a moment ago, where it holds up nobody else.
async fn written(shared: &Arc<Shared>, document: crate::documents::Document) -> Outcome {
    if let Some(json) = shared.writer.recent(&document) {
        return Ok(Data::Written(json));
    }
    let writer = Arc::clone(shared);
    match tokio::task::spawn_blocking(move || writer.writer.write(document)).await {
        Ok(json) => Ok(Data::Written(json)),
        Err(error) => Err(Refusal { code: 1000, msg: format!("系统错误: {error}").into() }),
    }
}

/// Recognises the caller, checks the parameters, and does what the endpoint does.
fn act(shared: &Shared, route: &Route, asked: &Asked) -> Result<Reply, Refusal> {
    let params = asked.params.as_ref().map_err(Refusal::input)?;
    let credential = match route.credential() {
        Some(parameter) => Some(check::credential(&parameter, params)?),
        None => None,
    };
    let mut world = shared.world();
    let merchant = match (route.auth, credential) {
        (Auth::Token, Some(token)) => {
            let now = world.clock.now();
            Some(world.tokens.merchant(token, now).ok_or_else(Refusal::token)?.to_owned())
        }
        (Auth::User, Some(username)) if !shared.config.has_merchant(username) => {
            return Err(Refusal::input("商户账号不存在 username"));
        }
        (Auth::User, Some(username)) => Some(username.to_owned()),
        _ => None,
    };
    check::check(route, params, asked.encoding)?;
    let audit_data = match &asked.audit_data {
        Some(Ok(value)) => Some(value),
        Some(Err(why)) => return Err(Refusal::input(why)),
        None => None,
    };
    let call = Call { config: &shared.config, writer: &shared.writer, params, merchant, audit_data };
    (route.action)(&mut world, &call)
}
