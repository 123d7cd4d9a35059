/** A command whose standard input, or one of whose arguments, is a here document. */
export interface HereDocument {
  /** The command without it. */
  readonly command: string
  /** As a word of the shell: each variable as `${NAME}`, a dollar sign that stands for itself doubled. */
  readonly text: string
  readonly variables: readonly string[]
}

/** The here document of a script that is one command; the reason why it cannot be read as a text. Undefined where there is none. */
export function readHereDocument(script: string): HereDocument | string | undefined {
  const text = script.replaceAll('\r\n', '\n').trim()
  // `claude -p "$(cat <<'EOF'`, its lines, `EOF`, `)"`, and what follows on that line.
  const argument = /^([^\n]*?)"\$\(\s*cat\s*<<(-?)\s*(['"]?)(\w+)\3\s*\n([^]*?)\n(\t*)\4\n\s*\)"([^\n]*)$/.exec(text)
  if (argument !== null) {
    const [, before = '', tabs, quote, word = '', body = '', , after = ''] = argument
    if (goesOn(body, word)) return undefined
    return read(`${before}${after}`, body, quote !== '', tabs === '-')
  }
  const input = /^((?:[^\n]*\\\n)*[^\n]*?)<<(-?)\s*(['"]?)(\w+)\3([^\n]*)\n([^]*?)\n?(\t*)\4$/.exec(text)
  if (input === null) return undefined
  const [, before = '', tabs, quote, word = '', after = '', body = ''] = input
  if (goesOn(body, word)) return undefined
  return read(`${before}${after}`, body, quote !== '', tabs === '-')
}

/** Whether there is an end before the last line: other commands follow. */
function goesOn(body: string, word: string): boolean {
  return new RegExp(`^\\t*${word}$`, 'm').test(body)
}

function read(command: string, body: string, isLiteral: boolean, isIndented: boolean): HereDocument | string {
  const text = isIndented ? body.replaceAll(/^\t+/gm, '') : body
  const parts = text.split(/(\$\{\{[^]*?\}\})/)
  const variables: string[] = []
  if (isLiteral) return { command, text: parts.map(escapeDollars).join(''), variables }
  if (parts.some((part, index) => index % 2 === 0 && /(?<!\\)(?:`|\$\()/.test(part)))
    return 'its here document runs other programs'
  const words = parts.map((part, index) =>
    index % 2 === 1
      ? part
      : part.replaceAll(
          /\\([$`\\])|\\\n|\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))|\$/g,
          (whole, escaped: string | undefined, braced: string | undefined, plain: string | undefined) => {
            const name = braced ?? plain
            if (name !== undefined) {
              variables.push(name)
              return `\${${name}}`
            }
            if (whole === '\\\n') return ''
            return escaped === undefined || escaped === '$' ? '$$' : escaped
          },
        ),
  )
  return { command, text: words.join(''), variables }
}

/** Expressions are GitHub's, wherever they stand. */
function escapeDollars(part: string, index: number): string {
  return index % 2 === 1 ? part : part.replaceAll('$', '$$$$')
}
