//! Declared schemas as trees of keys, made once.

use std::sync::LazyLock;

use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;

use crate::json::Likely;
use crate::kind::Kind;
use crate::schema::{Column, ISSUES, KindSchema, Origin, Place, TableSchema, arrow_schema, path_of};

/// How to read one kind of document.
pub(super) struct KindPlan {
    pub(super) schema: &'static KindSchema,
    pub(super) tables: Vec<TablePlan>,
    /// The `issues` table of a document without any.
    pub(super) no_issues: RecordBatch,
}

/// How to read one table's records.
pub(super) struct TablePlan {
    pub(super) schema: &'static TableSchema,
    pub(super) arrow: SchemaRef,
    /// The table of a document that has no rows for it. Making one takes as long as reading some.
    pub(super) empty: RecordBatch,
    pub(super) columns: Vec<&'static Column>,
    /// The record is the first; the others are objects in it.
    pub(super) nodes: Vec<Node>,
    /// Where the records stand, as issues name it, such as `calls[]`.
    pub(super) path: String,
    /// The same of a single record, such as `calls`.
    pub(super) list_path: String,
    pub(super) parent: Option<usize>,
    pub(super) has_children: bool,
    pub(super) seq: Option<usize>,
    pub(super) parent_seq: Option<usize>,
    pub(super) map_key: Option<usize>,
    pub(super) list_name: Option<usize>,
    pub(super) value: Option<usize>,
    pub(super) extra: Option<usize>,
    /// Columns computed from a column of the same row: which, and from which.
    pub(super) computed: Vec<(usize, usize)>,
}

/// The keys of an object.
#[derive(Default)]
pub(super) struct Node {
    pub(super) entries: Vec<Entry>,
}

/// A key and what becomes of its value.
pub(super) struct Entry {
    pub(super) key: &'static str,
    /// The key as it is looked for where it is likely to come next.
    pub(super) likely: Likely,
    pub(super) target: Target,
    /// Where it stands, as issues name it, such as `calls[].use_time`.
    pub(super) path: String,
}

/// What becomes of a value.
#[derive(Clone, Copy)]
pub(super) enum Target {
    /// A cell of this column.
    Cell(usize),
    /// An object whose members belong to the same record.
    Object(usize),
    /// Records of another table.
    Records(usize),
    /// Plain values, rows of another table under this name.
    Values(usize, &'static str),
}

impl KindPlan {
    pub(super) fn of(kind: Kind) -> &'static Self {
        static PLANS: LazyLock<Vec<KindPlan>> =
            LazyLock::new(|| Kind::ALL.iter().map(|kind| KindPlan::new(kind.schema())).collect());
        let place = Kind::ALL.iter().position(|other| *other == kind).unwrap_or_default();
        &PLANS[place]
    }

    fn new(schema: &'static KindSchema) -> Self {
        let mut tables: Vec<TablePlan> =
            schema.tables.iter().map(|table| TablePlan::new(schema, table)).collect();
        for (child, table) in schema.tables.iter().enumerate() {
            let (parent, children): (_, Vec<_>) = match table.place {
                Place::Top(_) => continue,
                Place::Records { parent, keys } => {
                    (parent, keys.iter().map(|key| (*key, Target::Records(child))).collect())
                }
                Place::Values { parent, lists } => (
                    parent,
                    lists.iter().map(|list| (*list, Target::Values(child, list_name(list)))).collect(),
                ),
            };
            let Some(parent) = schema.tables.iter().position(|table| table.name == parent) else { continue };
            tables[child].parent = Some(parent);
            tables[parent].has_children = true;
            for (keys, target) in children {
                tables[parent].plant(keys, target);
            }
        }
        Self { schema, tables, no_issues: RecordBatch::new_empty(arrow_schema(schema, &ISSUES)) }
    }

    /// The table of this name.
    pub(super) fn table(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.schema.name == name)
    }
}

/// The last part of a key path.
fn list_name(path: &'static str) -> &'static str {
    // Lists of an inner object are named after it: `black_type` alone would not say whose.
    path.strip_prefix("check_points.").or_else(|| path.rsplit('.').next()).unwrap_or(path)
}

impl TablePlan {
    fn new(kind: &KindSchema, schema: &'static TableSchema) -> Self {
        let columns: Vec<&'static Column> = schema.columns().collect();
        let at = |wanted: fn(&Origin) -> bool| columns.iter().position(|column| wanted(&column.origin));
        let computed = columns.iter().enumerate().filter_map(|(column, declared)| match declared.origin {
            Origin::Computed { of, .. } => Some((column, columns.iter().position(|other| other.name == of)?)),
            _ => None,
        });
        let path = path_of(schema);
        let arrow = arrow_schema(kind, schema);
        let mut plan = Self {
            schema,
            empty: RecordBatch::new_empty(SchemaRef::clone(&arrow)),
            arrow,
            nodes: vec![Node::default()],
            list_path: path.strip_suffix("[]").unwrap_or(&path).to_owned(),
            path,
            parent: None,
            has_children: false,
            seq: at(|origin| matches!(origin, Origin::Seq)),
            parent_seq: at(|origin| matches!(origin, Origin::ParentSeq)),
            map_key: at(|origin| matches!(origin, Origin::MapKey)),
            list_name: at(|origin| matches!(origin, Origin::ListName)),
            value: at(|origin| matches!(origin, Origin::Value)),
            extra: at(|origin| matches!(origin, Origin::Extra)),
            computed: computed.collect(),
            columns,
        };
        for column in 0..plan.columns.len() {
            for keys in plan.columns[column].keys() {
                plan.plant(keys, Target::Cell(column));
            }
        }
        plan
    }

    /// Puts a target at the end of a key path.
    fn plant(&mut self, keys: &'static str, target: Target) {
        let mut path = self.path.clone();
        let mut node = 0;
        let mut parts = keys.split('.').peekable();
        while let Some(key) = parts.next() {
            path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
            if parts.peek().is_none() {
                self.nodes[node].entries.push(Entry::new(key, target, path));
                return;
            }
            let inner = self.nodes[node].entries.iter().find_map(|entry| match entry.target {
                Target::Object(inner) if entry.key == key => Some(inner),
                _ => None,
            });
            node = inner.unwrap_or_else(|| {
                let new = self.nodes.len();
                self.nodes[node].entries.push(Entry::new(key, Target::Object(new), path.clone()));
                self.nodes.push(Node::default());
                new
            });
        }
    }
}

impl Entry {
    fn new(key: &'static str, target: Target, path: String) -> Self {
        Self { key, likely: Likely::new(key), target, path }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_key_of_every_record_has_one_meaning() {
        for kind in Kind::ALL {
            for table in &KindPlan::of(*kind).tables {
                for node in &table.nodes {
                    let keys: HashSet<_> = node.entries.iter().map(|entry| entry.key).collect();
                    assert_eq!(keys.len(), node.entries.len(), "{kind} {}", table.schema.name);
                    assert!(
                        keys.iter().all(|key| !key.contains(['"', '\\'])),
                        "{kind} {}",
                        table.schema.name
                    );
                }
                let names: HashSet<_> = table.columns.iter().map(|column| column.name).collect();
                assert_eq!(names.len(), table.columns.len(), "{kind} {}", table.schema.name);
            }
        }
    }

    #[test]
    fn what_declarations_name_exists() {
        for kind in Kind::ALL {
            let plan = KindPlan::of(*kind);
            let layout = &plan.schema.layout;
            let named = layout.records.iter().map(|(_, table)| *table).chain(layout.bare);
            for name in named.chain(layout.bare_if.map(|(_, table)| table)) {
                assert!(plan.table(name).is_some(), "{kind}: no table {name}");
            }
            for table in &plan.tables {
                let top = matches!(table.schema.place, Place::Top(_));
                assert!(top || table.parent.is_some(), "{kind} {}: no parent", table.schema.name);
                for column in &table.columns {
                    match column.origin {
                        Origin::Computed { of, .. } => {
                            assert!(table.columns.iter().any(|other| other.name == of));
                        }
                        Origin::Parent(of) => {
                            let parent = table.parent.map(|parent| &plan.tables[parent]);
                            assert!(
                                parent.is_some_and(|parent| parent
                                    .columns
                                    .iter()
                                    .any(|other| other.name == of))
                            );
                        }
                        Origin::Sibling { table: sibling, key, column } => {
                            let sibling = plan.table(sibling).map(|sibling| &plan.tables[sibling]);
                            let has = |name| {
                                sibling
                                    .is_some_and(|table| table.columns.iter().any(|other| other.name == name))
                            };
                            assert!(
                                has(key)
                                    && has(column)
                                    && table.columns.iter().any(|other| other.name == key)
                            );
                        }
                        _ => {}
                    }
                }
            }
        }
    }
}
