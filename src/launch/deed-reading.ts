import type { CommitChange, EffectBounds, EffectRules } from '../core/effect.ts'
import { isObject } from '../core/is-object.ts'
import type { Json } from '../core/json.ts'
import { plainLine } from '../core/plain-text.ts'

/** Characters that GitHub takes of a title; of a body it takes 65,536, which also hold what makes it harmless. */
const titleLimit = 256
const bodyLimit = 60_000
/** Characters that GitHub takes of a label. */
export const labelLimit = 50

/** What an instance said in the end; `json` is undefined where it gave none. Redacted. */
export interface Answer {
  readonly text: string
  readonly json: Json | undefined
  /** What its worktree holds to be made a commit, or why it may not; undefined where that is nothing. */
  readonly change?: CommitChange | { readonly refused: string } | undefined
}

/** What an instance may ask for, and what the instances of its run may do together. */
export interface Allowed {
  readonly rules: EffectRules
  readonly bounds?: EffectBounds | undefined
}

/** An answer that is being read: who asks, and what is wrong with it so far. */
export interface Reading {
  readonly id: string
  readonly answer: Answer
  readonly problems: string[]
  askedFor(kind: keyof EffectRules): Json[]
  /** What is asked for of a kind; more than `max` is a problem. */
  bounded(kind: keyof EffectRules, max: number): Json[]
  titleOf(kind: string, given: string | undefined, prefix: string | undefined, asked: Json): string
  bodyOf(kind: string, asked: Json, mayBeEmpty?: boolean): string
}

/** Begins to read an answer. */
export function createReading(id: string, answer: Answer): Reading {
  const problems: string[] = []
  return {
    id,
    answer,
    problems,
    askedFor: (kind) => askedFor(kind, answer),
    bounded(kind, max) {
      const asked = askedFor(kind, answer)
      if (asked.length > max) problems.push(`it asks for ${asked.length} of \`${kind}\`, and \`max\` is ${max}`)
      return asked
    },
    titleOf(kind, given, prefix, asked) {
      const own = plainLine(given ?? textOf(asked, 'title')).trim()
      if (own === '') problems.push(`\`${kind}\` has no title: give it one in the file, or ask for it in the answer`)
      const title = prefix === undefined || own.startsWith(prefix) ? own : `${prefix}${own}`
      if (title.length > titleLimit) problems.push(`the title of \`${kind}\` has more than ${titleLimit} characters`)
      return title
    },
    bodyOf(kind, asked, mayBeEmpty = false) {
      const body = typeof asked === 'string' ? asked : textOf(asked, 'body')
      if (body.trim() === '' && !mayBeEmpty) problems.push(`\`${kind}\` has no body`)
      if (body.length > bodyLimit)
        problems.push(`the body of \`${kind}\` has ${body.length} characters, and GitHub takes ${bodyLimit}`)
      return body
    },
  }
}

/** Kinds that a text asks for, too. */
const ofText: ReadonlySet<string> = new Set(['issue', 'comment', 'pullRequest'])

function askedFor(kind: keyof EffectRules, { text, json }: Answer): Json[] {
  if (json === undefined || json === null) return !ofText.has(kind) || text.trim() === '' ? [] : [text]
  const key = kind === 'pullRequest' ? 'pull-request' : kind
  const asked = isObject(json) && Object.hasOwn(json, key) ? json[key] : undefined
  if (asked === undefined || asked === null) return []
  return Array.isArray(asked) ? [...asked] : [asked]
}

function textOf(value: Json, key: string): string {
  const text = isObject(value) ? value[key] : undefined
  return typeof text === 'string' ? text : ''
}
