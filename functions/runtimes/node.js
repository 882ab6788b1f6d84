// The resident runtime for Node.js: keeps a function's process and serves the calls that come as lines (docs/resident.md).
//
//     node node.js FUNCTION.js
//
// FUNCTION.js is loaded once and exports `handle(args)`: an array of strings in, anything that JSON can say out, or a
// promise of it. A call whose handle throws is failed, with the error as its result. What the function writes to
// process.stdout or console goes to standard error; a child process must not inherit standard input or output.
'use strict';

const fs = require('fs');
const path = require('path');

const LINE_BYTES = 64 << 10;
const ANSWER_BYTES = 1 << 20;

function endWith(code, text) {
  if (text) fs.writeSync(2, text + '\n');
  process.exit(code);
}

function tell(message) {
  const bytes = Buffer.from(JSON.stringify(message) + '\n');
  if (bytes.length > ANSWER_BYTES) throw new Error(`its line would have ${bytes.length} bytes`);
  for (let sent = 0; sent < bytes.length; ) {
    try {
      sent += fs.writeSync(1, bytes, sent);
    } catch (error) {
      if (error.code !== 'EAGAIN') endWith(1, `no answer can be written: ${error.message}`);
    }
  }
}

/** The error in one line, whatever its own text does. */
function told(error) {
  try {
    return String(error);
  } catch {
    return 'an error that can not be told';
  }
}

function parse(line) {
  const call = JSON.parse(line.toString('utf8'));
  if (call === null || typeof call !== 'object' || Array.isArray(call)) throw new Error('it is no object');
  if (!Number.isSafeInteger(call.id) || call.id < 1) throw new Error('its id is no integer from 1 to 2^53 - 1');
  if (!Array.isArray(call.args) || !call.args.every((arg) => typeof arg === 'string')) {
    throw new Error('its args are no list of strings');
  }
  return call;
}

const micros = () => Number(process.hrtime.bigint() / 1000n);

async function serve(handle, line) {
  let call;
  try {
    call = parse(line);
  } catch (problem) {
    endWith(1, `the line is no call: ${problem.message}: ${line.toString('utf8', 0, 200)}`);
  }
  const answer = { id: call.id, exit_code: 0, result: null, started_us: micros(), ended_us: 0 };
  try {
    const result = handle(call.args);
    answer.result = result instanceof Promise ? await result : result;
  } catch (error) {
    answer.exit_code = 1;
    answer.result = told(error);
  }
  answer.ended_us = micros();
  try {
    tell(answer);
  } catch (problem) {
    answer.exit_code = 1;
    answer.result = `the function's result can't be told: ${told(problem).slice(0, 1000)}`;
    tell(answer);
  }
}

/** The lines of standard input, without their line feeds. */
async function* lines() {
  let rest = Buffer.alloc(0);
  for await (const chunk of process.stdin) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      if (end < LINE_BYTES) yield rest.subarray(0, end);
      else break;
      rest = rest.subarray(end + 1);
    }
    if (rest.length >= LINE_BYTES) break;
  }
  if (rest.length) endWith(1, `the line is no call: no line feed within ${LINE_BYTES} bytes`);
}

async function main(file) {
  Object.defineProperty(process, 'stdout', { get: () => process.stderr });
  const { handle } = require(path.resolve(file));
  tell({ resident: 1, runtime: `node ${process.versions.node}` });
  for await (const line of lines()) await serve(handle, line);
  process.exit(0); // whatever the function has left
}

main(process.argv[2]);
