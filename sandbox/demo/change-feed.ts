export interface ChangeFeed<State> {
  /** Looks now, and calls the listeners back when the state is not what they saw last. */
  check(): void;
  subscribe(listener: (state: State) => void): () => void;
  close(): Promise<void>;
}

/** Watches a state (as JSON) every `intervalMs`, without keeping the process alive. */
export function createChangeFeed<State>(options: {
  read: () => State;
  intervalMs: number;
}): ChangeFeed<State> {
  const listeners = new Set<(state: State) => void>();
  let shown = JSON.stringify(options.read());
  const check = (): void => {
    const state = options.read();
    const written = JSON.stringify(state);
    if (written === shown) return;
    shown = written;
    for (const listener of listeners) listener(state);
  };
  const timer = setInterval(check, options.intervalMs).unref();
  return {
    check,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => clearInterval(timer),
  };
}
