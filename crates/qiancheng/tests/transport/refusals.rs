//! What a client refuses to be set up with. Everything here is found by `build`, before anything is sent.

use qiancheng::{ClientBuilder, ErrorKind, Outcome};

use crate::support::alone::alone;
use crate::support::{builder, shown};

/// The message of the error that building ends with.
fn refused(builder: ClientBuilder) -> String {
    let error = builder.build_blocking().expect_err("not to be built");
    assert_eq!((error.kind(), error.outcome(), error.attempts()), (ErrorKind::Config, Outcome::NotSent, 0));
    assert!(!shown(&error).contains("s3cret"), "{error:?}");
    error.message().to_owned()
}

#[test]
fn plain_http_to_another_machine_needs_a_switch_with_a_name() {
    for url in
        ["http://credit.example", "http://10.0.0.1:80", "http://127.0.0.1.example", "HTTP://CREDIT.EXAMPLE"]
    {
        assert!(refused(builder(url)).contains("allow_plain_http_to_remote_hosts"), "{url}");
        builder(url).allow_plain_http_to_remote_hosts(true).build().expect("allowed by name");
    }
    for url in ["http://127.0.0.1:1", "http://localhost", "http://[::1]:8080", "https://credit.example"] {
        builder(url).build().unwrap_or_else(|error| panic!("{url}: {error}"));
    }
}

#[test]
fn a_base_url_holds_an_address_and_nothing_else() {
    for url in [
        "https://merchant:s3cret@credit.example",
        "https://merchant@credit.example",
        "https://:s3cret@credit.example",
    ] {
        assert!(refused(builder(url)).contains("user name or password"), "{url}");
    }
    for url in ["https://credit.example/?token=s3cret", "https://credit.example/#s3cret"] {
        assert!(refused(builder(url)).contains("query"), "{url}");
    }
    for url in [
        "",
        "credit.example",
        "//credit.example",
        "ftp://credit.example",
        "https://",
        "https://exa mple",
        "file:///x",
    ] {
        assert!(refused(builder(url)).contains("the base URL"), "{url:?}");
    }
}

#[test]
fn a_client_needs_an_account() {
    for (username, password) in [("", ""), ("demo", ""), ("", "s3cret"), ("  ", "s3cret")] {
        assert!(refused(builder("https://credit.example").account(username, password)).contains("account"));
    }
}

#[test]
fn other_settings_are_checked_too() {
    let base = || builder("https://credit.example");
    assert!(refused(base().token_hours(0)).contains("8760"));
    assert!(refused(base().token_hours(8761)).contains("8760"));
    base().token_hours(8760).build().expect("a year");
    assert!(refused(base().path("telecom.openid", "/x")).contains("telecom.openid"));
    assert!(refused(base().path("telecom.open_id", "x")).contains("must start with /"));
    assert!(refused(base().user_agent("a\r\nX-Injected: s3cret")).contains("user agent"));
    let error = base().audit_public_key("no key").build().expect_err("no key");
    assert_eq!(error.kind(), ErrorKind::Crypto);
}

#[test]
fn a_builder_prints_no_secrets_and_neither_does_a_client() {
    let client =
        builder("https://credit.example").account("demo", "s3cret").build_blocking().expect("a client");
    let printed = format!("{client:?} {:?}", client.as_async());
    assert!(printed.contains("credit.example") && !printed.contains("s3cret"), "{printed}");
}

#[test]
fn the_environment_says_what_is_wrong_with_it() {
    let variables =
        [("QIANCHENG_USERNAME", "demo"), ("QIANCHENG_PASSWORD", "s3cret"), ("QIANCHENG_ENV", "staging")];
    alone("refusals::the_environment_says_what_is_wrong_with_it", &variables, || {
        let error = qiancheng::blocking::Client::from_env().expect_err("no such environment");
        assert_eq!(error.kind(), ErrorKind::Config);
        assert!(error.message().contains("QIANCHENG_ENV") && !shown(&error).contains("s3cret"), "{error}");
    });
}

#[test]
fn the_environment_sets_a_client_up() {
    let variables = [
        ("QIANCHENG_USERNAME", "demo"),
        ("QIANCHENG_PASSWORD", "s3cret"),
        ("QIANCHENG_ENV", "test"),
        ("QIANCHENG_AUDIT_PUBLIC_KEY", ""),
    ];
    alone("refusals::the_environment_sets_a_client_up", &variables, || {
        let client = qiancheng::blocking::Client::from_env().expect("a client");
        assert!(format!("{client:?}").contains(qiancheng::TEST_URL), "{client:?}");
    });
}
