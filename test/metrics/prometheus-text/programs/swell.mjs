import { parentPort } from 'node:worker_threads';

parentPort.on('message', () => {
  const all = [];
  for (;;) all.push(Array.from({ length: 100_000 }, Math.random));
});
parentPort.postMessage({ type: 'ready' });
