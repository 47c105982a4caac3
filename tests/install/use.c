/* A program of somebody else: reads one document through the installed header and library. */
#include <gongkai.h>
#include <stdio.h>
#include <string.h>

static bool count_lines(void *user, gongkai_text piece) {
    for (size_t i = 0; i < piece.len; i++) *(size_t *)user += piece.ptr[i] == '\n';
    return true;
}

int main(void) {
    static const char text[] = "words only\n";
    gongkai_error error;
    gongkai_session *session = gongkai_open(NULL, &error);
    if (!session) return 1;
    gongkai_document *document = gongkai_extract(session, text, sizeof text - 1, "words.txt");
    size_t lines = 0;
    bool ok = gongkai_document_error(document) == NULL && gongkai_document_json(document, count_lines, &lines) &&
              lines == gongkai_document_records(document) && gongkai_digest(session).len == 64;
    gongkai_text source = gongkai_record_field(gongkai_document_record(document, 0), "source");
    ok = ok && source.len == 9 && memcmp(source.ptr, "words.txt", 9) == 0;
    gongkai_document_free(document);
    gongkai_close(session);
    session = gongkai_open("no such folder", &error);
    ok = ok && !session && strcmp(error.name, "open") == 0;
    printf("gongkai %s: %s\n", gongkai_version(), ok ? "ok" : "not ok");
    return ok ? 0 : 1;
}
