import { COMMAND_VARIABLES } from './command-variables.ts';
import { CUSTOMER_VARIABLES } from './customer-variables.ts';
import {
  ASKED_VARIABLES,
  CHANNEL_VARIABLES,
  PEOPLE_VARIABLES,
  UPDATE_VARIABLES,
} from './people-variables.ts';
import { POLL_VARIABLES } from './poll-variables.ts';
import {
  GO_LIVE_VARIABLES,
  LINK_VARIABLES,
  RELEASE_VARIABLES,
  SCOPE_VARIABLES,
} from './release-variables.ts';
import { ROLLBACK_VARIABLES, ROLLOUT_VARIABLES } from './rollout-variables.ts';
import type { MessageVariable } from './variable.ts';

/** Every variable there is, by name. A template that uses another one is refused when it is loaded. */
export const MESSAGE_VARIABLES: ReadonlyMap<string, MessageVariable> = new Map(
  Object.entries({
    ...RELEASE_VARIABLES,
    ...GO_LIVE_VARIABLES,
    ...SCOPE_VARIABLES,
    ...CUSTOMER_VARIABLES,
    ...POLL_VARIABLES,
    ...ROLLOUT_VARIABLES,
    ...ROLLBACK_VARIABLES,
    ...UPDATE_VARIABLES,
    ...PEOPLE_VARIABLES,
    ...ASKED_VARIABLES,
    ...CHANNEL_VARIABLES,
    ...COMMAND_VARIABLES,
    ...LINK_VARIABLES,
  }),
);
