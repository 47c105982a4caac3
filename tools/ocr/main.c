/* gongkai-ocr: recognises the characters of page pictures. Reads what `gongkai-pdf --render` prints on the standard input
 * and prints what gongkai-pdf would print of pages that hold text. See FORMAT.md.
 *
 * Exit: 0 all pages were read (a Z line ends the output), 1 not (an X line), 2 a word on the command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <signal.h>
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <unistd.h>

#include "words.h"

enum {
    MOST_PIXELS = 40000000,
    MOST_SECONDS = 3600,   /* on the processor */
    MOST_MEMORY = 2048,    /* MiB of address space */
    LINE_BYTES = 1024
};

static void limit(int resource, rlim_t most) {
    struct rlimit r;
    if (getrlimit(resource, &r) != 0) return;
    if (r.rlim_max == RLIM_INFINITY || r.rlim_max > most) r.rlim_max = most;
    r.rlim_cur = r.rlim_max;
    setrlimit(resource, &r);
}

static int fail(const char *class, const char *text) {
    printf("X %s %s\n", class, text);
    return 1;
}

/* The next line of the input without its end; NULL at the end of the input. */
static char *next_line(char *line) {
    if (!fgets(line, LINE_BYTES, stdin)) return NULL;
    line[strcspn(line, "\n")] = '\0';
    return line;
}

static PIX *read_picture(int width, int height) {
    PIX *pix = pixCreate(width, height, 8);
    unsigned char *row = malloc((size_t)width);
    int ok = pix && row;
    for (int y = 0; ok && y < height; y++) {
        ok = fread(row, 1, (size_t)width, stdin) == (size_t)width;
        l_uint32 *data = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; ok && x < width; x++) SET_DATA_BYTE(data, x, row[x]);
    }
    free(row);
    if (!ok) pixDestroy(&pix);
    return pix;
}

static void print_rules(BOXA *rules, int down, const picture *p) {
    for (int i = 0; rules && i < boxaGetCount(rules); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(rules, i, &x, &y, &w, &h);
        float k = 100 / p->scale, fx = (float)x, fy = (float)y, fw = (float)w, fh = (float)h;
        if (down) printf("L %.0f %.0f %.0f %.0f", (fx + fw / 2) * k, fy * k, (fx + fw / 2) * k, (fy + fh) * k);
        else printf("L %.0f %.0f %.0f %.0f", fx * k, (fy + fh / 2) * k, (fx + fw) * k, (fy + fh / 2) * k);
        printf(" %.0f 0\n", (down ? fw : fh) * k);
    }
}

/* Prints what a picture of a page holds; 0 where it cannot be had. */
static int print_picture(TessBaseAPI *api, const char *sizes, long page_width) {
    int width = 0, height = 0;
    picture p;
    if (sscanf(sizes, "B %d %d", &width, &height) != 2 || width < 1 || height < 1 || page_width < 1 ||
        (long long)width * height > MOST_PIXELS)
        return 0;
    PIX *pix = read_picture(width, height);
    if (!pix || !picture_make(&p, pix, (float)width * 100 / (float)page_width)) return 0;
    print_rules(p.across, 0, &p);
    print_rules(p.down, 1, &p);
    int ok = words_print(api, &p);
    picture_free(&p);
    return ok;
}

static int print_pages(TessBaseAPI *api) {
    char line[LINE_BYTES];
    long width = 0;
    int number = 0;
    if (!next_line(line) || strcmp(line, "gongkai-pdf 1") != 0) return fail("format", "the input is no stream of pictures");
    while (next_line(line)) {
        int code = 0;
        if (line[0] == 'P' && sscanf(line, "P %d %ld", &number, &width) != 2) code = 1;
        if (line[0] == 'B') code = !print_picture(api, line, width);
        else puts(line);
        if (code) return fail("format", "a picture could not be read");
        if (line[0] == 'E') fflush(stdout);
        if (line[0] == 'Z') return 0;
        if (line[0] == 'X') return 1;
    }
    return fail("format", "the stream of pictures is cut off");
}

/* The runtime of OpenMP reads its environment before main begins: the program starts once more with one thread, as many
 * of them run side by side. */
static void use_one_thread(char **argv) {
    if (getenv("OMP_THREAD_LIMIT")) return;
    setenv("OMP_THREAD_LIMIT", "1", 1);
    execv("/proc/self/exe", argv);
}

int main(int argc, char **argv) {
    if (argc > 1) {
        fprintf(stderr, "usage: gongkai-pdf --render 300 all < FILE.pdf | gongkai-ocr\n");
        return 2;
    }
    use_one_thread(argv);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* Nobody waits for the answer when the program that asked is gone. */
#endif
#if !defined(__SANITIZE_ADDRESS__)
    limit(RLIMIT_AS, (rlim_t)MOST_MEMORY << 20); /* a sanitizer reserves terabytes of addresses */
#endif
    limit(RLIMIT_CPU, MOST_SECONDS);
    limit(RLIMIT_CORE, 0);
    setMsgSeverity(L_SEVERITY_NONE);
    puts("gongkai-ocr 1");
    TessBaseAPI *api = TessBaseAPICreate();
    if (!api || TessBaseAPIInit2(api, NULL, "chi_sim", OEM_LSTM_ONLY) != 0)
        return fail("language", "Tesseract has no data for chi_sim (Debian: tesseract-ocr-chi-sim)");
    TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    int code = print_pages(api);
    TessBaseAPIEnd(api);
    TessBaseAPIDelete(api);
    return code;
}
