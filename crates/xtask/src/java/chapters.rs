//! Every endpoint as a method of its chapter.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::java::answers;
use crate::java::javadoc::inline;
use crate::java::names::camel;
use crate::model::{self, Endpoint, Model, Shape, pascal};

#[derive(Debug, Serialize)]
pub(crate) struct Chapter {
    pub(crate) class: String,
    /// The method of the client that gives it.
    pub(crate) field: String,
    pub(crate) title: String,
    pub(crate) section: String,
    pub(crate) methods: Vec<Method>,
    /// The classes of the package `io.qiancheng.model` that the methods name.
    pub(crate) model: BTreeSet<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Method {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) doc: String,
    /// Whether it is sent once, because a second time would do something twice.
    pub(crate) once: bool,
    /// The class of what it takes; none where there is nothing to give.
    pub(crate) request: Option<String>,
    /// Whether nothing of the request is required.
    pub(crate) optional: bool,
    /// The one text that it takes, where that is all.
    pub(crate) only: Option<Only>,
    pub(crate) answer: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Only {
    pub(crate) name: String,
    pub(crate) doc: String,
}

pub(super) fn all(model: &Model) -> Vec<Chapter> {
    let chapter = |chapter: &model::Chapter| {
        let methods: Vec<Method> = chapter.endpoints.iter().map(method).collect();
        let named = methods.iter().flat_map(|one| one.request.iter().chain([&one.answer]));
        Chapter {
            class: pascal(&chapter.id),
            field: camel(&chapter.id),
            title: inline(&chapter.title),
            section: chapter.section.clone(),
            model: named.cloned().collect(),
            methods,
        }
    };
    model.chapters.iter().map(chapter).collect()
}

fn method(endpoint: &Endpoint) -> Method {
    let only = match endpoint.fields.as_slice() {
        [field] if field.required && field.shape == Shape::Text => {
            Some(Only { name: camel(&field.name), doc: inline(&field.doc) })
        }
        _ => None,
    };
    Method {
        id: endpoint.id.clone(),
        name: camel(&endpoint.method_name),
        doc: inline(&endpoint.doc),
        once: endpoint.repeat == "never",
        request: (!endpoint.fields.is_empty()).then(|| endpoint.request_name.clone()),
        optional: endpoint.fields.iter().all(|field| !field.required),
        only,
        answer: answers::class(endpoint),
    }
}
