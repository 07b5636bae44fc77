import { escapeHtml } from './escape-html.ts';

/** HTML that was made by `html`, and so has no text in it that is not escaped. */
export class Html {
  readonly #text: string;
  constructor(parts: readonly string[], values: readonly HtmlValue[]) {
    this.#text = parts
      .map((part, index) => (index === 0 ? part : written(values[index - 1]) + part))
      .join('');
  }
  toString(): string {
    return this.#text;
  }
}

/** What may stand in a template: text is escaped, null is nothing. */
export type HtmlValue = string | number | null | undefined | Html | readonly HtmlValue[];

/** HTML as a template: ``html`<p>${text}</p>` ``. Every text is literal; an attribute's has to stand in quotes. */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts, values);
}

function written(value: HtmlValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Html) return value.toString();
  if (typeof value === 'object') return value.map(written).join('');
  return escapeHtml(String(value));
}
