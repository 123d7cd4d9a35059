/**
 * The code of one line of TypeScript with imports, comments and the insides of strings blanked out, so that positions
 * stay. What a template evaluates is code.
 */
export function codeOf(line: string): string {
  if (/^\s*(\/\/|\/?\*)|^import |^} from /.test(line)) return ''
  let code = ''
  const inside: ("'" | '`' | '{')[] = []
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    const around = inside.at(-1)
    const isText = around === "'" || around === '`'
    if (isText && character === '\\') {
      code += '__'
      at++
    } else if (isText && character !== around) {
      const opens = around === '`' && line.startsWith('${', at)
      if (opens) inside.push('{')
      code += opens ? '${' : '_'
      if (opens) at++
    } else {
      if (isText || (around === '{' && character === '}')) inside.pop()
      else if (character === "'" || character === '`' || (inside.length > 0 && character === '{'))
        inside.push(character)
      code += character
    }
  }
  return code
}
