//! How to read.

/// Which way money goes in a source's signed amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum SignConvention {
    /// Money in is positive, money out negative: what was seen of this vendor.
    #[default]
    IncomePositive,
    /// Money out is positive, money in negative: some of the vendor's providers write so.
    ExpensePositive,
}

/// How to read a document. Made with [`Options::default`] and the setters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Options {
    /// The first value that does not fit is an error, instead of a null that is counted in `issues`. Fields without a column
    /// are no misfits: they go to `_extra` as usual.
    pub strict: bool,
    /// A document that is broken or of another kind gives what could be read of it, and the fault is counted in `issues`.
    /// A row in which the document breaks is left out and counted, unless rows of other tables belong to it.
    pub partial: bool,
    /// Which way money goes in e-bank amounts. The tables hold money in as positive, whatever the source does.
    pub sign: SignConvention,
}

impl Options {
    /// Sets [`strict`](Self::strict).
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    /// Sets [`partial`](Self::partial).
    pub fn partial(mut self, partial: bool) -> Self {
        self.partial = partial;
        self
    }

    /// Sets [`sign`](Self::sign).
    pub fn sign(mut self, sign: SignConvention) -> Self {
        self.sign = sign;
        self
    }
}
