/* Header and library that belong together, and what they say of themselves. */
#include <stdio.h>
#include <stdlib.h>

#include "check.h"

static void header_and_library_belong_together(void)
{
    qc_error *err = NULL;
    char written[64];
    EXPECT_OK(QC_CHECK_ABI(&err));
    EXPECT(qc_abi_version() == QC_ABI_VERSION);
    EXPECT_TEXT(QC_VERSION, qc_version());
    snprintf(written, sizeof written, "%d.%d.%d", QC_VERSION_MAJOR, QC_VERSION_MINOR, QC_VERSION_PATCH);
    EXPECT_TEXT(QC_VERSION, written);
    EXPECT(QC_VERSION_NUMBER == QC_VERSION_MAJOR * 1000000 + QC_VERSION_MINOR * 1000 + QC_VERSION_PATCH);
}

int main(int argc, char **argv)
{
    static const struct behaviour behaviours[] = {
        {"header and library belong together", header_and_library_belong_together},
    };
    return RUN(behaviours, argc, argv);
}
