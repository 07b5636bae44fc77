import {
  anything,
  boolean,
  type Check,
  integer,
  list,
  object,
  oneOf,
  string,
  typed,
} from '../../workspace/blocks/shape.ts';
import { actionRow, anyAction, action as selectAction } from './actions.ts';
import {
  color,
  containerStyle,
  fontType,
  horizontal,
  picture,
  pixels,
  size,
  spacing,
  vertical,
  weight,
} from './basics.ts';
import { inputs } from './inputs.ts';

/** Far above what fits a message, so that a card without an end is refused. */
const most = 500;
const text = string({ max: 28_000 });
const type = string({ max: 64 });

const fallback: Check = (value, at, findings) => {
  if (value !== 'drop') element(value, at, findings);
};
const common = {
  id: string({ min: 1, max: 255 }),
  isVisible: boolean,
  separator: boolean,
  spacing,
  height: oneOf('auto', 'stretch'),
  requires: anything,
  fallback,
};

function kind(required: Record<string, Check>, optional: Record<string, Check> = {}): Check {
  return object({ required: { type, ...required }, optional: { ...common, ...optional } });
}

const words = { color, fontType, size, weight, isSubtle: boolean };
const run = typed({
  TextRun: object({
    required: { type, text },
    optional: {
      ...words,
      highlight: boolean,
      italic: boolean,
      strikethrough: boolean,
      underline: boolean,
      selectAction,
    },
  }),
});
const inline: Check = (value, at, findings) => {
  (typeof value === 'string' ? text : run)(value, at, findings);
};
const fact = object({ required: { title: text, value: text } });

/** What everything that holds elements can have. */
const box = {
  style: containerStyle,
  bleed: boolean,
  minHeight: pixels,
  selectAction,
  verticalContentAlignment: vertical,
  backgroundImage: anything,
  rtl: boolean,
};
const columnWidth: Check = (value, at, findings) => {
  if (typeof value === 'number' ? value > 0 : /^(auto|stretch|\d+(px)?)$/.test(String(value))) return;
  findings.add('must be auto, stretch, a weight or pixels', at);
};
const items: Check = (value, at, findings) => list(element, { max: most })(value, at, findings);
const column = object({ optional: { type, items, width: columnWidth, ...common, ...box } });
const cell = object({ required: { type, items }, optional: { ...common, ...box } });
const row = object({
  required: { type, cells: list(cell, { max: 50 }) },
  optional: {
    ...common,
    style: containerStyle,
    horizontalCellContentAlignment: horizontal,
    verticalCellContentAlignment: vertical,
  },
});

const image = kind(
  { url: picture },
  {
    altText: text,
    backgroundColor: text,
    width: pixels,
    horizontalAlignment: horizontal,
    selectAction,
    size: oneOf('auto', 'stretch', 'small', 'medium', 'large'),
    style: oneOf('default', 'person'),
    msteams: anything,
  },
);

/** A card within a card, such as that of `Action.ShowCard`, which holds no other of these. */
const innerCard: Check = (value, at, findings) =>
  object({
    required: { type: oneOf('AdaptiveCard') },
    optional: {
      $schema: text,
      version: text,
      body: items,
      actions: actionRow(anyAction(noCard)),
      ...box,
      fallbackText: text,
    },
  })(value, at, findings);
const noCard: Check = (_value, at, findings) => findings.add('a card shows one card within it at most', at);

/** A row of any actions. */
export const actions: Check = actionRow(anyAction(innerCard));

/** Any element of version 1.5 that Teams shows. `Media` is none of them. */
export const element: Check = typed({
  TextBlock: kind(
    { text },
    {
      ...words,
      horizontalAlignment: horizontal,
      maxLines: integer(1, 1_000),
      wrap: boolean,
      style: oneOf('default', 'heading', 'columnHeader'),
    },
  ),
  RichTextBlock: kind({ inlines: list(inline, { max: most }) }, { horizontalAlignment: horizontal }),
  Image: image,
  ImageSet: kind({ images: list(image, { min: 1, max: 100 }) }, { imageSize: size }),
  Container: kind({ items }, box),
  ColumnSet: kind({}, { ...box, columns: list(column, { max: 50 }), horizontalAlignment: horizontal }),
  FactSet: kind({ facts: list(fact, { max: most }) }),
  ActionSet: kind({ actions }, { horizontalAlignment: horizontal }),
  Table: kind(
    {},
    {
      columns: list(object({ optional: { type, width: columnWidth, ...cellAlignment() } }), { max: 50 }),
      rows: list(row, { max: most }),
      firstRowAsHeaders: boolean,
      firstRowAsHeader: boolean,
      showGridLines: boolean,
      gridStyle: containerStyle,
      ...cellAlignment(),
    },
  ),
  ...Object.fromEntries(
    Object.entries(inputs).map(([name, fields]) => [
      name,
      object({ required: { type, ...fields.required }, optional: { ...common, ...fields.optional } }),
    ]),
  ),
});

function cellAlignment(): Record<string, Check> {
  return { horizontalCellContentAlignment: horizontal, verticalCellContentAlignment: vertical };
}
