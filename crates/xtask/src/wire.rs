//! What leaves for the vendor beside the fields a caller gives: who the call speaks for, a second spelling, an
//! encrypted text. That this agrees with the client is tested against the conformance cases.

use crate::model::{Endpoint, Field, Sensitivity, Shape, Type};

/// What the wire makes of a field.
#[derive(Debug)]
pub(crate) struct WireField {
    pub(crate) field: Field,
    /// The type whose JSON, encrypted, is this text.
    pub(crate) plaintext: Option<String>,
}

/// The parameters of a request as they leave.
pub(crate) fn fields(endpoint: &Endpoint) -> Vec<WireField> {
    let mut fields: Vec<WireField> = merchant(&endpoint.auth)
        .into_iter()
        .chain(endpoint.fields.iter().cloned())
        .map(|field| WireField { field, plaintext: None })
        .collect();
    match endpoint.id.as_str() {
        "ebank.raw_data" => fields.push(WireField {
            field: Field {
                doc: "The same, under the spelling of the vendor's document.".to_owned(),
                name: "openId".to_owned(),
                ..endpoint.fields[0].clone()
            },
            plaintext: None,
        }),
        "risk.audit" => fields.iter_mut().for_each(as_audited),
        _ => {}
    }
    fields
}

/// §7.1 wants `phone` as a number and `data` encrypted.
fn as_audited(wire: &mut WireField) {
    match wire.field.name.as_str() {
        "phone" => wire.field.shape = Shape::Integer,
        "data" => {
            wire.plaintext = wire.field.shape.object().map(str::to_owned);
            wire.field.shape = Shape::Text;
            wire.field.sensitivity = Sensitivity::Personal;
            "The application as JSON in UTF-8, encrypted with the vendor's RSA public key block by block \
             (PKCS#1 v1.5, key bytes − 11 a block), the ciphertexts joined, in base64. Padding and encoding are the \
             client's configuration."
                .clone_into(&mut wire.field.doc);
        }
        _ => {}
    }
}

/// The fields of a nested type as they leave.
pub(crate) fn nested(known: &Type) -> Vec<Field> {
    let mut fields = known.fields.clone();
    // Both spellings are sent, whichever was given.
    if let Some(spelled) = fields.iter().position(|field| field.name == "moblie") {
        let doc = "The same, spelled correctly.".to_owned();
        fields.insert(spelled + 1, Field { name: "mobile".to_owned(), doc, ..fields[spelled].clone() });
    }
    fields
}

/// What the client adds of the merchant.
fn merchant(auth: &str) -> Vec<Field> {
    let text = |name: &str, sensitivity, doc: &str| Field {
        name: name.to_owned(),
        shape: Shape::Text,
        required: true,
        nullable: false,
        sensitivity,
        notation: None,
        takes: None,
        pattern: None,
        doc: doc.to_owned(),
    };
    let username = || text("username", Sensitivity::Plain, "The merchant's account.");
    match auth {
        "token" => vec![text("token", Sensitivity::Secret, "The merchant token, from `auth.token`.")],
        "user" => vec![username()],
        "account" => vec![username(), text("password", Sensitivity::Secret, "The merchant's password.")],
        _ => Vec::new(),
    }
}
