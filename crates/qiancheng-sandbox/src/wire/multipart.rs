//! `multipart/form-data`: text fields only, named as in a form.

use bytes::Bytes;
use http_body_util::{BodyDataStream, Full};
use multer::Multipart;

use super::{Params, nested::Nest};

/// Reads a multipart body; `content_type` is the whole header, with its boundary.
pub(crate) async fn read(content_type: &str, body: Bytes) -> Result<Params, String> {
    let boundary = multer::parse_boundary(content_type).map_err(|_| "multipart 缺少 boundary".to_owned())?;
    let broken = |error: multer::Error| format!("multipart 解析失败: {error}");
    let mut parts = Multipart::new(BodyDataStream::new(Full::new(body)), boundary);
    let mut nest = Nest::default();
    while let Some(field) = parts.next_field().await.map_err(broken)? {
        let Some(name) = field.name().map(str::to_owned) else {
            return Err("multipart 字段缺少 name".to_owned());
        };
        if field.file_name().is_some() {
            return Err(format!("{name}: 不接受文件"));
        }
        let bytes = field.bytes().await.map_err(broken)?;
        let value = String::from_utf8(bytes.into()).map_err(|_| format!("{name}: 不是合法的 UTF-8"))?;
        nest.put(&name, value)?;
    }
    Ok(nest.finish())
}
