/* MHTML: the page out of its parts, in each transfer coding, and what is none. */
#include "check.h"
#include "corpus/archive/mhtml.h"

#define HEAD                                                                                                           \
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: http://site.example/a.html\r\nMIME-Version: 1.0\r\n"         \
    "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--Mark--7\"\r\n\r\n\r\n"
#define PICTURE "----Mark--7\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
#define END "----Mark--7--\r\n"

static gk_buf page;
static gk_mhtml got;

static gk_str read_page(const char *file) {
    gk_buf_clear(&page);
    return gk_mhtml_read(gk_str_of(file), &got, &page) ? gk_buf_str(&page) : GK_STR("none");
}

int main(void) {
    static const char QUOTED[] = HEAD PICTURE "----Mark--7\r\nContent-Type: text/html; charset=utf-8\r\n"
                                 "Content-Transfer-Encoding: quoted-printable\r\n"
                                 "Content-Location: http://site.example/b\r\n\r\n"
                                 "<p a=3D\"1\">=E9=A2=\r\n=84 =zz</p>\r\n" END;
    CHECK(gk_mhtml_is(gk_str_of(QUOTED)));
    CHECK_STR(read_page(QUOTED), "<p a=\"1\">\xE9\xA2\x84 =zz</p>\r\n");
    CHECK_STR(got.url, "http://site.example/a.html");
    CHECK_STR(got.media_type, "text/html");
    CHECK_STR(read_page("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\n"
                        "Content-Type: text/html\n"
                        "Content-Location: http://site.example/b\nContent-Transfer-Encoding: base64\n\n"
                        "PHA+\nMTI8L3A+\n--x--\n"),
              "<p>12</p>");
    CHECK_STR(got.url, "http://site.example/b");
    CHECK_STR(read_page(HEAD PICTURE END), "none");
    CHECK_STR(read_page(HEAD "----Mark--7\r\nContent-Type: text/html\r\n\r\nnot ended"), "none");
    CHECK(!gk_mhtml_is(GK_STR("<html>MIME-Version: 1.0 multipart/related")));
    CHECK(!gk_mhtml_is(GK_STR("")));
    gk_buf_free(&page);
    return CHECK_DONE();
}
