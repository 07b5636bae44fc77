import type { MessageFacts } from '../template/message-facts.ts';
import type { Template, TemplateBlock, TemplateInline } from '../template/template.ts';
import type { VariableValue } from '../template/variable.ts';

/**
 * The variables whose values a reader of a template sees: not those of sections that are left out, nor those without
 * a value. A condition alone shows nothing.
 */
export function shownVariables(template: Template, facts: MessageFacts): Set<string> {
  const named = [...namesIn(template.title), ...template.blocks.flatMap((block) => namesOf(block, facts))];
  return new Set(named.filter((name) => !isEmpty(facts.get(name))));
}

function namesOf(block: TemplateBlock, facts: MessageFacts): string[] {
  switch (block.type) {
    case 'section': {
      const isShown = isEmpty(facts.get(block.variable)) === block.unless;
      return isShown ? block.blocks.flatMap((inner) => namesOf(inner, facts)) : [];
    }
    case 'divider':
      return [];
    case 'list':
      return block.items.flatMap(namesIn);
    case 'links':
      return block.names;
    case 'code':
    case 'paragraph':
    case 'quote':
    case 'note':
      return namesIn(block.content);
  }
}

function namesIn(content: readonly TemplateInline[]): string[] {
  return content.flatMap((inline) => (inline.type === 'variable' ? [inline.name] : []));
}

function isEmpty(value: VariableValue | undefined): boolean {
  if (value === undefined) return true;
  return (typeof value === 'object' && 'phrase' in value ? value.phrase : value).length === 0;
}
