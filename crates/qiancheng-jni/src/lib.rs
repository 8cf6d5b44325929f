//! The native half of the Java library: the natives of `io.qiancheng.Native`. They translate, and hold no logic of their own.
//!
//! - **Text crosses as UTF-8 bytes.** Java's own way of handing text over mangles rare characters and emoji.
//! - **Objects cross as numbers** ([`handles`]): one that is closed, or was never given out, is refused.
//! - **Every native is a panic boundary** ([`boundary`]) that throws.
//! - **A call runs on the thread that makes it** ([`waiting`]). No thread is started or left attached, and nothing here holds a
//!   class of Java's: a web application can be unloaded.

mod answers;
mod arrays;
mod boundary;
mod client;
mod handles;
mod reading;
mod session;
mod waiting;

use std::ffi::c_void;

use jni::sys::{JNI_VERSION_1_8, JavaVM, jint};

/// What `io.qiancheng.Native` and this library must agree on: the natives, and what crosses. Raised with every change.
const ABI_VERSION: jint = 1;

/// Java asks which version of its interface is needed.
#[unsafe(no_mangle)]
extern "system" fn JNI_OnLoad(_vm: *mut JavaVM, _reserved: *mut c_void) -> jint {
    boundary::tell_defects_without_their_words();
    JNI_VERSION_1_8
}

/// The classes that used this library are gone, and with them whoever could close what is still open.
#[unsafe(no_mangle)]
extern "system" fn JNI_OnUnload(_vm: *mut JavaVM, _reserved: *mut c_void) {
    // Nobody is left to be told of a panic.
    drop(std::panic::catch_unwind(handles::release_all));
}
