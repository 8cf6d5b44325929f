//! A column: its name, type, origin and meaning.

use crate::decode::Cell;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text, as sent.
    Text,
    /// The last four digits of a card, or of several, joined with commas.
    CardEnds,
    /// Whole number, 64 bits.
    Integer,
    /// Floating-point number, 64 bits.
    Float,
    /// `decimal128(18, 2)`.
    Money,
    /// Money whose sign depends on [`SignConvention`](crate::SignConvention); stored with money in positive.
    SignedMoney,
    /// Boolean.
    Flag,
    /// An instant in microseconds, zone `Asia/Shanghai`.
    Time,
    /// A day.
    Date,
}

impl Type {
    /// What is expected, in messages.
    pub(crate) fn expected(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::CardEnds => "a card number or a list of them",
            Self::Integer => "a whole number",
            Self::Float | Self::Money | Self::SignedMoney => "a number",
            Self::Flag => "a boolean",
            Self::Time => "a time such as 2018-01-31 12:34:56",
            Self::Date => "a day such as 2018-01-31",
        }
    }
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    Yuan,
    Dollar,
    Second,
    Minute,
    Year,
    Kilobyte,
    Megabyte,
    Share,
    Degree,
}

impl Unit {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Yuan => "yuan",
            Self::Dollar => "US dollar",
            Self::Second => "s",
            Self::Minute => "min",
            Self::Year => "year",
            Self::Kilobyte => "KB",
            Self::Megabyte => "MB",
            Self::Share => "share (0 to 1)",
            Self::Degree => "degree",
        }
    }

    /// Words that may stand behind a number of this unit.
    pub(crate) fn words(self) -> &'static [&'static str] {
        match self {
            Self::Yuan => &["元"],
            Self::Dollar => &["美元"],
            Self::Second => &["秒"],
            Self::Minute => &["分钟", "分"],
            Self::Year => &["年制", "年"],
            Self::Kilobyte => &["KB", "kb", "K"],
            Self::Megabyte => &["MB", "mb", "M"],
            Self::Share | Self::Degree => &[],
        }
    }
}

/// Where a column's values come from.
#[derive(Clone, Copy)]
pub(crate) enum Origin {
    /// Key paths in the record; none means the column's own name.
    Keys(&'static [&'static str]),
    /// The row's number in the table.
    Seq,
    /// The number of the parent's row.
    ParentSeq,
    /// The key under which the record stands in a map.
    MapKey,
    /// The name of the list in which the value stands.
    ListName,
    /// The plain value itself.
    Value,
    /// Everything without a column, as JSON.
    Extra,
    /// Computed from another column of the row.
    Computed {
        /// That column.
        of: &'static str,
        /// How.
        how: for<'a> fn(Cell<'a>, &mut String) -> Cell<'a>,
    },
    /// Taken from the parent's row when all is read.
    Parent(&'static str),
    /// Taken from the row of `table` that has the same parent and the same value in `key`.
    Sibling { table: &'static str, key: &'static str, column: &'static str },
}

/// A column.
#[derive(Clone, Copy)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) ty: Type,
    pub(crate) origin: Origin,
    pub(crate) unit: Option<Unit>,
    pub(crate) description: &'static str,
    pub(crate) description_zh: &'static str,
    pub(crate) personal: bool,
}

impl Column {
    pub(crate) const fn new(
        name: &'static str,
        ty: Type,
        description: &'static str,
        description_zh: &'static str,
    ) -> Self {
        Self { name, ty, origin: Origin::Keys(&[]), unit: None, description, description_zh, personal: false }
    }

    pub(crate) const fn text(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Text, description, zh)
    }

    pub(crate) const fn integer(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Integer, description, zh)
    }

    pub(crate) const fn float(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Float, description, zh)
    }

    pub(crate) const fn yuan(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Money, description, zh).unit(Unit::Yuan)
    }

    pub(crate) const fn minutes(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Float, description, zh).unit(Unit::Minute)
    }

    pub(crate) const fn share(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Float, description, zh).unit(Unit::Share)
    }

    pub(crate) const fn flag(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Flag, description, zh)
    }

    pub(crate) const fn time(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Time, description, zh)
    }

    pub(crate) const fn date(name: &'static str, description: &'static str, zh: &'static str) -> Self {
        Self::new(name, Type::Date, description, zh)
    }

    /// The row's number.
    pub(crate) const fn seq() -> Self {
        Self::integer(
            "seq",
            "Place in the document, counted from 0 over the whole table",
            "在文档中的序号，全表从 0 起",
        )
        .origin(Origin::Seq)
    }

    /// The parent row's number.
    pub(crate) const fn parent_seq() -> Self {
        Self::integer(
            "parent_seq",
            "`seq` of the row of the parent table that this row belongs to",
            "所属上级表行的 seq",
        )
        .origin(Origin::ParentSeq)
    }

    /// What has no column.
    pub(crate) const fn extra() -> Self {
        Self::text(
            "_extra",
            "Fields without a column of their own, as a JSON object",
            "未建列的其他字段（JSON 对象）",
        )
        .origin(Origin::Extra)
        .personal()
    }

    /// The unit.
    pub(crate) const fn unit(mut self, unit: Unit) -> Self {
        self.unit = Some(unit);
        self
    }

    /// Where the values come from.
    pub(crate) const fn origin(mut self, origin: Origin) -> Self {
        self.origin = origin;
        self
    }

    /// The key paths of the values, if not the column's own name.
    pub(crate) const fn from(self, keys: &'static [&'static str]) -> Self {
        self.origin(Origin::Keys(keys))
    }

    /// It holds personal data.
    pub(crate) const fn personal(mut self) -> Self {
        self.personal = true;
        self
    }

    /// Its key paths in the record.
    pub(crate) fn keys(&self) -> Vec<&'static str> {
        match self.origin {
            Origin::Keys([]) => vec![self.name],
            Origin::Keys(keys) => keys.to_vec(),
            _ => Vec::new(),
        }
    }

    /// Whether every row has a value.
    pub(crate) fn always_filled(&self) -> bool {
        matches!(self.origin, Origin::Seq | Origin::ParentSeq | Origin::ListName)
    }
}
