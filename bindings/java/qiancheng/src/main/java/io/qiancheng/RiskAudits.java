package io.qiancheng;

/** What the chapter has beside its endpoints. */
abstract class RiskAudits {
    final QianchengClient client;

    RiskAudits(QianchengClient client) {
        this.client = client;
    }
}
