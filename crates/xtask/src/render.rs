//! Makes the generated files: renders the templates over the model, and writes the JSON.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior, context};

use crate::Result;
use crate::c::C;
use crate::cpp::Cpp;
use crate::java::{self, Java};
use crate::model::{Model, constant};
use crate::outputs::{MARK, NAME, OUTPUTS, One, PARTS, Source};
use crate::python::Python;
use crate::tree::Files;

/// Makes all of them.
pub(crate) fn render(model: &Model) -> Result<Files> {
    let environment = environment()?;
    let (python, c, cpp, java) = (Python::of(model)?, C::of(model)?, Cpp::of(model)?, Java::of(model)?);
    let variables = context! {
        mark => MARK,
        python => Serde(&python),
        c => Serde(&c),
        cpp => Serde(&cpp),
        java => Serde(&java),
        ..minijinja::Value::from(Serde(model))
    };
    let mut files = Files::new();
    for (path, source) in OUTPUTS {
        let rendered = |template, variables: &minijinja::Value| {
            environment.render_str(template, variables).map_err(|error| format!("{path}: {error:#}"))
        };
        let path = (*path).to_owned();
        let made = match source {
            Source::Template(template) => vec![(path, rendered(template, &variables)?)],
            Source::Each(template, things) => things(model, &java)
                .into_iter()
                .map(|One(name, one)| {
                    let text = rendered(template, &context! { one => one, ..variables.clone() })?;
                    Ok((path.replace(NAME, &name), text))
                })
                .collect::<Result<_>>()?,
            Source::Json(document) => vec![(path, serde_json::to_string_pretty(&document(model))? + "\n")],
            Source::Made(make) => {
                let text = make(model, &files, &environment).map_err(|error| format!("{path}: {error}"))?;
                vec![(path, text)]
            }
        };
        for (path, text) in made {
            if files.insert(path.clone(), text).is_some() {
                return Err(format!("{path} would be generated twice").into());
            }
        }
    }
    Ok(files)
}

fn environment() -> Result<Environment<'static>> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // A line that holds nothing but a block leaves nothing behind.
    let syntax =
        SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build()?;
    environment.set_syntax(syntax);
    for (name, part) in PARTS {
        environment.add_template(name, part)?;
    }
    environment.add_filter("arrow", arrow);
    environment.add_filter("javadoc", |text: String, indent: usize| java::comment(&text, indent));
    environment.add_filter("inline", |text: String| java::inline(&text));
    environment.add_filter("constant", |name: String| constant(&name));
    environment.add_filter("cell", |text: String| text.replace('|', "\\|").replace('\n', " "));
    Ok(environment)
}

/// An Arrow type in words that an analyst knows.
fn arrow(name: String) -> String {
    let words = match name.as_str() {
        "Utf8" => "text",
        "Int64" | "Int32" => "integer",
        "Float64" => "float",
        "Boolean" => "boolean",
        "Date32" => "date",
        _ if name.starts_with("Timestamp") => "time",
        _ if name.starts_with("Decimal128") => "decimal",
        _ => return name,
    };
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outputs::MARK_LINES;

    #[test]
    fn every_file_says_that_it_is_generated() {
        let files = render(&Model::build().expect("a model")).expect("every template renders");
        assert!(files.len() > OUTPUTS.len());
        for (path, text) in &files {
            assert!(text.lines().take(MARK_LINES).any(|line| line.contains(MARK)), "{path}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        }
    }

    #[test]
    fn the_data_dictionaries_name_every_column_and_every_feature() {
        let mut files = render(&Model::build().expect("a model")).expect("rendered");
        let tables = files.remove("docs/reference/tables.md").expect("a page");
        for column in qiancheng_tables::dictionary() {
            assert!(tables.contains(&format!("| `{}` |", column.column)), "{column:?}");
            let table = if column.table == "issues" {
                "### `issues`".to_owned()
            } else {
                format!("### `{}.{}`", column.kind, column.table)
            };
            assert!(tables.contains(&table), "{table}");
        }
        let features = files.remove("docs/reference/features.md").expect("a page");
        for feature in qiancheng_tables::features::dictionary() {
            assert!(features.contains(&format!("| `{}` |", feature.name)), "{}", feature.name);
        }
    }

    #[test]
    fn the_endpoint_reference_names_every_endpoint_and_every_field() {
        let model = Model::build().expect("a model");
        let text = render(&model).expect("rendered").remove("docs/reference/endpoints.md").expect("a page");
        for endpoint in model.endpoints() {
            assert!(text.contains(&format!("### `{}`", endpoint.id)), "{}", endpoint.id);
            for field in &endpoint.fields {
                assert!(text.contains(&format!("| `{}` |", field.name)), "{} {}", endpoint.id, field.name);
            }
        }
        for known in &model.types {
            assert!(text.contains(&format!("### {}", known.name)), "{}", known.name);
        }
    }
}
