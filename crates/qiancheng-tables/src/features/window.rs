//! The windows that features look back through.

use super::instant::DAY;

/// N days before `as_of`: later than `as_of` − N days, and not later than `as_of`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Window {
    Days7,
    Days30,
    Days90,
    Days180,
}

impl Window {
    /// From the shortest, each within the next.
    pub(super) const ALL: [Self; 4] = [Self::Days7, Self::Days30, Self::Days90, Self::Days180];
    /// A month and half a year, where four windows would say little more.
    pub(super) const MONTH_AND_HALF_YEAR: [Self; 2] = [Self::Days30, Self::Days180];
    /// The longest alone.
    pub(super) const HALF_YEAR: [Self; 1] = [Self::Days180];

    pub(super) const fn days(self) -> u32 {
        match self {
            Self::Days7 => 7,
            Self::Days30 => 30,
            Self::Days90 => 90,
            Self::Days180 => 180,
        }
    }

    /// Its place in [`ALL`](Self::ALL).
    pub(super) const fn place(self) -> usize {
        self as usize
    }
}

/// The windows before one instant.
#[derive(Debug, Clone, Copy)]
pub(super) struct Windows {
    pub(super) as_of: i64,
    edges: [i64; Window::ALL.len()],
}

impl Windows {
    pub(super) fn before(as_of: i64) -> Self {
        let edges = Window::ALL.map(|window| as_of.saturating_sub(i64::from(window.days()) * DAY));
        Self { as_of, edges }
    }

    /// The window begins after this instant.
    pub(super) fn edge(&self, window: Window) -> i64 {
        self.edges[window.place()]
    }

    /// The shortest window that an instant is in.
    pub(super) fn shortest(&self, instant: i64) -> Option<Window> {
        if instant > self.as_of {
            return None;
        }
        Window::ALL.into_iter().find(|&window| instant > self.edge(window))
    }
}

/// Something that is counted in the shortest window it is in, and belongs into the longer ones too.
pub(super) trait Tally: Copy {
    fn add(&mut self, other: Self);
}

/// Makes counts by shortest window counts by window.
pub(super) fn accumulate<T: Tally>(tallies: &mut [T; Window::ALL.len()]) {
    for place in 1..tallies.len() {
        let shorter = tallies[place - 1];
        tallies[place].add(shorter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_has_its_end_and_not_its_beginning() {
        let windows = Windows::before(1_000 * DAY);
        assert_eq!(windows.shortest(1_000 * DAY), Some(Window::Days7));
        assert_eq!(windows.shortest(1_000 * DAY + 1), None);
        assert_eq!(windows.shortest(993 * DAY + 1), Some(Window::Days7));
        assert_eq!(windows.shortest(993 * DAY), Some(Window::Days30));
        assert_eq!(windows.shortest(820 * DAY), None);
    }
}
