/* Writes down what a process does to the files of one folder, so that a test can build every state a power cut leaves.
 *
 * RECORDED names the folder, RECORD the file to write to. A record: kind (1 byte), length of the path (2), path,
 * number a (8), number b (8), length of the data (4), data. The kinds: W pwrite (a: offset), T ftruncate (a: size),
 * F fsync of a file, D fsync of a folder, C creation, U unlink, R rename (data: the new path).
 * FAIL_AT fails the n-th pwrite, ftruncate or fsync of these files with errno FAIL_WITH, once.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(name) *)dlsym(RTLD_NEXT, #name))

static int record = -1;
static long calls, fail_at;

static const char *folder(void) { return getenv("RECORDED"); }

static int ours(const char *path) {
    const char *known = folder();
    return known && path && !strncmp(path, known, strlen(known));
}

static int path_of(int fd, char *path) {
    char link[64];
    int written = 0;
    for (int digits = fd, place = 1; ; place *= 10) {
        if (digits / place < 10) {
            memcpy(link, "/proc/self/fd/", 14);
            written = 14;
            for (; place; place /= 10) link[written++] = '0' + digits / place % 10;
            break;
        }
    }
    link[written] = 0;
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return ours(path);
}

static void note(char kind, const char *path, uint64_t a, uint64_t b, const void *data, uint32_t length) {
    if (record == -1) {
        const char *target = getenv("RECORD");
        if (!target) return;
        record = REAL(open)(target, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    }
    uint16_t path_length = strlen(path);
    size_t size = 1 + 2 + path_length + 8 + 8 + 4 + length;
    char *line = malloc(size), *at = line;
    *at++ = kind;
    memcpy(at, &path_length, 2); at += 2;
    memcpy(at, path, path_length); at += path_length;
    memcpy(at, &a, 8); at += 8;
    memcpy(at, &b, 8); at += 8;
    memcpy(at, &length, 4); at += 4;
    if (length) memcpy(at, data, length);
    if (REAL(write)(record, line, size) != (ssize_t)size) abort();
    free(line);
}

static int fails(void) {
    if (!fail_at) {
        const char *given = getenv("FAIL_AT");
        fail_at = given ? atol(given) : -1;
    }
    if (++calls != fail_at) return 0;
    errno = atoi(getenv("FAIL_WITH"));
    return 1;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t offset) {
    char path[PATH_MAX];
    int is_ours = path_of(fd, path);
    if (is_ours && fails()) return -1;
    ssize_t done = REAL(pwrite64)(fd, data, length, offset);
    if (is_ours && done > 0) note('W', path, offset, 0, data, done);
    return done;
}

ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }

ssize_t write(int fd, const void *data, size_t length) {
    char path[PATH_MAX];
    int is_ours = fd != record && path_of(fd, path);
    if (is_ours && fails()) return -1;
    off_t offset = is_ours ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t done = REAL(write)(fd, data, length);
    if (is_ours && done > 0) note('W', path, offset, 0, data, done);
    return done;
}

int ftruncate64(int fd, off64_t size) {
    char path[PATH_MAX];
    int is_ours = path_of(fd, path);
    if (is_ours && fails()) return -1;
    int done = REAL(ftruncate64)(fd, size);
    if (is_ours && !done) note('T', path, size, 0, "", 0);
    return done;
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    struct stat found;
    int is_ours = path_of(fd, path);
    if (is_ours && fails()) return -1;
    int done = real(fd);
    if (is_ours && !done && !fstat(fd, &found)) note(S_ISDIR(found.st_mode) ? 'D' : 'F', path, 0, 0, "", 0);
    return done;
}

int fsync(int fd) { return synced(fd, REAL(fsync)); }

int fdatasync(int fd) { return synced(fd, REAL(fdatasync)); }

static int opened(const char *path, int flags, mode_t mode, int (*real)(const char *, int, ...)) {
    struct stat found;
    int is_new = ours(path) && (flags & O_CREAT) && stat(path, &found);
    int is_cut = ours(path) && (flags & O_TRUNC);
    int fd = real(path, flags, mode);
    if (fd >= 0 && is_new) note('C', path, 0, 0, "", 0);
    if (fd >= 0 && is_cut && !is_new) note('T', path, 0, 0, "", 0);
    return fd;
}

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened(path, flags, mode, REAL(open));
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    return opened(path, flags, mode, REAL(open64));
}

int unlink(const char *path) {
    int done = REAL(unlink)(path);
    if (!done && ours(path)) note('U', path, 0, 0, "", 0);
    return done;
}

int rename(const char *old, const char *new) {
    int done = REAL(rename)(old, new);
    if (!done && ours(old)) note('R', old, 0, 0, new, strlen(new));
    return done;
}
