import { stringify } from 'yaml';
import type { Plan } from '../plan/plan.ts';

/**
 * A plan as YAML that `parsePlan` reads back to the same plan. Defaults are written out, so that the
 * text keeps its meaning when a default changes; only empty lists and groups are left out.
 */
export function planToYaml(plan: Plan): string {
  const { scope, communications, channels, ...rest } = plan;
  const parts = {
    ...rest,
    scope: withoutEmpty(scope),
    channels: withoutLists(channels),
    communications: withoutEmpty(communications),
  };
  const order: (keyof Plan)[] = [
    'release',
    'product',
    'version',
    'type',
    'summary',
    'goLive',
    'scope',
    'roles',
    'channels',
    'goNoGo',
    'communications',
    'rollout',
  ];
  const filled = order.map((field) => [field, parts[field]]).filter(([, value]) => !isEmpty(value));
  return stringify(Object.fromEntries(filled), { lineWidth: 110, aliasDuplicateObjects: false });
}

function withoutEmpty(group: object): object {
  return Object.fromEntries(Object.entries(group).filter(([, value]) => !isEmpty(value)));
}

/** An audience with one channel is written without a list. */
function withoutLists(channels: Plan['channels']): object {
  return Object.fromEntries(
    Object.entries(channels).map(([audience, addresses]) => [
      audience,
      addresses.length === 1 ? addresses[0] : addresses,
    ]),
  );
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
