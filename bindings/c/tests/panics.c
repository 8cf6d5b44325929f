/* A defect of the library becomes a status, and the program lives. qc_test_panic() is exported for this, and in no header. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "sandbox.h"

extern qc_status qc_test_panic(qc_error **err);

static void expect_panic(void)
{
    qc_error *err = NULL;
    EXPECT(qc_test_panic(&err) == QC_PANIC && qc_error_kind(err) == QC_PANIC);
    EXPECT_TEXT("Panic", qc_error_kind_name(err));
    EXPECT(strlen(qc_error_text(err)) > 0 && !qc_error_retryable(err));
    qc_error_free(err);
    EXPECT(qc_test_panic(NULL) == QC_PANIC);
}

static void *panic(void *user_data)
{
    (void)user_data;
    expect_panic();
    return NULL;
}

static void a_panic_is_a_status_and_the_program_goes_on(void)
{
    qc_client *client = sandbox_client();
    qc_error *err = NULL;
    pthread_t thread;
    for (int i = 0; i < 10; i++) {
        expect_panic();
    }
    EXPECT(pthread_create(&thread, NULL, panic, NULL) == 0 && pthread_join(thread, NULL) == 0);
    EXPECT_OK(qc_blacklist_search(client, NAME, ID_CARD, MOBILE, NULL, &err));
    qc_client_free(client);
}

int main(int argc, char **argv)
{
    static const struct behaviour behaviours[] = {
        {"a panic is a status and the program goes on", a_panic_is_a_status_and_the_program_goes_on},
    };
    return RUN(behaviours, argc, argv);
}
