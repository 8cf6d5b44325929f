//! What C holds: a pointer to a tagged box. Making, entering and freeing handles is here, and nowhere else.
//!
//! How the object behind a handle is owned is a type parameter. A [`Boxed`] object lives as long as its handle, so it can
//! only be borrowed; a [`Shared`] one is entered by taking a reference of one's own, so that a call in flight outlives
//! the handle. Entering one as the other, or freeing it as another type, does not compile.
//!
//! C can cast pointers all the same, so each box begins with a tag that says what it is.

use std::ops::Deref;
use std::ptr;
use std::sync::Arc;

use qiancheng::{Error, Result};

/// A type that C knows by name only.
pub(crate) trait Handle: Sized {
    /// What stands behind it.
    type Object: Send + Sync + 'static;
    /// How that is owned.
    type Ownership: Ownership<Self::Object>;
    /// The type's name in C.
    const NAME: &'static str;
    /// What an argument of the type is usually called.
    const ARGUMENT: &'static str;
    /// What its boxes begin with.
    const TAG: u64;
}

/// How the object behind a handle is owned.
pub(crate) trait Ownership<O: 'static> {
    /// What is in the box.
    type Held: 'static;
    /// What a call holds on to.
    type Entered<'a>: Deref<Target = O>;

    fn hold(object: O) -> Self::Held;
    fn enter(held: &Self::Held) -> Self::Entered<'_>;
}

/// The handle is the only owner.
pub(crate) enum Boxed {}

/// The handle is one of several owners: calls in flight, and objects made from this one, are others.
pub(crate) enum Shared {}

impl<O: 'static> Ownership<O> for Boxed {
    type Held = O;
    type Entered<'a> = &'a O;

    fn hold(object: O) -> O {
        object
    }

    fn enter(held: &O) -> &O {
        held
    }
}

impl<O: 'static> Ownership<O> for Shared {
    type Held = Arc<O>;
    type Entered<'a> = Arc<O>;

    fn hold(object: O) -> Arc<O> {
        Arc::new(object)
    }

    fn enter(held: &Arc<O>) -> Arc<O> {
        Arc::clone(held)
    }
}

type Held<H> = <<H as Handle>::Ownership as Ownership<<H as Handle>::Object>>::Held;
pub(crate) type Entered<'a, H> = <<H as Handle>::Ownership as Ownership<<H as Handle>::Object>>::Entered<'a>;

/// The box behind a handle. The tag is first, so that it can be read whatever the box turns out to be.
#[repr(C)]
struct Tagged<T> {
    tag: u64,
    held: T,
}

/// What a freed box's tag becomes, for as long as its memory is not used for something else.
const FREED: u64 = u64::from_ne_bytes(*b"qc freed");

/// Makes a handle, which the caller frees.
pub(crate) fn make<H: Handle>(object: H::Object) -> *mut H {
    let held = H::Ownership::hold(object);
    Box::into_raw(Box::new(Tagged { tag: H::TAG, held })).cast()
}

/// The object behind a handle that may not be NULL; `argument` is what the error calls it.
///
/// # Safety
/// `handle` is NULL, or a handle of this library that is not freed before this returns (before `'a` ends, if the object
/// is [`Boxed`]).
pub(crate) unsafe fn enter<'a, H: Handle>(handle: *const H, argument: &str) -> Result<Entered<'a, H>> {
    // SAFETY: the same is asked of the caller.
    unsafe { enter_optional(handle, argument) }?
        .ok_or_else(|| Error::refused_argument(argument, format!("the argument {argument} is NULL")))
}

/// The same for a handle that may be NULL.
///
/// # Safety
/// As for [`enter`].
pub(crate) unsafe fn enter_optional<'a, H: Handle>(
    handle: *const H,
    argument: &str,
) -> Result<Option<Entered<'a, H>>> {
    if handle.is_null() {
        return Ok(None);
    }
    // SAFETY: the same is asked of the caller.
    let Some(tagged) = (unsafe { tagged(handle) }) else {
        let words = format!("the argument {argument} is no {}, or was freed", H::NAME);
        return Err(Error::refused_argument(argument, words));
    };
    // SAFETY: its tag says that this is a box of the type; that it lives on is asked of the caller.
    Ok(Some(H::Ownership::enter(unsafe { &(*tagged).held })))
}

/// Frees a handle; NULL and what is no handle of the type are left alone.
///
/// # Safety
/// `handle` is NULL, or a handle of this library that was not freed before and that nobody enters or borrows any more.
pub(crate) unsafe fn free<H: Handle>(handle: *mut H) {
    // SAFETY: the same is asked of the caller.
    let Some(tagged) = (unsafe { tagged(handle) }) else { return };
    // SAFETY: the tag says that `make` has made this box of the type, and the caller that this is its only use. The write is
    // volatile, for the compiler sees that nobody may read it, and would leave it out.
    unsafe {
        ptr::write_volatile(&raw mut (*tagged).tag, FREED);
        drop(Box::from_raw(tagged));
    }
}

/// The box behind a pointer, if it is one of the type.
///
/// # Safety
/// `handle` is NULL, or points to a box of this library, of any type.
unsafe fn tagged<H: Handle>(handle: *const H) -> Option<*mut Tagged<Held<H>>> {
    let tagged = handle.cast::<Tagged<Held<H>>>().cast_mut();
    if tagged.is_null() || !tagged.is_aligned() {
        return None;
    }
    // SAFETY: every box begins with a tag, and the pointer is aligned for one. Nothing else is looked at before the tag is
    // known to be right.
    let tag = unsafe { tagged.cast::<u64>().read() };
    (tag == H::TAG).then_some(tagged)
}

/// Says what stands behind a handle.
macro_rules! handle {
    ($name:ident, $argument:literal, $tag:literal, $ownership:ident<$object:ty>) => {
        impl $crate::handle::Handle for $name {
            type Object = $object;
            type Ownership = $crate::handle::$ownership;
            const NAME: &'static str = stringify!($name);
            const ARGUMENT: &'static str = $argument;
            const TAG: u64 = u64::from_ne_bytes(*$tag);
        }
    };
}
pub(crate) use handle;

#[cfg(test)]
mod tests;
