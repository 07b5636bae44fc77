import { isObject, objectsOf } from '../json.ts';
import type { JsonObject } from '../stored.ts';
import { plainText, typeField } from './composition.ts';
import { boolean, type Check, Findings, object, string, typed } from './shape.ts';
import { checkViewBlocks } from './validate-blocks.ts';

/** Bytes of JSON. */
const VIEW_LIMIT = 250_000;

export type ViewVerdict =
  | { valid: true; view: JsonObject }
  | { valid: false; error: 'invalid_arguments' | 'view_too_large'; messages: string[] };

const blocks: Check = (value, _at, findings) => checkViewBlocks(value, findings);
const optional = {
  private_metadata: string({ max: 3000 }),
  callback_id: string({ max: 255 }),
  external_id: string({ max: 255 }),
};

const inputsNeedSubmit: Check = (value, at, findings) => {
  if (!isObject(value) || value.submit) return;
  if (objectsOf(value.blocks).some((block) => block.type === 'input')) {
    findings.add('"submit" is required when an input block is present', at);
  }
};

const modal = object({
  required: { type: typeField, title: plainText(24), blocks },
  optional: {
    ...optional,
    submit: plainText(24),
    close: plainText(24),
    clear_on_close: boolean,
    notify_on_close: boolean,
  },
  also: inputsNeedSubmit,
});

const checks = {
  modal: typed({ modal }),
  home: typed({ home: object({ required: { type: typeField, blocks }, optional }) }),
};

/** Checks a view as Slack does when it is opened or published. */
export function validateView(value: unknown, kind: 'modal' | 'home'): ViewVerdict {
  const findings = new Findings();
  checks[kind](value, '/view', findings);
  if (findings.messages.length > 0 || !isObject(value)) {
    return { valid: false, error: 'invalid_arguments', messages: findings.messages };
  }
  if (Buffer.byteLength(JSON.stringify(value)) > VIEW_LIMIT) {
    return { valid: false, error: 'view_too_large', messages: [`a view has at most ${VIEW_LIMIT} bytes`] };
  }
  return { valid: true, view: value };
}
