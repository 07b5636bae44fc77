import * as z from 'zod';
import { valueAt } from './value-at.ts';

/** The schema behind `.optional()`, `.default()`, `.prefault()`, `.transform()`. */
function unwrap(schema: unknown): unknown {
  let inner = schema;
  for (;;) {
    if (inner instanceof z.ZodPipe) inner = inner.def.in;
    else if (
      inner instanceof z.ZodOptional ||
      inner instanceof z.ZodDefault ||
      inner instanceof z.ZodPrefault
    )
      inner = inner.def.innerType;
    else return inner;
  }
}

/** Like `unwrap`, and of a union the option that `value` means: by its discriminator, or as a list; else the first. */
function resolve(schema: unknown, value: unknown): unknown {
  const inner = unwrap(schema);
  if (!(inner instanceof z.ZodUnion)) return inner;
  if (!(inner instanceof z.ZodDiscriminatedUnion)) {
    const choices: readonly unknown[] = inner.options;
    return choices.find((option) => option instanceof z.ZodArray === Array.isArray(value)) ?? choices[0];
  }
  const { discriminator } = inner.def;
  const meant = valueAt(value, [discriminator]);
  const options: readonly unknown[] = inner.options;
  return options.find((option) => isLiteral(fieldsOf(option).get(discriminator), meant)) ?? options[0];
}

function isLiteral(schema: unknown, value: unknown): boolean {
  return schema instanceof z.ZodLiteral && schema.safeParse(value).success;
}

function fieldsOf(schema: unknown): ReadonlyMap<string, unknown> {
  return schema instanceof z.ZodObject ? new Map(Object.entries(schema.shape)) : new Map();
}

/** The schema at a path below `root`, as it applies to `value`; undefined where nothing is known. */
function schemaAt(root: z.ZodType, value: unknown, path: readonly (string | number)[]): unknown {
  let schema: unknown = root;
  for (const [depth, part] of path.entries()) {
    const inner = resolve(schema, valueAt(value, path.slice(0, depth)));
    if (inner instanceof z.ZodArray) schema = inner.element;
    else if (inner instanceof z.ZodRecord) schema = inner.valueType;
    else schema = fieldsOf(inner).get(String(part));
  }
  return schema;
}

/** The names of the fields that the object at `path` may have. */
export function knownFields(root: z.ZodType, value: unknown, path: readonly (string | number)[]): string[] {
  return [...fieldsOf(resolve(schemaAt(root, value, path), valueAt(value, path))).keys()];
}

/** What the schema at `path` describes itself as, in words that continue "expected". */
export function expectedAt(
  root: z.ZodType,
  value: unknown,
  path: readonly (string | number)[],
): string | undefined {
  const schema = schemaAt(root, value, path);
  const inner = unwrap(schema);
  const described = schema instanceof z.ZodType ? schema.description : undefined;
  return described ?? (inner instanceof z.ZodType ? inner.description : undefined);
}
