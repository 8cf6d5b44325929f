/* A program that two libraries are in which have Rust in them. */
#include <stdint.h>
#include <stdlib.h>

#include <qiancheng.h>

int32_t beside(int32_t number);
qc_status qc_test_panic(qc_error **err);

int main(void)
{
    qc_error *err = NULL;
    qc_client *client = NULL;
    int well = beside(41) == 42 && qc_client_new(NULL, &client, &err) == QC_OK
               && qc_blacklist_search(client, "x", "110101199003070011", "13800138001", NULL, &err) == QC_OK
               && qc_test_panic(NULL) == QC_PANIC && beside(-1) == 0;
    qc_error_free(err);
    qc_client_free(client);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
