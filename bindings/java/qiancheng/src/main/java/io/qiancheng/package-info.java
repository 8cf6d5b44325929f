/** Client for the 前程征信 (Qiancheng) credit-data API. Begin with {@link io.qiancheng.QianchengClient}. */
package io.qiancheng;
