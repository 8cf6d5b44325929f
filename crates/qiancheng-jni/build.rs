//! Says how the library is linked.

fn main() {
    // Threads that made a call have something of AWS-LC to clean up at their end, even when the web application has been
    // unloaded that the library came with: it stays where it is.
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-z,nodelete");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
