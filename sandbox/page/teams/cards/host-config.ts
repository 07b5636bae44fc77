import { HostConfig } from 'adaptivecards';

const fontSizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const fontWeights = { lighter: 200, default: 400, bolder: 600 };

/** A colour of text and its subtle shade. Both are in `cards.css`, for light and dark. */
const shades = (name: string) => ({ default: `var(--ac-${name})`, subtle: `var(--ac-${name}-subtle)` });

const foregroundColors = {
  default: shades('default'),
  dark: shades('dark'),
  light: shades('light'),
  accent: shades('accent'),
  good: shades('good'),
  warning: shades('warning'),
  attention: shades('attention'),
};

const onBackground = (name: string) => ({
  foregroundColors,
  backgroundColor: `var(--ac-background-${name})`,
});

/**
 * How Teams on the desktop lays out a card: its spacings, sizes and limits. Colours are custom properties, so that
 * one configuration does for light and dark, and a card need not be drawn anew when that changes.
 */
export const teamsHostConfig = new HostConfig({
  choiceSetInputValueSeparator: ',',
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: 'var(--ac-separator)' },
  imageSizes: { small: 32, medium: 52, large: 100 },
  fontTypes: {
    default: { fontFamily: 'inherit', fontSizes, fontWeights },
    monospace: { fontFamily: 'ui-monospace, Menlo, Consolas, monospace', fontSizes, fontWeights },
  },
  containerStyles: {
    default: onBackground('default'),
    emphasis: onBackground('emphasis'),
    accent: onBackground('accent'),
    good: onBackground('good'),
    attention: onBackground('attention'),
    warning: onBackground('warning'),
  },
  inputs: {
    label: {
      inputSpacing: 'Small',
      requiredInputs: { weight: 'Bolder', suffix: ' *', suffixColor: 'Attention' },
      optionalInputs: { weight: 'Bolder' },
    },
    errorMessage: { color: 'Attention', size: 'Small', weight: 'Bolder' },
  },
  actions: {
    maxActions: 6,
    spacing: 'Default',
    buttonSpacing: 8,
    showCard: { actionMode: 'Inline', inlineTopMargin: 16, style: 'emphasis' },
    preExpandSingleShowCardAction: false,
    actionsOrientation: 'Horizontal',
    actionAlignment: 'Left',
    allowTitleToWrap: true,
  },
  adaptiveCard: { allowCustomStyle: false },
  imageSet: { imageSize: 'Medium', maxImageHeight: 100 },
  factSet: { title: { weight: 'Bolder', wrap: true }, value: { wrap: true }, spacing: 16 },
  textBlock: { headingLevel: 2 },
});
