/** Characters that take two columns in a terminal: East Asian wide and full-width ones, and emoji shown as pictures. */
const wide =
  /[\u1100-\u115F\u231A\u231B\u2329\u232A\u23E9-\u23EC\u23F0\u23F3\u25FD\u25FE\u2614\u2615\u2648-\u2653\u267F\u2693\u26A1\u26AA\u26AB\u26BD\u26BE\u26C4\u26C5\u26CE\u26D4\u26EA\u26F2\u26F3\u26F5\u26FA\u26FD\u2705\u270A\u270B\u2728\u274C\u274E\u2753-\u2755\u2757\u2795-\u2797\u27B0\u27BF\u2B1B\u2B1C\u2B50\u2B55\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\u9FFF\uA000-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{16FE0}-\u{18D08}]|[\u{1B000}-\u{1B2FF}]|[\u{1F000}-\u{1F9FF}]|[\u{1FA70}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u
// oxlint-disable-next-line no-control-regex -- the plain ASCII fast path
const ascii = /^[\u0020-\u007E]*$/

/** Not a pattern of the module, as the sets it is made of take a millisecond of every start. */
function takesNoColumn(character: string): boolean {
  return /\p{Mark}|\p{Default_Ignorable_Code_Point}|\p{Control}/u.test(character)
}

/** Columns one character (a code point) takes in a terminal: 0, 1 or 2. */
export function characterWidth(character: string): number {
  if (ascii.test(character)) return 1
  return takesNoColumn(character) ? 0 : wide.test(character) ? 2 : 1
}

/** Columns a line of text takes in a terminal. */
export function textWidth(text: string): number {
  if (ascii.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The text in at most `columns` columns, with an ellipsis where something is cut off. */
export function cutToWidth(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text
  if (columns <= 0) return ''
  let width = 0
  let kept = ''
  for (const character of text) {
    width += characterWidth(character)
    if (width > columns - 1) break
    kept += character
  }
  return `${kept}…`
}

/** The text, cut or filled with spaces to exactly `columns` columns. */
export function fitToWidth(text: string, columns: number, side: 'left' | 'right' = 'left'): string {
  const cut = cutToWidth(text, columns)
  const filling = ' '.repeat(Math.max(0, columns - textWidth(cut)))
  return side === 'left' ? cut + filling : filling + cut
}
