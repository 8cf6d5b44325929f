//! Another library that Rust is in: a program links both.

/// Allocates, formats and catches a panic, so that all of Rust's own library is in it.
#[unsafe(no_mangle)]
pub extern "C" fn beside(number: i32) -> i32 {
    std::panic::set_hook(Box::new(|_| {}));
    let caught = std::panic::catch_unwind(|| format!("{number}").parse::<i32>().map_or_else(|_| panic!("no number"), |it| it + 1));
    caught.unwrap_or(-1)
}
