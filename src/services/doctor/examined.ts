import type { Services } from '../kernel/context.ts';

/** What an examination looks at. Nothing is changed, and nothing is sent. */
export type Examined = Pick<
  Services,
  | 'db'
  | 'clock'
  | 'channels'
  | 'directories'
  | 'releaseCreators'
  | 'defaultChannels'
  | 'adapters'
  | 'driver'
  | 'metrics'
>;
