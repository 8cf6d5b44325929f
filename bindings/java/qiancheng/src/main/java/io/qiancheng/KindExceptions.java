package io.qiancheng;

/** Makes the exception of a kind. */
final class KindExceptions {
    private KindExceptions() {}

    static QianchengException of(QianchengException.Details details) {
        return new QianchengException(ErrorKind.PANIC, details);
    }
}
