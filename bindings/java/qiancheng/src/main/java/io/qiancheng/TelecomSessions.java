package io.qiancheng;

/** What the chapter has beside its endpoints. */
abstract class TelecomSessions {
    final QianchengClient client;

    TelecomSessions(QianchengClient client) {
        this.client = client;
    }
}
