package io.qiancheng.bench;

import java.io.IOException;
import java.io.InputStream;

/** Makes of a status and a body what was asked for. */
interface Reading<T> {
    T read(int status, InputStream body) throws IOException;
}
