package io.qiancheng.bench;

/** Somebody who can make the calls. Each checks what it gets, and keeps its token and its connections. */
interface Client extends AutoCloseable {
    String name();

    /** Looks the person up. */
    boolean search() throws Exception;

    /** Fetches raw data as a tree of Jackson's, and gives the number of calls in it. */
    int rawData(String openId) throws Exception;

    @Override
    void close();
}
