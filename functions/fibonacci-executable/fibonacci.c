/* Computes N iterations of the Fibonacci series: once with N on the command line, else for each line that it reads. */
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static volatile uint64_t last_digit; /* a result that nobody can see would not be computed */

static void fail(const char *what, const char *text) {
  fprintf(stderr, "%s: %.200s\n", what, text);
  exit(1);
}

/* a + b into a, numbers of as many digits to base 2^64. */
static void add(uint64_t *a, const uint64_t *b, size_t digits) {
  unsigned carry = 0;
  for (size_t i = 0; i < digits; i++) {
    unsigned __int128 sum = (unsigned __int128)a[i] + b[i] + carry;
    a[i] = (uint64_t)sum;
    carry = (unsigned)(sum >> 64);
  }
}

static void fibonacci(const char *text) {
  char *end;
  errno = 0;
  unsigned long n = strtoul(text, &end, 10);
  if (errno || end == text || *text == '-' || (*end && *end != ' ' && *end != '\n')) fail("no number of iterations", text);
  /* An iteration adds less than 0.6943 bits. */
  size_t all = n / 92 + 2;
  uint64_t *a = calloc(all, sizeof *a), *b = calloc(all, sizeof *b);
  if (!a || !b) fail("no memory for", text);
  b[0] = 1;
  size_t digits = 1;
  for (unsigned long i = 0; i < n; i++) {
    add(a, b, digits);
    uint64_t *last = a;
    a = b;
    b = last;
    if (digits < all && b[digits - 1] >> 62) digits++;
  }
  last_digit = a[0];
  free(a);
  free(b);
}

int main(int count, char **words) {
  if (count > 1) {
    fibonacci(words[1]);
    puts("Ok");
    return 0;
  }
  char *line = NULL;
  size_t room = 0;
  while (getline(&line, &room, stdin) > 0) {
    fibonacci(line);
    puts("Ok");
    fflush(stdout);
  }
  return 0;
}
