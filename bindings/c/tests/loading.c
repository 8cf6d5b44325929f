/* The library as a plug-in is loaded: by dlopen, on a thread, and closed while threads that called it are still there.
   loading LIBRARY */
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>

#include <qiancheng.h>

/* The functions that are looked up, under the library's version as the loader does. */
struct functions {
    qc_status (*options_from_env)(qc_options **, qc_error **);
    qc_status (*client_new)(const qc_options *, qc_client **, qc_error **);
    qc_status (*blacklist_search)(const qc_client *, const char *, const char *, const char *, qc_answer **, qc_error **);
    void (*options_free)(qc_options *);
    void (*client_free)(qc_client *);
};

static const char *path;
static sem_t closed;

static void need(int holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "%s: %s\n", what, dlerror());
        exit(EXIT_FAILURE);
    }
}

/* ISO C has no way from an object's pointer to a function's; POSIX's dlsym() needs one. */
static void look_up(void *library, const char *name, void *function)
{
    *(void **)function = dlvsym(library, name, "QIANCHENG_1");
    need(*(void **)function != NULL, name);
}

static void *call(void *user_data)
{
    struct functions functions;
    qc_options *options = NULL;
    qc_client *client = NULL;
    sem_t *called = user_data;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    need(library != NULL, path);
    look_up(library, "qc_options_from_env", &functions.options_from_env);
    look_up(library, "qc_client_new", &functions.client_new);
    look_up(library, "qc_blacklist_search", &functions.blacklist_search);
    look_up(library, "qc_options_free", &functions.options_free);
    look_up(library, "qc_client_free", &functions.client_free);
    need(functions.options_from_env(&options, NULL) == QC_OK, "options");
    need(functions.client_new(options, &client, NULL) == QC_OK, "client");
    need(functions.blacklist_search(client, "x", "110101199003070011", "13800138001", NULL, NULL) == QC_OK, "call");
    functions.client_free(client);
    functions.options_free(options);
    need(dlclose(library) == 0, "dlclose");
    sem_post(called);
    /* The thread ends when the library was closed by everybody: what it left for the thread's end must still be there. */
    sem_wait(&closed);
    return NULL;
}

int main(int argc, char **argv)
{
    enum { THREADS = 4 };
    pthread_t threads[THREADS];
    sem_t called;
    if (argc != 2) {
        return EXIT_FAILURE;
    }
    path = argv[1];
    sem_init(&called, 0, 0);
    sem_init(&closed, 0, 0);
    for (int i = 0; i < THREADS; i++) {
        need(pthread_create(&threads[i], NULL, call, &called) == 0, "thread");
    }
    for (int i = 0; i < THREADS; i++) {
        sem_wait(&called);
    }
    for (int i = 0; i < THREADS; i++) {
        sem_post(&closed);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    return EXIT_SUCCESS;
}
