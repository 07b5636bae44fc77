import {
  anything,
  boolean,
  type Check,
  list,
  object,
  oneOf,
  string,
  typed,
} from '../../workspace/blocks/shape.ts';
import { isObject } from '../../workspace/json.ts';
import { webLink } from './basics.ts';

/** More of them in one row, and Teams shows the rest nowhere. */
const mostActions = 6;

const common = {
  type: string({ max: 64 }),
  id: string({ min: 1, max: 255 }),
  iconUrl: webLink,
  style: oneOf('default', 'positive', 'destructive'),
  tooltip: string({ max: 500 }),
  isEnabled: boolean,
  mode: oneOf('primary', 'secondary'),
  requires: anything,
};

/** What Teams itself reads in the data of an `Action.Submit`. */
const teamsData = typed({
  'task/fetch': object({ optional: { type: string({ max: 64 }) } }),
  messageBack: object({
    optional: {
      type: string({ max: 64 }),
      text: string({ max: 2_000 }),
      displayText: string({ max: 2_000 }),
      value: anything,
    },
  }),
});

/** Data reach the app as an object, with what stands in the inputs. */
const submitData: Check = (value, at, findings) => {
  if (!isObject(value)) findings.add('must be an object', at);
  else if (value.msteams !== undefined) teamsData(value.msteams, `${at}/msteams`, findings);
};
const executeData: Check = (value, at, findings) => {
  if (!isObject(value)) findings.add('must be an object', at);
  else if (value.msteams !== undefined)
    findings.add('is read for Action.Submit alone; Action.Execute opens no dialog', `${at}/msteams`);
};

function kind(required: Record<string, Check>, optional: Record<string, Check>, also?: Check): Check {
  const { type, ...others } = common;
  return object({
    required: { type, ...required },
    optional: { ...others, title: string({ max: 255 }), fallback, ...optional },
    ...(also ? { also } : {}),
  });
}

const associatedInputs = oneOf('auto', 'none', 'Auto', 'None');
const fallback: Check = (value, at, findings) => {
  if (value !== 'drop') action(value, at, findings);
};

const withoutCards: Record<string, Check> = {
  'Action.Submit': kind({}, { data: submitData, associatedInputs }),
  'Action.Execute': kind({ verb: string({ min: 1, max: 255 }) }, { data: executeData, associatedInputs }),
  'Action.OpenUrl': kind({ url: webLink }, {}),
  'Action.ToggleVisibility': kind({ targetElements: list(anything, { min: 1, max: 100 }) }, {}),
};

/** An action that may stand alone: of a refresh, or of an element that can be pressed itself. */
export const action: Check = typed(withoutCards);

/** Every action of a card; `card` checks what `Action.ShowCard` holds. */
export function anyAction(card: Check): Check {
  return typed({ ...withoutCards, 'Action.ShowCard': kind({ card }, {}) });
}

/** A row of actions; `each` checks one. */
export function actionRow(each: Check): Check {
  return list(each, { max: mostActions });
}
