/** Whether a reader sees anything of it: a letter, a digit, a sign or an emoji, not only spaces and invisible marks. */
export function hasVisibleText(value: string): boolean {
  return /[\p{L}\p{N}\p{P}\p{S}]/u.test(value);
}
