/* Preloaded before a process of the fault loops: counts what it does to files, and at the n-th step kills it, or lets
   the disk be full from there on, or refuses to flush from there on. Standard streams, sockets and pipes do not count.
   Besides, the clock of the whole process can stand elsewhere, or jump at each look: `fault_clock`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { NONE, KILL, FULL, FLUSH };
static volatile int mode = NONE;
static volatile long left = 0, steps = 0;

void fault_arm(int what, long n) { mode = what; left = n; steps = 0; }
long fault_steps(void) { return steps; }

/* Seconds that are added to the clock, in turn; a single one stays. */
static long shifts[4];
static volatile int turns = 0;
static volatile long looks = 0;
void fault_clock(const long *seconds, int count) {
  for (int at = 0; at < count && at < 4; at++) shifts[at] = seconds[at];
  looks = 0;
  turns = count > 4 ? 4 : count;
}
static long shift(void) { return turns ? shifts[__sync_fetch_and_add(&looks, 1) % turns] : 0; }

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

static int regular(int fd) {
  struct stat about;
  return fd > 2 && fstat(fd, &about) == 0 && S_ISREG(about.st_mode);
}

/* Whether this step meets the fault. */
static int met(void) {
  long n = __sync_add_and_fetch(&steps, 1);
  if (mode == KILL) return n == left;
  return n >= left;
}

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  if ((mode == KILL || mode == FULL) && regular(fd) && met()) {
    if (mode == FULL) { errno = ENOSPC; return -1; }
    if (size > 1) real(fd, data, size / 2);
    die();
  }
  return real(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  if ((mode == KILL || mode == FULL) && regular(fd) && met()) {
    if (mode == FULL) { errno = ENOSPC; return -1; }
    if (size > 1) real(fd, data, size / 2, at);
    die();
  }
  return real(fd, data, size, at);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return pwrite64(fd, data, size, at); }

ssize_t sendfile64(int out, int in, off64_t *at, size_t size) {
  REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
  if ((mode == KILL || mode == FULL) && regular(out) && met()) {
    if (mode == FULL) { errno = ENOSPC; return -1; }
    if (size > 1) real(out, in, at, size / 2);
    die();
  }
  return real(out, in, at, size);
}
ssize_t sendfile(int out, int in, off_t *at, size_t size) { return sendfile64(out, in, at, size); }

static int flushing(int (*real)(int), int fd) {
  if (mode == KILL && met()) die();
  if (mode == FLUSH && met()) { errno = EIO; return -1; }
  return real(fd);
}
int fsync(int fd) { REAL(int, "fsync", int); return flushing(real, fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); return flushing(real, fd); }

int ftruncate64(int fd, off64_t size) {
  REAL(int, "ftruncate64", int, off64_t);
  if (mode == KILL && met()) die();
  return real(fd, size);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int rename(const char *from, const char *to) {
  REAL(int, "rename", const char *, const char *);
  if (mode == KILL && met()) die();
  return real(from, to);
}
int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  if (mode == KILL && met()) die();
  return real(path);
}
int mkdir(const char *path, mode_t how) {
  REAL(int, "mkdir", const char *, mode_t);
  if ((mode == KILL || mode == FULL) && met()) {
    if (mode == FULL) { errno = ENOSPC; return -1; }
    die();
  }
  return real(path, how);
}

static int opening(int flags) {
  if (!(flags & O_CREAT) || !(mode == KILL || mode == FULL) || !met()) return 0;
  if (mode == KILL) die();
  errno = ENOSPC;
  return -1;
}
int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  va_list more; va_start(more, flags); mode_t how = va_arg(more, mode_t); va_end(more);
  struct stat about;
  if (stat(path, &about) != 0 && opening(flags)) return -1;
  return real(path, flags, how);
}
int open(const char *path, int flags, ...) {
  va_list more; va_start(more, flags); mode_t how = va_arg(more, mode_t); va_end(more);
  return open64(path, flags, how);
}

int clock_gettime(clockid_t which, struct timespec *now) {
  REAL(int, "clock_gettime", clockid_t, struct timespec *);
  int told = real(which, now);
  if (told == 0 && (which == CLOCK_REALTIME || which == CLOCK_REALTIME_COARSE)) now->tv_sec += shift();
  return told;
}
int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  REAL(int, "gettimeofday", struct timeval *, void *);
  int told = real(now, zone);
  if (told == 0) now->tv_sec += shift();
  return told;
}
time_t time(time_t *kept) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (kept) *kept = now.tv_sec;
  return now.tv_sec;
}
