//! Fetches what was collected, and hands it over.

use std::path::Path;

use qiancheng::Document;
use qiancheng::blocking::Session;
use qiancheng::session::SessionKind;
use serde::Serialize;
use serde_json::value::RawValue;

use crate::failure::{Failure, Result};
use crate::output;

/// The last line of a collection in JSON.
#[derive(Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
enum Last<'a> {
    Data { raw_data: &'a RawValue },
    Files { files: &'a [String] },
}

/// Raw data, and the report of a telecom session: into a directory, or the raw data alone to stdout.
pub(super) fn hand_over(session: &Session, directory: Option<&Path>, json: bool) -> Result<()> {
    let raw_data = session.raw_data()?.into_inner();
    let Some(directory) = directory else {
        if !json {
            return output::line(raw_data.text());
        }
        let raw_data = serde_json::from_str(raw_data.text())
            .map_err(|error| Failure::config(format!("the raw data is broken JSON: {error}")))?;
        return last(&Last::Data { raw_data });
    };
    let mut files = vec![write(directory, "raw.json", &raw_data)?];
    if session.kind() == SessionKind::Telecom {
        files.push(write(directory, "report.json", &session.report()?.into_inner())?);
    }
    if json {
        return last(&Last::Files { files: &files });
    }
    for file in files {
        output::line(&file)?;
    }
    Ok(())
}

fn write(directory: &Path, name: &str, document: &Document) -> Result<String> {
    let path = directory.join(name);
    output::private_file(&path, document.bytes())?;
    Ok(path.display().to_string())
}

fn last(last: &Last<'_>) -> Result<()> {
    let text = serde_json::to_string(last)
        .map_err(|error| Failure::config(format!("the result cannot be written: {error}")))?;
    output::line(&text)
}
