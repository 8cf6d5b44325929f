//! Who is compared: each does the same work with its own means, and checks what came back.

pub(crate) mod bare;
pub(crate) mod c_program;
pub(crate) mod libcurl;
pub(crate) mod ours;
pub(crate) mod reqwest_async;
pub(crate) mod reqwest_blocking;
