/** The name of a file that may hold a plan. */
const PLAN_FILE = /\.(?:ya?ml|json)$/i;

/** A plan as somebody wrote it into a message: between marks of code, or the whole text. */
export function planInText(text: string): string {
  const [, code] = /```[^\S\n]*(?:ya?ml|json)?[^\S\n]*\n?([\s\S]+?)```/i.exec(text) ?? [];
  return code ?? text;
}

/** The files of a message that may hold a plan, by their names. */
export function planFilesOf<File extends { name: string }>(files: readonly File[]): File[] {
  return files.filter(({ name }) => PLAN_FILE.test(name));
}
