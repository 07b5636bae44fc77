// Loaded before a program that would listen on every address of the machine: it listens on loopback instead.
const { Server } = require('node:net');

const { listen } = Server.prototype;
Server.prototype.listen = function listenOnLoopback(...args) {
  const [first, ...others] = args;
  if (typeof first === 'object' && first !== null && 'port' in first)
    return listen.call(this, { ...first, host: '127.0.0.1' }, ...others);
  if (/^\d+$/.test(String(first))) {
    const callback = others.find((each) => typeof each === 'function');
    return listen.call(this, { port: Number(first), host: '127.0.0.1' }, ...(callback ? [callback] : []));
  }
  return listen.apply(this, args);
};
