
/*
 * The version of this header. qc_version() and qc_abi_version() are the library's; QC_CHECK_ABI() compares them.
 */
#define QC_VERSION_MAJOR @MAJOR@
#define QC_VERSION_MINOR @MINOR@
#define QC_VERSION_PATCH @PATCH@
#define QC_VERSION "@VERSION@"
#define QC_VERSION_NUMBER (QC_VERSION_MAJOR * 1000000 + QC_VERSION_MINOR * 1000 + QC_VERSION_PATCH)
#define QC_ABI_VERSION 1

/*
 * Whether the library that the program runs with is the one it was compiled for: once, before anything else.
 * Gives QC_OK or QC_CONFIG; `err` is where an error goes, or NULL.
 */
#define QC_CHECK_ABI(err) qc_check_abi(QC_ABI_VERSION, QC_VERSION, (err))

/*
 * The Arrow C data interface and the Arrow C stream interface, as their specification has them: a program that has them from
 * elsewhere, such as from nanoarrow, has them once.
 */
#ifdef __cplusplus
extern "C" {
#endif

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
    const char *format;
    const char *name;
    const char *metadata;
    int64_t flags;
    int64_t n_children;
    struct ArrowSchema **children;
    struct ArrowSchema *dictionary;
    void (*release)(struct ArrowSchema *);
    void *private_data;
};

struct ArrowArray {
    int64_t length;
    int64_t null_count;
    int64_t offset;
    int64_t n_buffers;
    int64_t n_children;
    const void **buffers;
    struct ArrowArray **children;
    struct ArrowArray *dictionary;
    void (*release)(struct ArrowArray *);
    void *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
    int (*get_schema)(struct ArrowArrayStream *, struct ArrowSchema *out);
    int (*get_next)(struct ArrowArrayStream *, struct ArrowArray *out);
    const char *(*get_last_error)(struct ArrowArrayStream *);
    void (*release)(struct ArrowArrayStream *);
    void *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

#ifdef __cplusplus
} /* extern "C" */
#endif
