/**
 * For undici's `EnvHttpProxyAgent`, which takes proxies from HTTP_PROXY and HTTPS_PROXY: hosts that are reached
 * without one. Besides those of NO_PROXY that is this machine itself, where no proxy could reach it.
 */
export function hostsWithoutProxy(env: NodeJS.ProcessEnv = process.env): string {
  const { no_proxy: lower, NO_PROXY: upper } = env;
  return [lower ?? upper, 'localhost', '127.0.0.1', '[::1]'].filter(Boolean).join(',');
}
