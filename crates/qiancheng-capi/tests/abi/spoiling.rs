//! Each function of the header with each of its arguments spoiled in turn: what the header says about NULL is held to, what
//! is wrong is found and named, and no place is written to.

use std::ffi::{CStr, c_char};
use std::ptr;

use arrow_array::ffi_stream::FFI_ArrowArrayStream as ArrowArrayStream;
use qiancheng_capi::error::qc_error;
use qiancheng_capi::owned::qc_text;
use qiancheng_capi::status::qc_status;

use crate::every_function::FUNCTIONS;
use crate::good::Good;
use crate::support::{Failure, Freed, Vendor, run};

/// A function of the header.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    /// Whether it returns a status.
    pub(crate) fails: bool,
    pub(crate) arguments: &'static [Argument],
    pub(crate) run: fn(&Good, Spoiled) -> Ran,
}

pub(crate) struct Argument {
    pub(crate) name: &'static str,
    /// Whether the header says that it may be NULL.
    pub(crate) nullable: bool,
    pub(crate) sort: Sort,
}

/// What can be spoiled about an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    Handle,
    Text,
    Bytes,
    Value,
    Place,
    Error,
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum How {
    Null,
    /// One byte beyond what is aligned.
    Crooked,
    /// A handle of another type.
    Other,
    /// A text that is none in UTF-8.
    Invalid,
}

/// Which argument is spoiled, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spoiled {
    index: usize,
    how: How,
}

impl Spoiled {
    fn at(self, index: usize) -> Option<How> {
        (self.index == index).then_some(self.how)
    }

    pub(crate) fn handle<T: Freed>(self, index: usize, good: (*mut T, *mut qc_text)) -> *mut T {
        match self.at(index) {
            None | Some(How::Invalid) => good.0,
            Some(How::Null) => ptr::null_mut(),
            Some(How::Crooked) => good.0.cast::<u8>().wrapping_add(1).cast(),
            Some(How::Other) => good.1.cast(),
        }
    }

    pub(crate) fn text(self, index: usize, good: &CStr) -> *const c_char {
        match self.at(index) {
            None | Some(How::Crooked | How::Other) => good.as_ptr(),
            Some(How::Null) => ptr::null(),
            Some(How::Invalid) => c"\xd5\xc5".as_ptr(),
        }
    }

    pub(crate) fn bytes(self, index: usize, good: &[u8]) -> *const u8 {
        if self.at(index).is_some() { ptr::null() } else { good.as_ptr() }
    }

    pub(crate) fn value<T>(self, index: usize, good: &'static T) -> *const T {
        self.pointer(index, ptr::from_ref(good).cast_mut())
    }

    pub(crate) fn error(self, index: usize, good: &mut *mut qc_error) -> *mut *mut qc_error {
        self.pointer(index, good)
    }

    fn pointer<T>(self, index: usize, good: *mut T) -> *mut T {
        match self.at(index) {
            Some(How::Null) => ptr::null_mut(),
            Some(How::Crooked) => good.cast::<u8>().wrapping_add(1).cast(),
            _ => good,
        }
    }
}

/// A place for a result, with something in it that is no result.
pub(crate) struct Place<T: Sentinel>(T);

pub(crate) trait Sentinel {
    /// What a place holds before.
    fn sentinel() -> Self;
    /// Whether that is still there.
    fn is_untouched(&self) -> bool;
    /// Gives back what has been written.
    unsafe fn release(&mut self) {}
}

impl<T: Sentinel> Place<T> {
    pub(crate) fn new() -> Self {
        Self(T::sentinel())
    }

    pub(crate) fn spoiled(&mut self, index: usize, spoiled: Spoiled) -> *mut T {
        spoiled.pointer(index, &raw mut self.0)
    }
}

impl<T: Sentinel> Drop for Place<T> {
    fn drop(&mut self) {
        if !self.0.is_untouched() {
            unsafe { self.0.release() };
        }
    }
}

/// Whether a place was written to.
pub(crate) trait Untouched {
    fn is_untouched(&self) -> bool;
}

impl<T: Sentinel> Untouched for Place<T> {
    fn is_untouched(&self) -> bool {
        self.0.is_untouched()
    }
}

macro_rules! numbers {
    ($($number:ty = $sentinel:literal),+) => {
        $(impl Sentinel for $number {
            fn sentinel() -> Self {
                $sentinel
            }
            #[allow(clippy::float_cmp, reason = "it is that very number or not")]
            fn is_untouched(&self) -> bool {
                *self == $sentinel
            }
        })+
    };
}

// A flag has no value of its own for this; that of the tests is never written by what they spoil.
numbers!(bool = true, i32 = 0x5a5a, i64 = 0x5a5a, u64 = 0x5a5a, usize = 0x5a5a, f64 = 90.9);

impl<T: Freed> Sentinel for *mut T {
    fn sentinel() -> Self {
        ptr::dangling_mut()
    }
    fn is_untouched(&self) -> bool {
        *self == ptr::dangling_mut()
    }
    unsafe fn release(&mut self) {
        unsafe { T::free(*self) }
    }
}

impl<T> Sentinel for *const T {
    fn sentinel() -> Self {
        ptr::dangling()
    }
    fn is_untouched(&self) -> bool {
        *self == ptr::dangling()
    }
}

impl Sentinel for ArrowArrayStream {
    fn sentinel() -> Self {
        Self::empty()
    }
    fn is_untouched(&self) -> bool {
        unsafe { ptr::from_ref(self).cast::<[usize; 5]>().read() == [0; 5] }
    }
}

/// What came of it.
pub(crate) struct Ran {
    /// Of a function that cannot fail: whether it gave 0, false or NULL.
    gave_nothing: bool,
    result: Result<(), Failure>,
    untouched: bool,
}

impl Ran {
    pub(crate) fn with(gave: &impl Nothing) -> Self {
        Self { gave_nothing: gave.is_nothing(), result: Ok(()), untouched: true }
    }

    pub(crate) fn with_status(status: qc_status, err: *mut qc_error) -> Self {
        let result = if err.is_null() && status != qc_status::QC_OK {
            let none = String::new;
            Err(Failure { status, field: none(), message: none(), outcome: none() })
        } else {
            run(|place| {
                unsafe { place.write(err) };
                status
            })
        };
        Self { gave_nothing: false, result, untouched: true }
    }

    pub(crate) fn places(self, places: &[&dyn Untouched]) -> Self {
        Self { untouched: places.iter().all(|place| place.is_untouched()), ..self }
    }
}

/// What a function gives that has nothing to give.
pub(crate) trait Nothing {
    fn is_nothing(&self) -> bool;
}

macro_rules! nothings {
    ($($kind:ty),+) => {
        $(impl Nothing for $kind {
            fn is_nothing(&self) -> bool {
                *self == Self::default()
            }
        })+
    };
}

nothings!((), bool, i32, i64, u32, usize);

impl<T> Nothing for *const T {
    fn is_nothing(&self) -> bool {
        self.is_null()
    }
}

/// Runs every function with every argument of some sorts spoiled.
fn each(how: How, sorts: &[Sort], check: impl Fn(&Function, &Argument, Ran)) {
    let vendor = Vendor::start();
    let good = Good::new(&vendor);
    let mut ran = 0;
    for function in FUNCTIONS {
        for (index, argument) in function.arguments.iter().enumerate() {
            if sorts.contains(&argument.sort) {
                check(function, argument, (function.run)(&good, Spoiled { index, how }));
                ran += 1;
            }
        }
    }
    assert!(ran > 10, "the table is there");
}

/// That a function has found an argument, and written nowhere.
fn found(function: &Function, argument: &Argument, ran: &Ran, words: &str) {
    let name = format!("{}, {}", function.name, argument.name);
    let Err(failure) = &ran.result else { panic!("{name}: went well") };
    // What an endpoint lacks, the endpoint says.
    let member = format!("/{}", argument.name.trim_end_matches("_json"));
    assert!([argument.name, &member].contains(&failure.field.as_str()), "{name}: {failure:?}");
    assert!(failure.field.starts_with('/') || failure.message.contains(words), "{name}: {failure:?}");
    assert!(
        [qc_status::QC_INVALID_INPUT, qc_status::QC_CONFIG].contains(&failure.status),
        "{name}: {failure:?}"
    );
    assert_eq!(failure.outcome, "NotSent", "{name}");
    assert!(ran.untouched, "{name}: a place was written to");
}

#[test]
fn null_is_what_the_header_says_it_is_everywhere() {
    let sorts = [Sort::Handle, Sort::Text, Sort::Bytes, Sort::Value, Sort::Place, Sort::Error];
    each(How::Null, &sorts, |function, argument, ran| {
        let name = format!("{}, {}", function.name, argument.name);
        match (function.fails, argument.nullable) {
            (true, false) => found(function, argument, &ran, "is NULL"),
            (true, true) => {
                if let Err(failure) = ran.result {
                    assert_ne!(failure.field, argument.name, "{name}: {failure:?}");
                }
            }
            (false, nullable) => {
                assert!(
                    nullable || argument.sort == Sort::Place,
                    "{name}: the header forbids NULL, and cannot refuse it"
                );
                assert!(
                    argument.sort != Sort::Handle || ran.gave_nothing,
                    "{name}: something came of nothing"
                );
            }
        }
    });
}

#[test]
fn a_handle_of_another_type_is_found_everywhere() {
    each(How::Other, &[Sort::Handle], |function, argument, ran| {
        if function.fails {
            found(function, argument, &ran, "or was freed");
        } else {
            assert!(ran.gave_nothing, "{}", function.name);
        }
    });
}

#[test]
fn a_crooked_pointer_is_found_everywhere() {
    each(How::Crooked, &[Sort::Handle, Sort::Place, Sort::Value], |function, argument, ran| {
        // A flag fits everywhere.
        if !function.fails {
            assert!(argument.sort != Sort::Handle || ran.gave_nothing, "{}", function.name);
        } else if function.name != "qc_answer_bool" || argument.sort == Sort::Handle {
            let words = if argument.sort == Sort::Handle { "or was freed" } else { "is not aligned" };
            found(function, argument, &ran, words);
        }
    });
}

#[test]
fn a_crooked_place_for_an_error_gets_none() {
    each(How::Crooked, &[Sort::Error], |_, _, _| {});
}

#[test]
fn invalid_text_is_found_everywhere_and_not_repeated() {
    // Options read their texts when a client is made.
    let later = |function: &Function| {
        ["account", "base_url", "token_store", "path", "proxy", "user_agent"]
            .iter()
            .any(|setting| function.name == format!("qc_options_set_{setting}"))
    };
    each(How::Invalid, &[Sort::Text], |function, argument, ran| {
        if !later(function) {
            found(function, argument, &ran, "");
        }
    });
}
