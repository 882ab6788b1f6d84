// Computes N iterations of the Fibonacci series: once from the command line, or call by call from a resident runtime.
'use strict';

function fibonacci(n) {
  let [a, b] = [0n, 1n];
  for (let i = 0; i < n; i++) {
    [a, b] = [b, a + b];
  }
  return a;
}

function handle(args) {
  const n = Number(args[0]);
  if (!Number.isSafeInteger(n)) throw new Error(`no number of iterations: ${args[0]}`);
  fibonacci(n);
  return 'Ok';
}

exports.handle = handle;

if (require.main === module) {
  console.log(handle(process.argv.slice(2)));
}
