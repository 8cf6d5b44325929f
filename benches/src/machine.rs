//! The machine: which processors a process may use, and what to call it in the results.

use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::unistd::Pid;

use crate::Result;

const THIS_THREAD: Pid = Pid::from_raw(0);

/// Keeps this thread, and those it starts from now on, on one processor until the guard is dropped.
pub(crate) struct Pinned(CpuSet);

impl Pinned {
    pub(crate) fn to(core: usize) -> Result<Self> {
        let before = sched_getaffinity(THIS_THREAD)?;
        let mut only = CpuSet::new();
        only.set(core)?;
        sched_setaffinity(THIS_THREAD, &only)?;
        Ok(Self(before))
    }
}

impl Drop for Pinned {
    fn drop(&mut self) {
        sched_setaffinity(THIS_THREAD, &self.0).expect("these processors were allowed before");
    }
}

/// The processors this process may use.
pub(crate) fn cores() -> Result<Vec<usize>> {
    let allowed = sched_getaffinity(THIS_THREAD)?;
    Ok((0..CpuSet::count()).filter(|&core| allowed.is_set(core).unwrap_or(false)).collect())
}

/// The processor's name, as the kernel gives it.
pub(crate) fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    text.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or_else(|| std::env::consts::ARCH.to_owned(), |(_, name)| name.trim().to_owned())
}

/// The kernel's version.
pub(crate) fn kernel() -> String {
    std::fs::read_to_string("/proc/sys/kernel/osrelease")
        .map_or_else(|_| std::env::consts::OS.to_owned(), |release| format!("Linux {}", release.trim()))
}
