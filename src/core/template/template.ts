/**
 * A message as its Markdown says it, with places for values. It was parsed before any value is known,
 * so that no value can become markup.
 */
export interface Template {
  name: string;
  /** The first heading: the card's header and summary. */
  title: TemplateInline[];
  blocks: TemplateBlock[];
}

export interface TextStyle {
  bold?: true;
  italic?: true;
  code?: true;
}

export type TemplateInline =
  | { type: 'text'; text: string; style: TextStyle }
  | { type: 'variable'; name: string; style: TextStyle }
  | { type: 'link'; url: string; text: string };

export type TemplateBlock =
  | { type: 'paragraph' | 'quote' | 'note' | 'code'; content: TemplateInline[] }
  | { type: 'list'; ordered: boolean; items: TemplateInline[][] }
  | { type: 'divider' }
  /** Variables that are links, on one line; those without a value are left out. */
  | { type: 'links'; names: string[] }
  /** Shown when the variable has a value, or, with `unless`, when it has none. */
  | { type: 'section'; variable: string; unless: boolean; blocks: TemplateBlock[] };

/** A fault in a template's text. `line` and `column` count from 1. */
export interface TemplateProblem {
  line: number;
  column: number;
  message: string;
}
