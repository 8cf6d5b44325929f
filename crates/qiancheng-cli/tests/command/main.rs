//! The `qiancheng` command from outside: processes, pipes, a terminal, and a sandbox on a real port.

mod call;
mod collect_at_a_terminal;
mod collect_in_a_script;
mod demo;
mod errors;
mod help;
mod library;
mod sandbox;
mod support;
mod tables;
