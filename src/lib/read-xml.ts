import { XMLParser, XMLValidator } from 'fast-xml-parser';

/** An element: attributes under `@name`, children by their names. */
export type XmlElement = { readonly [name: string]: unknown };

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  // Nothing in a report needs an entity of its own, and expanding them is how a small file becomes a large one.
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
});

/** The root element of an XML text and its name; null when it is not XML, or defines entities. */
export function readXml(text: string): { name: string; root: XmlElement } | null {
  if (/<!ENTITY/i.test(text) || XMLValidator.validate(text) !== true) return null;
  const document: unknown = parser.parse(text);
  if (!isElement(document)) return null;
  const [found] = Object.entries(document).filter(([name]) => !name.startsWith('?') && !name.startsWith('#'));
  return found && isElement(found[1]) ? { name: found[0], root: found[1] } : null;
}

/** The children of a name, in their order. */
export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  const found = element[name];
  return (Array.isArray(found) ? found : [found]).flatMap((child: unknown) => {
    if (isElement(child)) return [child];
    // An empty element is an empty text.
    return child === '' ? [{}] : [];
  });
}

/** An attribute as a number; null when it is none. */
export function numberAt(element: XmlElement, attribute: string): number | null {
  const value = element[`@${attribute}`];
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
  return Number.isFinite(number) ? number : null;
}

function isElement(value: unknown): value is XmlElement {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
