// What the contract of the runtimes asks for: the first argument says what to do.
'use strict';

exports.handle = (args) => {
  const [what, ...rest] = args;
  switch (what) {
    case 'echo':
      return new Promise((done) => setImmediate(done, rest));
    case 'print':
      console.log(rest[0]);
      process.stdout.write('and more\n');
      break;
    case 'fail':
      throw new Error(rest[0]);
    case 'reject':
      return Promise.reject(rest[0]);
    case 'mute':
      throw { toString() { throw new Error(); } };
    case 'huge':
      return 'x'.repeat(1 << 20);
    case 'unsayable':
      return 1n;
    case 'thread':
      setInterval(() => {}, 1000);
      break;
  }
  return 'Ok';
};

if (require.main === module) {
  console.log(exports.handle(process.argv.slice(2)));
}
