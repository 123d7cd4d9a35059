/**
 * A terminal as far as our console uses one: text, line feeds, carriage returns, cursor up, erasing, colours. Lines that leave the
 * top go to `scrolled`.
 */
export function createScreen(columns: number, rows: number) {
  let lines: string[] = ['']
  const scrolled: string[] = []
  let row = 0
  let column = 0
  let cursorShown = true
  let unknown = ''

  const put = (character: string): void => {
    if (column >= columns) {
      column = 0
      feed()
    }
    const line = (lines[row] ?? '').padEnd(column)
    lines[row] = line.slice(0, column) + character + line.slice(column + 1)
    column++
  }
  const feed = (): void => {
    row++
    if (row >= rows) {
      scrolled.push(lines.shift() ?? '')
      row--
    }
    lines[row] ??= ''
  }
  const control = (sequence: string): void => {
    const up = /^\[(\d+)A$/.exec(sequence)
    if (up !== null) row = Math.max(0, row - Number(up[1]))
    else if (sequence === '[K') lines[row] = (lines[row] ?? '').slice(0, column)
    else if (sequence === '[J') {
      lines[row] = (lines[row] ?? '').slice(0, column)
      lines = lines.slice(0, row + 1)
    } else if (sequence === '[?25l') cursorShown = false
    else if (sequence === '[?25h') cursorShown = true
    else if (!/^\[(?:\d+m|\?2026[hl])$/.test(sequence)) unknown += sequence
  }
  return {
    scrolled,
    write(text: string): void {
      // oxlint-disable-next-line no-control-regex -- a terminal is made of these
      for (const [token] of text.matchAll(/\u001B(\[[?\d;]*[A-Za-z])|[^]/gu)) {
        if (token.startsWith('\u001B')) control(token.slice(1))
        else if (token === '\n') {
          feed()
          column = 0
        } else if (token === '\r') column = 0
        else put(token)
      }
    },
    /** What stands on the screen now. */
    shown: (): string[] => lines.map((line) => line.trimEnd()),
    /** Everything that was ever left standing. */
    all: (): string[] => [...scrolled, ...lines].map((line) => line.trimEnd()),
    cursorShown: () => cursorShown,
    unknown: () => unknown,
  }
}
