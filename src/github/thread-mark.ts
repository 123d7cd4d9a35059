import { parseJson } from '../core/parse-json.ts'
import { fieldOf } from '../core/field-of.ts'
import { cutText } from '../core/cut-text.ts'
import { severities } from '../core/findings-schema.ts'
import type { SaidFinding } from '../core/review-thread.ts'

/** Of the code that a mark holds; a comment has other things to say as well. */
const codeLines = 30
const codeCharacters = 2000
const titleCharacters = 200

const pattern = /<!-- orchestrator-thread (\S+) ([\w-]+) -->/

/** The marks that end a comment: what stands before them may be somebody else's words, a suggestion's code among them. */
export function marksOf(body: string): string {
  let start = body.length
  for (let rest = body.trimEnd(); rest.endsWith('-->'); rest = rest.slice(0, start).trimEnd()) {
    const at = rest.lastIndexOf('<!--')
    if (!rest.startsWith('<!-- orchestrator-', at)) break
    start = at
  }
  return body.slice(start)
}

/** The invisible part of a comment that says which review's it is and what it is about, so that a later run goes on with it. */
export function threadMark(scope: string, said: SaidFinding): string {
  const code = said.code.slice(0, codeLines)
  const whole = code.length === said.code.length && code.join('').length <= codeCharacters
  const { severity, category, rule, title, confidence, agents } = said
  // A finding says more than that, and a comment has no room for it.
  const kept = { severity, category, rule, title: cutText(title, titleCharacters), confidence, agents }
  return `\n\n<!-- orchestrator-thread ${scope} ${Buffer.from(JSON.stringify({ ...kept, code: whole ? code : [] })).toString('base64url')} -->`
}

/** What a comment says it is about, and whose it is; undefined for one without a mark. */
export function readThreadMark(
  body: string,
): { readonly scope: string; readonly said: SaidFinding | null } | undefined {
  const [, scope, data] = pattern.exec(marksOf(body)) ?? []
  return scope === undefined || data === undefined ? undefined : { scope, said: readSaid(data) }
}

/** A comment as people read it: without what stands between `<!--` and `-->`. */
export function withoutMarks(body: string): string {
  const [first = '', ...others] = body.split('<!--')
  const shown = others.map((part) => (part.includes('-->') ? part.slice(part.indexOf('-->') + '-->'.length) : ''))
  return [first, ...shown].join('').trim()
}

function readSaid(data: string): SaidFinding | null {
  try {
    const value: unknown = parseJson(Buffer.from(data, 'base64url').toString('utf8'))
    const text = (key: string): string | null => {
      const found = fieldOf(value, key)
      return typeof found === 'string' ? found : null
    }
    const texts = (key: string): string[] => {
      const found = fieldOf(value, key)
      return Array.isArray(found) ? found.filter((each) => typeof each === 'string') : []
    }
    const confidence = fieldOf(value, 'confidence')
    return {
      severity: severities.find((each) => each === text('severity')) ?? 'info',
      category: text('category'),
      rule: text('rule'),
      title: text('title') ?? '',
      confidence: typeof confidence === 'number' ? confidence : null,
      agents: texts('agents'),
      code: texts('code'),
    }
  } catch {
    return null
  }
}
