/**
 * A letter, a digit, a sign or an emoji: something that shows. Some characters that count as letters or signs are as
 * blank as a space, such as the Hangul filler and the empty Braille cell.
 */
export const visibleCharacter = /(?![\p{Default_Ignorable_Code_Point}\u2800])[\p{L}\p{N}\p{P}\p{S}]/u;

/** Whether a reader sees anything of it, not only spaces and invisible marks. */
export function hasVisibleText(value: string): boolean {
  return visibleCharacter.test(value);
}
