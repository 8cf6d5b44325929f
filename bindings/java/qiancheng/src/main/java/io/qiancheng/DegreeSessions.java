package io.qiancheng;

/** What the chapter has beside its endpoints. */
abstract class DegreeSessions {
    final QianchengClient client;

    DegreeSessions(QianchengClient client) {
        this.client = client;
    }
}
