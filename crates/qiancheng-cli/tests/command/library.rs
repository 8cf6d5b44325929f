//! The command as a function, as the Python package calls it.

#[test]
fn a_process_may_run_the_command_more_than_once() {
    // With a log, and with the handler of signals that a process can have one of.
    for _ in 0..2 {
        assert_eq!(qiancheng_cli::run(["anything", "-vv", "endpoints", "--json", "risk.result"]), 0);
        assert_eq!(qiancheng_cli::run(["anything", "-vv", "endpoints", "telecom.openid"]), 2);
    }
}
