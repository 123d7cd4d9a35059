import { schemaWords } from './schema-keys.ts'

/** Deterministic numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Every key and word that the schema knows. */
const words = schemaWords().flatMap((word) => [`${word}: `, word])

/** Pieces that mean something to YAML, to expressions or to an orchestration file. */
const pieces = [
  ...': |- |- |> |{ |} |[ |] |, |? |! |& |* |# |"|\'|\\|%|@|`|~|\t|\r\n|\n|\n  |\n    |\n- |---\n|...\n|<<: *a|&a |*a|!!str |!x '.split(
    '|',
  ),
  ..."${{|}}|${{ needs.|${{ inputs.x }}|${{ matrix.x }}|${{ previous.text }}|success()|always()|fromJSON(|hashFiles(|'}}'|needs.*.result|&&|==|!".split(
    '|',
  ),
  ...'needs: |if: |run: |prompt: |command: |sequence:\n|parallel:\n|strategy: {matrix: {x: [1, 2]}}|instances:\n|include: |agent: |requires: |defaults:\n|id: |when: '.split(
    '|',
  ),
  ...'null|true|false|0|-1|1e999|.inf|.nan|0x1f|1.10|9007199254740993|2024-01-01|yes|constructor|__proto__|toString|a|'.split(
    '|',
  ),
  '\u0000',
  '\uFEFF',
  '\u2028',
  '\uD800',
  '\u202E',
  'é',
  '日本',
  '😀',
  ' '.repeat(40),
  '['.repeat(60),
  '- '.repeat(60),
  '{a: '.repeat(40),
  'x'.repeat(2000),
]

/** A text made of the golden texts by a few random edits. */
export function mutate(texts: readonly string[], random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit)
  let text = texts[below(texts.length)] ?? ''
  for (let edits = random() < 0.5 ? 1 : 1 + below(5); edits > 0; edits--) {
    const at = below(text.length + 1)
    const length = below(random() < 0.2 ? 200 : 12)
    const kind = below(7)
    if (kind === 0) text = text.slice(0, at) + text.slice(at + length)
    else if (kind === 1) text = text.slice(0, at) + piece(below) + text.slice(at)
    else if (kind === 2) text = text.slice(0, at) + piece(below) + text.slice(at + length)
    else if (kind === 3) text = text.slice(0, at) + text.slice(at, at + length) + text.slice(at)
    else if (kind === 4) text = editLines(text, below, random)
    else if (kind === 5) {
      const other = texts[below(texts.length)] ?? ''
      const from = below(other.length + 1)
      text = text.slice(0, at) + other.slice(from, from + below(300)) + text.slice(at)
    } else text = text.slice(0, at) + String.fromCharCode(below(0x180)) + text.slice(at + 1)
  }
  return text
}

/** One of the pieces; of syntax as often as of the schema's words. */
function piece(below: (limit: number) => number): string {
  const list = below(2) === 0 ? words : pieces
  return list[below(list.length)] ?? ''
}

/** Moves, doubles, drops or indents a line. */
function editLines(text: string, below: (limit: number) => number, random: () => number): string {
  const lines = text.split('\n')
  const at = below(lines.length)
  const line = lines[at] ?? ''
  const choice = random()
  if (choice < 0.25) lines.splice(at, 1)
  else if (choice < 0.5) lines.splice(below(lines.length), 0, line)
  else if (choice < 0.75) lines[at] = `${' '.repeat(below(6))}${line}`
  else lines[at] = line.replace(/^ {1,2}/, '')
  return lines.join('\n')
}
