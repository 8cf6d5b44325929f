//! A program is compiled with one header and runs with one library. QC_CHECK_ABI() at its start says whether they belong
//! together; the dynamic loader asks the same of the shared library's symbols, which carry versions.

use std::ffi::c_char;

use qiancheng::{Error, ErrorKind, Result};

use crate::argument::text_bytes;
use crate::boundary::fallible;
use crate::error::qc_error;
use crate::status::qc_status;

/// What the header calls `QC_ABI_VERSION`. It changes when a program that was compiled before would break.
pub(crate) const ABI_VERSION: u32 = 1;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The number of the binary interface that the library has; the header's is QC_ABI_VERSION.
///
/// @return the number
#[unsafe(no_mangle)]
pub extern "C" fn qc_abi_version() -> u32 {
    ABI_VERSION
}

/// The library's version, such as `0.1.0`; the header's is QC_VERSION.
///
/// @return a text in ASCII that is always there
#[unsafe(no_mangle)]
pub extern "C" fn qc_version() -> *const c_char {
    const TEXT: &str = concat!(env!("CARGO_PKG_VERSION"), "\0");
    TEXT.as_ptr().cast()
}

/// Whether header and library belong together; called through QC_CHECK_ABI(). A library may be newer than the header, not
/// older, and must have the same binary interface.
///
/// @param header_abi QC_ABI_VERSION
/// @param header_version QC_VERSION
/// @param err where an error goes; may be NULL
/// @return QC_OK, or QC_CONFIG if they do not belong together
#[unsafe(no_mangle)]
pub unsafe extern "C" fn qc_check_abi(
    header_abi: u32,
    header_version: *const c_char,
    err: *mut *mut qc_error,
) -> qc_status {
    // SAFETY: the caller keeps to the header's conventions.
    unsafe { fallible(err, || check(header_abi, text_bytes(header_version, "header_version")?)) }
}

fn check(header_abi: u32, header_version: &[u8]) -> Result<()> {
    let refuse = |words: String| Err(Error::of_binding(ErrorKind::Config, words));
    let asked = numbers(header_version).ok_or_else(|| {
        Error::refused_argument("header_version", "the argument header_version is no version, such as 0.1.0")
    })?;
    let [major, minor, patch] = asked;
    if header_abi != ABI_VERSION {
        return refuse(format!(
            "the program was compiled with the header of qiancheng {major}.{minor}.{patch}, binary interface {header_abi}, \
             and runs with the library {VERSION}, binary interface {ABI_VERSION}: compile it again"
        ));
    }
    // A patch changes no function.
    let own = numbers(VERSION.as_bytes());
    if own.is_some_and(|own| own[..2] < asked[..2]) {
        return refuse(format!(
            "the program was compiled with the header of qiancheng {major}.{minor}.{patch}, and runs with the older library \
             {VERSION}: install the newer library"
        ));
    }
    Ok(())
}

/// Major, minor and patch.
fn numbers(version: &[u8]) -> Option<[u32; 3]> {
    let version = std::str::from_utf8(version).ok()?;
    let mut numbers = version.splitn(3, '.').map(|part| part.parse().ok());
    let (major, minor, patch) = (numbers.next()??, numbers.next()??, numbers.next()??);
    Some([major, minor, patch])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_of_the_same_interface_and_no_newer_version_is_taken() {
        for version in ["0.1.0", "0.1.99", "0.0.7"] {
            assert!(check(1, version.as_bytes()).is_ok(), "{version}");
        }
    }

    #[test]
    fn a_newer_header_or_another_interface_is_refused() {
        let message =
            |abi, version: &str| check(abi, version.as_bytes()).expect_err("refused").message().to_owned();
        assert!(message(2, "0.1.0").contains("compile it again"));
        assert!(message(1, "0.2.0").contains("install the newer library"));
        assert!(message(1, "1.0.0").contains("install the newer library"));
        for version in ["", "1", "1.x.0", "a.b.c", "99999999999.0.0"] {
            assert!(message(1, version).contains("is no version"), "{version}");
        }
    }
}
