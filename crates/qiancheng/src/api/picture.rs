//! A picture captcha, as the vendor sends it.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Base64 text of a picture, with or without a `data:` prefix.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(extend("x-notation" = "picture"))]
pub struct Picture(String);

impl Picture {
    /// The base64 text as the vendor sent it.
    pub fn base64(&self) -> &str {
        &self.0
    }

    /// The picture's bytes, or `None` if the text is not base64.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let text = self.0.split_once("base64,").map_or(self.0.as_str(), |(_, data)| data);
        let text: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
        STANDARD.decode(text).ok().filter(|bytes| !bytes.is_empty())
    }

    /// The picture's type, told from its first bytes.
    pub fn mime(bytes: &[u8]) -> &'static str {
        match bytes {
            [0x89, b'P', b'N', b'G', ..] => "image/png",
            [0xff, 0xd8, 0xff, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', ..] => "image/gif",
            [b'B', b'M', ..] => "image/bmp",
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
            _ => "application/octet-stream",
        }
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Picture({} characters)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_data_address_and_line_breaks_are_read() {
        let picture = Picture("data:image/png;base64,iVBO\r\nRw==".to_owned());
        let bytes = picture.bytes().expect("base64");
        assert_eq!(Picture::mime(&bytes), "image/png");
        assert_eq!(Picture("not base64!".to_owned()).bytes(), None);
    }
}
