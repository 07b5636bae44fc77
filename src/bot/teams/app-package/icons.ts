import { type Pixel, png } from '../../../lib/png.ts';

/** What the app shows: `T−`, on the app's own blue, or in white alone. */
const accent: Pixel = [0x1d, 0x2b, 0x4f, 255];
const white: Pixel = [255, 255, 255, 255];
const nothing: Pixel = [255, 255, 255, 0];

/** The strokes of `T−`, in parts of the icon's side: from left, top to right, bottom. */
const strokes = [
  [0.2, 0.28, 0.56, 0.38],
  [0.33, 0.38, 0.43, 0.74],
  [0.6, 0.5, 0.82, 0.6],
] as const;

/** The icon in color, 192 × 192 as Teams wants it. */
export function colorIcon(): Buffer {
  return draw(192, accent);
}

/** The outline, 32 × 32, white on nothing. */
export function outlineIcon(): Buffer {
  return draw(32, nothing);
}

function draw(size: number, background: Pixel): Buffer {
  const isInk = (x: number, y: number) =>
    strokes.some(([left, top, right, bottom]) => x >= left && x < right && y >= top && y < bottom);
  return png(size, (x, y) => (isInk((x + 0.5) / size, (y + 0.5) / size) ? white : background));
}
