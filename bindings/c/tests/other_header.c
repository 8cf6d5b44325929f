/* Compiled with the header of another library: it is told so, in words, before anything happens. CMake makes that header. */
#include <stdlib.h>
#include <string.h>

#include "check.h"

static void a_header_that_does_not_fit_is_refused(void)
{
    qc_error *err = NULL;
    EXPECT(QC_CHECK_ABI(&err) == QC_CONFIG && qc_error_kind(err) == QC_CONFIG);
    EXPECT(strstr(qc_error_message(err), QC_VERSION) != NULL && strstr(qc_error_message(err), qc_version()) != NULL);
    EXPECT(strstr(qc_error_message(err), EXPECTED_ADVICE) != NULL);
    qc_error_free(err);
    EXPECT(QC_CHECK_ABI(NULL) == QC_CONFIG);
}

int main(int argc, char **argv)
{
    static const struct behaviour behaviours[] = {
        {"a header that does not fit is refused", a_header_that_does_not_fit_is_refused},
    };
    return RUN(behaviours, argc, argv);
}
