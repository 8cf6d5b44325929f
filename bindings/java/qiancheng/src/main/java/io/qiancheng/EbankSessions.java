package io.qiancheng;

/** What the chapter has beside its endpoints. */
abstract class EbankSessions {
    final QianchengClient client;

    EbankSessions(QianchengClient client) {
        this.client = client;
    }
}
