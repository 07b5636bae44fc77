import { isObject } from '../json.ts';

/** Collects what is wrong, in Slack's words: `[ERROR] … [json-pointer:/blocks/0/text]`. */
export class Findings {
  readonly messages: string[] = [];

  add(problem: string, at: string): void {
    this.messages.push(`[ERROR] ${problem} [json-pointer:${at}]`);
  }
}

/** Looks at a value and reports what is wrong with it. `at` is its JSON pointer. */
export type Check = (value: unknown, at: string, findings: Findings) => void;

export const anything: Check = () => undefined;

/** A text whose length (UTF-16 units, the strictest count) is within bounds. */
export function string(bounds: { min?: number; max: number }): Check {
  const min = bounds.min ?? 0;
  return (value, at, findings) => {
    if (typeof value !== 'string') findings.add('must be a string', at);
    else if (value.length < min) findings.add(`must be more than ${min - 1} characters`, at);
    else if (value.length > bounds.max) findings.add(`must be less than ${bounds.max + 1} characters`, at);
  };
}

export function pattern(format: RegExp, what: string): Check {
  return (value, at, findings) => {
    if (typeof value !== 'string' || !format.test(value)) findings.add(`must be ${what}`, at);
  };
}

export const boolean: Check = (value, at, findings) => {
  if (typeof value !== 'boolean') findings.add('must be a boolean', at);
};

export function integer(min: number, max: number): Check {
  return (value, at, findings) => {
    if (typeof value !== 'number' || !Number.isInteger(value)) findings.add('must be an integer', at);
    else if (value < min || value > max) findings.add(`must be between ${min} and ${max}`, at);
  };
}

export function oneOf(...allowed: unknown[]): Check {
  return (value, at, findings) => {
    if (!allowed.includes(value)) findings.add(`must be one of: ${allowed.map(String).join(', ')}`, at);
  };
}

export const webAddress: Check = (value, at, findings) => {
  string({ min: 1, max: 3000 })(value, at, findings);
  const parsed = typeof value === 'string' && URL.canParse(value) ? new URL(value).protocol : '';
  if (!['http:', 'https:', 'mailto:', 'slack:', 'tel:'].includes(parsed))
    findings.add('must be a valid URL', at);
};

export function list(item: Check, bounds: { min?: number; max: number }): Check {
  return (value, at, findings) => {
    if (!Array.isArray(value)) {
      findings.add('must be an array', at);
      return;
    }
    if (value.length < (bounds.min ?? 0)) findings.add(`no fewer than ${bounds.min} items required`, at);
    if (value.length > bounds.max) findings.add(`no more than ${bounds.max} items allowed`, at);
    for (const [index, each] of value.entries()) item(each, `${at}/${index}`, findings);
  };
}

/** An object with these fields and no others; `also` looks at the whole of it. */
export function object(fields: {
  required?: Record<string, Check>;
  optional?: Record<string, Check>;
  also?: Check;
}): Check {
  const required = Object.entries(fields.required ?? {});
  const known = new Map([...required, ...Object.entries(fields.optional ?? {})]);
  return (value, at, findings) => {
    if (!isObject(value)) {
      findings.add('must provide an object', at);
      return;
    }
    for (const [name] of required) {
      if (value[name] === undefined || value[name] === null)
        findings.add(`missing required field: ${name}`, at);
    }
    for (const [name, each] of Object.entries(value)) {
      const check = known.get(name);
      if (check === undefined) findings.add(`invalid additional property: ${name}`, at);
      else if (each !== undefined && each !== null) check(each, `${at}/${name}`, findings);
    }
    fields.also?.(value, at, findings);
  };
}

/** An object whose `type` names the check it has to pass. */
export function typed(checks: Record<string, Check>): Check {
  return (value, at, findings) => {
    if (!isObject(value)) {
      findings.add('must provide an object', at);
      return;
    }
    const check =
      typeof value.type === 'string' && Object.hasOwn(checks, value.type) ? checks[value.type] : undefined;
    if (check) check(value, at, findings);
    else findings.add(`unsupported type: ${String(value.type)}`, `${at}/type`);
  };
}

export function pick(checks: Record<string, Check>, names: readonly string[]): Record<string, Check> {
  return Object.fromEntries(Object.entries(checks).filter(([name]) => names.includes(name)));
}
