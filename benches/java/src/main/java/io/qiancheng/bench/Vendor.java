package io.qiancheng.bench;

/** What the server knows: the same words as in {@code benches/src/vendor.rs}. */
final class Vendor {
    static final String USERNAME = "demo";
    static final String PASSWORD = "demo-password";
    static final String TOKEN_PATH = "/client/authorize/token";
    static final String SEARCH_PATH = "/blacklist/search/single";
    static final String RAW_DATA_PATH = "/telecom/data/raw-data";

    /** What every competitor says of itself. */
    static final String USER_AGENT = "qiancheng-bench/0.1";

    /** A made-up person; the check character of the ID number fits. */
    static final String NAME = "张三";

    static final String ID_CARD = "11010119900307109X";
    static final String MOBILE = "13800138000";

    /** Keys of collections whose raw data come as they are, and compressed. */
    static final String PLAIN = "plain-0001";

    static final String GZIP = "gzip-0001";

    /** How many calls the raw data list. */
    static final int CALLS = 5_200;

    private Vendor() {}
}
