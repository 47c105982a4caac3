/* The words between a worker and its parent, on their way through a socket. */
#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

#include "run/worker.h"

bool gk_send_all(int fd, const void *data, size_t bytes) {
    const char *at = data;
    while (bytes) {
        ssize_t n = send(fd, at, bytes, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return false;
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

bool gk_receive_all(int fd, void *data, size_t bytes) {
    char *at = data;
    while (bytes) {
        ssize_t n = recv(fd, at, bytes, 0);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        at += n;
        bytes -= (size_t)n;
    }
    return true;
}

/* Room for one descriptor beside the bytes of a message. */
typedef union aside {
    struct cmsghdr head;
    char room[64];
} aside;

static struct msghdr message_of(struct iovec *bytes, aside *a) {
    return (struct msghdr){
        .msg_iov = bytes, .msg_iovlen = 1, .msg_control = a->room, .msg_controllen = CMSG_SPACE(sizeof(int))};
}

bool gk_send_request(int fd, const gk_request *request, int input) {
    gk_request copy = *request;
    copy.opened = input >= 0;
    struct iovec bytes = {&copy, sizeof copy};
    aside a = {0};
    struct msghdr m = message_of(&bytes, &a);
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof input);
    memcpy(CMSG_DATA(c), &input, sizeof input);
    if (input < 0) m.msg_control = NULL, m.msg_controllen = 0;
    ssize_t n;
    do n = sendmsg(fd, &m, MSG_NOSIGNAL);
    while (n < 0 && errno == EINTR);
    return n >= 0 && gk_send_all(fd, (const char *)&copy + n, sizeof copy - (size_t)n);
}

bool gk_receive_request(int fd, gk_request *request, int *input) {
    struct iovec bytes = {request, sizeof *request};
    aside a = {0};
    struct msghdr m = message_of(&bytes, &a);
    ssize_t n;
    *input = -1;
    do n = recvmsg(fd, &m, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n <= 0) return false;
    const struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS) memcpy(input, CMSG_DATA(c), sizeof *input);
    return gk_receive_all(fd, (char *)request + n, sizeof *request - (size_t)n);
}
