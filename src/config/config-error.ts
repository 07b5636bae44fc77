/** The configuration is not usable; the message names what is wrong and the next step. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}
