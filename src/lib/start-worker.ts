import { Worker, type WorkerOptions } from 'node:worker_threads';

/**
 * Runs a module in a thread of its own. From the bundle Node runs it as it is; from the source it needs tsx, which
 * has to be registered in each thread.
 */
export function startWorker(program: URL, options: WorkerOptions = {}): Worker {
  if (!program.pathname.endsWith('.ts')) return new Worker(program, options);
  const tsx = import.meta.resolve('tsx/esm/api');
  const code = `import { register } from ${JSON.stringify(tsx)}; register(); await import(${JSON.stringify(program)});`;
  const wrapped = new URL(`data:text/javascript,${encodeURIComponent(code)}`);
  return new Worker(wrapped, { execArgv: [], ...options });
}
