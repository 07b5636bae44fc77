import { codePointOf } from './quoted.ts';
import type { TextFault } from './text-fault.ts';

/** Characters that YAML allows only as escapes. A picture or an archive has them within its first bytes. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;
/** Latin letters of two bytes each, read as UTF-8. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const wide = /^[\ufffd\ufeff]{0,2}(?:[\u0009-\u007e]\u0000|\u0000[\u0009-\u007e]){3}/;
const markup = /^\s*<(?:!doctype|!--|\?xml|[a-z]+[\s>])/i;

/** Finds a text that is none, or one of another kind; undefined when it may be a plan. */
export function findUnsupportedText(text: string): TextFault | undefined {
  const expected = 'a plan in YAML, a text in UTF-8';
  if (wide.test(text)) {
    return { offset: 0, message: 'is saved as UTF-16, which Windows calls Unicode', expected: 'UTF-8' };
  }
  const found = control.exec(text);
  if (found) {
    const message = `holds the control character ${codePointOf(found[0])}, as a picture or an archive does`;
    return { offset: found.index, message, expected };
  }
  return markup.test(text) ? { offset: 0, message: 'is HTML or XML', expected } : undefined;
}
