//! Starting and stopping.

use std::net::{SocketAddr, TcpStream};

use qiancheng_sandbox::{AuditKey, Sandbox, SandboxConfig, StartError, serve_until};
use serde_json::Value;

use crate::support::{Vendor, assert_ok};

fn address(base_url: &str) -> SocketAddr {
    base_url.strip_prefix("http://").unwrap().parse().unwrap()
}

#[test]
fn dropping_it_stops_it_and_frees_its_port() {
    let mut vendor = Vendor::start();
    let address = address(vendor.sandbox.base_url());
    assert_ok(&vendor.search().json());
    let mut wire = vendor.connect();
    drop(vendor);
    assert!(TcpStream::connect(address).is_err());
    assert!(wire.try_read().is_none(), "open connections end too");
    let again = Sandbox::start(SandboxConfig { listen: address, ..SandboxConfig::default() }).unwrap();
    assert_eq!(again.base_url(), format!("http://{address}"));
}

#[test]
fn it_stays_on_loopback_unless_told_otherwise() {
    let listen = "0.0.0.0:0".parse().unwrap();
    let refused = Sandbox::start(SandboxConfig { listen, ..SandboxConfig::default() });
    assert!(matches!(refused, Err(StartError::NotLoopback(_))));
    assert!(Sandbox::start(SandboxConfig { listen, allow_remote: true, ..SandboxConfig::default() }).is_ok());
}

#[test]
fn a_taken_port_is_an_error() {
    let first = Sandbox::start(SandboxConfig::default()).unwrap();
    let listen = address(first.base_url());
    let second = Sandbox::start(SandboxConfig { listen, ..SandboxConfig::default() });
    assert!(matches!(second, Err(StartError::Listen { .. })));
}

#[test]
fn the_ready_line_has_what_a_caller_needs() {
    let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
    let ready = serde_json::to_value(sandbox.ready()).unwrap();
    let names: Vec<&String> = ready.as_object().unwrap().keys().collect();
    assert_eq!(names, ["base_url", "username", "password", "audit_public_key"]);
    assert_eq!(
        (&ready["username"], &ready["password"]),
        (&Value::from("demo"), &Value::from("demo-password"))
    );
    assert!(sandbox.audit_public_key_pem().starts_with("-----BEGIN PUBLIC KEY-----\n"));
}

#[test]
fn audit_keys_can_be_brought_or_made() {
    let start = |audit_key| Sandbox::start(SandboxConfig { audit_key, ..SandboxConfig::default() });
    let made = [start(AuditKey::Generated(1024)).unwrap(), start(AuditKey::Generated(1024)).unwrap()];
    assert_ne!(made[0].audit_public_key_pem(), made[1].audit_public_key_pem());
    assert!(matches!(start(AuditKey::Generated(512)), Err(StartError::AuditKey(_))));
    assert!(matches!(start(AuditKey::Pem("nonsense".to_owned())), Err(StartError::AuditKey(_))));
    let published = include_str!("../../keys/sandbox_audit_key.pem");
    assert!(start(AuditKey::Pem(published.to_owned())).is_ok());
}

#[test]
fn it_can_serve_on_a_runtime_that_is_there_already() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut address = None;
    let answered = runtime.block_on(async {
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (tell, told) = tokio::sync::oneshot::channel();
        let serving = serve_until(SandboxConfig::default(), async { drop(stopped.await) }, |ready| {
            tell.send(ready.base_url.clone()).unwrap();
        });
        let calling = async {
            let base_url = told.await.unwrap();
            let path = format!("{base_url}/__sandbox/clock");
            address = Some(base_url);
            let socket = tokio::net::TcpStream::connect(path.split('/').nth(2).unwrap()).await.unwrap();
            let connected = socket.peer_addr().is_ok();
            drop(stop);
            connected
        };
        let (served, answered) = tokio::join!(serving, calling);
        served.unwrap();
        answered
    });
    assert!(answered);
    let address = address.unwrap();
    assert!(TcpStream::connect(address.strip_prefix("http://").unwrap()).is_err(), "it stopped");
}

#[test]
fn it_can_be_started_and_dropped_inside_a_runtime() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let sandbox = Sandbox::start(SandboxConfig::default()).unwrap();
        assert!(sandbox.base_url().starts_with("http://127.0.0.1:"));
    });
}
