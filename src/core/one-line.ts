// eslint-disable-next-line no-control-regex -- removing them is the point
const escapeSequences = /\u001B(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\-_])/g

/** Text as one line of at most `limit` characters: no terminal sequences, control characters or line breaks. */
export function oneLine(text: string, limit = 400): string {
  const line = text
    .replaceAll(escapeSequences, '')
    // eslint-disable-next-line no-control-regex -- as above
    .replaceAll(/[\u0000-\u001F\u007F-\u009F\s]+/g, ' ')
    .trim()
  return line.length <= limit ? line : `${sliceWhole(line, limit - 1)}…`
}

/** The first `limit` UTF-16 units, one less where that would split a surrogate pair. */
export function sliceWhole(text: string, limit: number): string {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)
}

/** Whether a text shows nothing: only blanks, line breaks and characters without a width. */
export function isBlank(text: string): boolean {
  return /^[\s\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]*$/u.test(text)
}

/** The last line of a text that is not blank, as `oneLine`. */
export function lastLine(text: string): string {
  return oneLine(text.trimEnd().split('\n').at(-1) ?? '')
}
