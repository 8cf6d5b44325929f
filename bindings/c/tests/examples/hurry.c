/*
 * Linked into the examples under test, with --wrap=qc_client_new: their clients poll the sandbox without the pauses that the
 * vendor's sessions need.
 */
#include <qiancheng.h>

qc_status __real_qc_client_new(const qc_options *options, qc_client **out, qc_error **err);
qc_status __wrap_qc_client_new(const qc_options *options, qc_client **out, qc_error **err);

qc_status __wrap_qc_client_new(const qc_options *options, qc_client **out, qc_error **err)
{
    qc_options *own = NULL;
    qc_status status = QC_OK;

    if (options == NULL) {
        status = qc_options_from_env(&own, err);
        options = own;
    }
    /* The examples' options are not constant, only this function's view of them. */
    if (status == QC_OK)
        status = qc_options_set_poll_interval((qc_options *)options, 1, err);
    if (status == QC_OK)
        status = qc_options_set_backoff((qc_options *)options, 1, 1, err);
    if (status == QC_OK)
        status = __real_qc_client_new(options, out, err);
    qc_options_free(own);
    return status;
}
