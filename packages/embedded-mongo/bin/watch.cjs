// A thread beside the server: ends the process when it should end and its event loop does not get to it.
const { setInterval, setTimeout } = require('node:timers');
const { parentPort, workerData } = require('node:worker_threads');

const { parent, pollMs, patienceMs, orderlyMs, orderly } = workerData;
let ending = false;

/** The server may end by itself; what nobody was told of is lost then, as when it is killed. */
function end() {
  if (ending) return;
  ending = true;
  setTimeout(() => {
    if (Atomics.load(orderly, 0) === 0) process.kill(process.pid, 'SIGKILL');
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), orderlyMs);
  }, patienceMs);
}

function isGone(pid) {
  if (process.ppid !== pid) return true;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

if (parent !== undefined) setInterval(() => isGone(parent) && end(), pollMs);

// Threads have no `process.on` for signals, only what it is made of, and that no longer since Node 24.
try {
  process.noDeprecation = true;
  const { Signal } = process.binding('signal_wrap');
  for (const number of [2, 15]) {
    const signal = new Signal();
    signal.onsignal = end;
    signal.start(number);
  }
} catch {
  if (parent === undefined) setInterval(() => undefined, pollMs);
}
parentPort.postMessage('watching');
