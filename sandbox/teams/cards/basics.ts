import { type Check, oneOf, pattern } from '../../workspace/blocks/shape.ts';

/** Where a card may lead: a page, a mail, a number, or a place in Teams. */
export const webLink: Check = (value, at, findings) => {
  const protocol = typeof value === 'string' && URL.canParse(value) ? new URL(value).protocol : '';
  if (!['http:', 'https:', 'mailto:', 'tel:', 'msteams:'].includes(protocol))
    findings.add('must be a web address', at);
};

export const picture: Check = (value, at, findings) => {
  if (typeof value === 'string' && /^data:image\/(png|jpeg|gif|svg\+xml)[;,]/.test(value)) return;
  if (typeof value !== 'string' || !value.startsWith('https://'))
    findings.add('must be an https address or a data: picture', at);
};

export const number: Check = (value, at, findings) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) findings.add('must be a number', at);
};

const anyCase = (...allowed: string[]) =>
  oneOf(...allowed.flatMap((each) => [each, each.toLowerCase(), each[0]?.toUpperCase() + each.slice(1)]));

export const spacing = anyCase('default', 'none', 'small', 'medium', 'large', 'extraLarge', 'padding');
export const horizontal = anyCase('left', 'center', 'right');
export const vertical = anyCase('top', 'center', 'bottom');
export const containerStyle = anyCase('default', 'emphasis', 'good', 'attention', 'warning', 'accent');
export const color = anyCase('default', 'dark', 'light', 'accent', 'good', 'warning', 'attention');
export const fontType = anyCase('default', 'monospace');
export const size = anyCase('default', 'small', 'medium', 'large', 'extraLarge');
export const weight = anyCase('default', 'lighter', 'bolder');
export const pixels = pattern(/^\d+px$/, 'a number of pixels, such as 20px');
