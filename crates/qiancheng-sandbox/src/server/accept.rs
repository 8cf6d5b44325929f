//! Listening, and one task a connection.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpSocket};
use tokio::task::JoinSet;

use super::Shared;
use super::exchange;
use super::plan_io::{Connection, PlanIo};

/// Connections that may wait to be accepted.
const BACKLOG: u32 = 4096;
/// How long to wait when there are no more file descriptors.
const BREATHER: Duration = Duration::from_millis(20);

/// Listens on an address.
pub(crate) fn listen(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = if address.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    // A port that was in use a moment ago can be had again at once. (On Windows the option means something else.)
    #[cfg(not(windows))]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(BACKLOG)
}

/// Serves until told to stop.
pub(crate) async fn serve(listener: TcpListener, shared: Arc<Shared>, stop: impl Future<Output = ()>) {
    tokio::pin!(stop);
    let mut number = 0;
    // Ends every connection with it when it is dropped.
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            biased;
            () = &mut stop => return,
            accepted = listener.accept() => match accepted {
                Ok((socket, _)) => {
                    number += 1;
                    while connections.try_join_next().is_some() {}
                    connections.spawn(attend(socket, number, Arc::clone(&shared)));
                }
                // Out of file descriptors, or a caller that left before it was let in: neither ends the sandbox.
                Err(_) => tokio::time::sleep(BREATHER).await,
            },
        }
    }
}

async fn attend(socket: tokio::net::TcpStream, number: u64, shared: Arc<Shared>) {
    // Only a matter of speed; a socket that refuses it still works.
    let _ = socket.set_nodelay(true);
    let connection = Arc::new(Connection::new(number));
    let io = TokioIo::new(PlanIo::new(socket, Arc::clone(&connection)));
    let service = service_fn(move |request| {
        let (shared, connection) = (Arc::clone(&shared), Arc::clone(&connection));
        async move { Ok::<_, Infallible>(exchange::answer(shared, connection, request).await) }
    });
    // Ends with an error when the caller breaks off or does not speak HTTP; there is nobody left to tell.
    let _ = http1::Builder::new().half_close(true).serve_connection(io, service).await;
}
