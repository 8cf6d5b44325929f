//! `qiancheng completions`: what a shell can complete.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use crate::arguments::{Arguments, help};
use crate::failure::Result;
use crate::output;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(after_long_help = help!("Examples:
  qiancheng completions bash | sudo tee /etc/bash_completion.d/qiancheng
  qiancheng completions zsh > ~/.zfunc/_qiancheng
  qiancheng completions fish > ~/.config/fish/completions/qiancheng.fish"))]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(crate) fn run(&self) -> Result<()> {
        // The generator panics when it cannot write, so it writes into memory.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "qiancheng", &mut script);
        output::line(String::from_utf8_lossy(&script).trim_end())
    }
}
