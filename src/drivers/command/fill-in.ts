import { DriverError } from '../../services/ports/deployment-driver.ts';

/** What an argument may have in braces. */
export const placeholders = ['version', 'weight', 'operation', 'target'] as const;
export type Placeholder = (typeof placeholders)[number];

const inBraces = /\{([^{}]*)\}/g;
/** Neither an option nor anything that a careless script could take for one, or for code. */
const plain = /^[A-Za-z0-9][A-Za-z0-9._+-]{0,199}$/;

/** What of some arguments is in braces and means nothing, with its braces. */
export function unknownPlaceholders(argv: readonly string[]): string[] {
  return argv.flatMap((part) =>
    [...part.matchAll(inBraces)].flatMap(([whole, name]) =>
      placeholders.some((known) => known === name) ? [] : [whole],
    ),
  );
}

/**
 * The arguments with their values. Each stays one argument, whatever is in it.
 * @throws DriverError for a value that could be mistaken for an option or for code
 */
export function fillIn(
  argv: readonly [string, ...string[]],
  values: Partial<Record<Placeholder, string>>,
): [string, ...string[]] {
  const fill = (part: string) =>
    part.replaceAll(inBraces, (_, name: Placeholder) => {
      const value = values[name] ?? '';
      if (plain.test(value)) return value;
      throw new DriverError(`${JSON.stringify(value)} can't be given to a program as the ${name}.`);
    });
  const [program, ...args] = argv;
  return [fill(program), ...args.map(fill)];
}
