// It never says that it is ready.
setInterval(() => undefined, 1_000);
