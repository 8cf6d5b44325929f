package io.qiancheng;

/** The chapters of the vendor's document. */
abstract class Chapters {
    Chapters() {}

    abstract QianchengClient client();
}
