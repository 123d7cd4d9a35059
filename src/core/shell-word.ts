/** A word of a POSIX shell: in single quotes nothing is special but they themselves. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
