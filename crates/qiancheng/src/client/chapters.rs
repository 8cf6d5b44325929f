//! The endpoints as methods, grouped by the chapters of the vendor's document.

macro_rules! async_methods {
    ($(#[$chapter_doc:meta])* $chapter:ident $group:ident {
        $($(#[doc = $summary:literal])+ $name:ident: $request:ty => $answer:ty,
          $section:literal, $method:ident $path:literal, $auth:ident, $repeat:ident $(, $trait:ident)*;)+
    }) => {
        $(#[$chapter_doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $group<'a>(pub(crate) &'a crate::Client);

        impl $group<'_> {
            $($(#[doc = $summary])+
            #[doc = concat!("\n\n`", stringify!($chapter), ".", stringify!($name), "`, §", $section, ", `", stringify!($method), " ", $path, "`.")]
            pub async fn $name(&self, request: $request) -> crate::Result<crate::Reply<$answer>> {
                self.0.send(request).await
            })+
        }

        impl crate::Client {
            $(#[$chapter_doc])*
            pub fn $chapter(&self) -> $group<'_> {
                $group(self)
            }
        }
    };
}

macro_rules! chapters {
    ($($chapter:ident $group:ident),+ $(,)?) => {
        $(mod $chapter {
            #[allow(clippy::wildcard_imports, reason = "the chapter's own names, as its declaration spells them")]
            use crate::api::$chapter::*;
            crate::api::$chapter::chapter!(async_methods);
        }
        pub use $chapter::$group;)+
    };
}

chapters!(
    auth Auth,
    blacklist Blacklist,
    telecom Telecom,
    degree Degree,
    ebank Ebank,
    ebank_v2 EbankV2,
    risk Risk,
);
