/* Looks a person up through the C library, as often as standard input says: the C contestant of the bench, in a process of its own,
   which measures itself as the bench measures the others. lookups BASE_URL USERNAME PASSWORD NAME ID_CARD MOBILE

   Reads lines "THREADS LOOKUPS", shares the lookups among the threads, and answers with "PROCESSOR-SECONDS SECONDS". */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <qiancheng.h>

enum { MOST_THREADS = 256 };

static struct {
    qc_client *client;
    const char *name, *id_card, *mobile;
    unsigned long lookups;
} task;

static void fail(const char *what, qc_error *error)
{
    fprintf(stderr, "lookups: %s: %s\n", what, error == NULL ? "the person is on the list" : qc_error_text(error));
    exit(EXIT_FAILURE);
}

/* A lookup and what a caller does with it: read, check, free. */
static void look_up(void)
{
    qc_answer *answer = NULL;
    qc_error *error = NULL;
    bool is_in = false;
    if (qc_blacklist_search(task.client, task.name, task.id_card, task.mobile, &answer, &error) != QC_OK
        || qc_answer_bool(answer, "/is_in", &is_in, &error) != QC_OK || !is_in) {
        fail("looking up", error);
    }
    qc_answer_free(answer);
}

static void *share(void *unused)
{
    (void)unused;
    for (unsigned long i = 0; i < task.lookups; i++) {
        look_up();
    }
    return NULL;
}

static void on_threads(unsigned long threads)
{
    pthread_t running[MOST_THREADS];
    for (unsigned long i = 0; i < threads; i++) {
        if (pthread_create(&running[i], NULL, share, NULL) != 0) {
            fail("starting a thread", NULL);
        }
    }
    for (unsigned long i = 0; i < threads; i++) {
        pthread_join(running[i], NULL);
    }
}

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    qc_options *options = NULL;
    qc_error *error = NULL;
    unsigned long threads = 0, lookups = 0;
    if (argc != 7) {
        return EXIT_FAILURE;
    }
    if (QC_CHECK_ABI(&error) != QC_OK || qc_options_new(&options, &error) != QC_OK
        || qc_options_set_base_url(options, argv[1], &error) != QC_OK
        || qc_options_set_account(options, argv[2], argv[3], &error) != QC_OK
        || qc_client_new(options, &task.client, &error) != QC_OK) {
        fail("setting up", error);
    }
    qc_options_free(options);
    task.name = argv[4];
    task.id_card = argv[5];
    task.mobile = argv[6];
    /* The token. */
    look_up();
    while (scanf("%lu %lu", &threads, &lookups) == 2 && threads > 0 && threads <= MOST_THREADS) {
        double processor = seconds(CLOCK_PROCESS_CPUTIME_ID), wall = seconds(CLOCK_MONOTONIC);
        task.lookups = lookups / threads;
        if (threads == 1) {
            share(NULL);
        } else {
            on_threads(threads);
        }
        wall = seconds(CLOCK_MONOTONIC) - wall;
        processor = seconds(CLOCK_PROCESS_CPUTIME_ID) - processor;
        printf("%.9f %.9f\n", processor, wall);
        fflush(stdout);
    }
    qc_client_free(task.client);
    return EXIT_SUCCESS;
}
