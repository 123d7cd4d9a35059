import { isObject } from './is-object.ts'
import type { Json } from './json.ts'

/** A condition on the event that a run is for, as `when` of an orchestration file names it: `draft`, `fork`, `bot`, `label:NAME`, `author:LOGIN`, each also with `not-`. */
export type EventPreset = string

/** Their pattern. */
export const eventPresetPattern = /^(?:not-)?(?:draft|fork|bot|label:.+|author:.+)$/

/** What of an event the presets are about. */
export interface PresetEvent {
  readonly payload: Json
  /** `owner/name`. */
  readonly repository: string
}

/**
 * Why a run for this event has nothing to do: the first preset that it does not meet. Undefined where it meets all, and for an event that is about no issue
 * or pull request. What the event does not say is not met either way.
 */
export function unmetPreset(presets: readonly EventPreset[], event: PresetEvent): string | undefined {
  const { payload } = event
  const subject = field(payload, 'pull_request') ?? field(payload, 'issue')
  if (!isObject(subject)) return undefined
  for (const preset of presets) {
    const isNegative = preset.startsWith('not-')
    const [name = '', ...rest] = preset.slice(isNegative ? 4 : 0).split(':')
    const found = judge(name, rest.join(':'), subject, event)
    const about = field(payload, 'pull_request') === undefined ? 'the issue or pull request' : 'the pull request'
    if (found === undefined) return `\`${preset}\`: the event does not say`
    if (found.holds === isNegative) return `\`${preset}\`: ${about} ${found.words}`
  }
  return undefined
}

interface Judged {
  readonly holds: boolean
  /** What is so, after `the pull request`. */
  readonly words: string
}

function judge(name: string, value: string, subject: Json, { repository }: PresetEvent): Judged | undefined {
  const author = field(subject, 'user')
  const login = text(field(author, 'login'))
  switch (name) {
    case 'draft': {
      const draft = field(subject, 'draft')
      if (typeof draft !== 'boolean') return undefined
      return { holds: draft, words: draft ? 'is a draft' : 'is no draft' }
    }
    case 'fork': {
      const head = field(subject, 'head')
      if (head === undefined) return undefined
      const from = text(field(field(head, 'repo'), 'full_name'))
      const holds = from !== repository
      return { holds, words: holds ? `comes from ${from ?? 'a deleted fork'}` : 'comes from this repository' }
    }
    case 'bot': {
      if (login === undefined) return undefined
      const holds = field(author, 'type') === 'Bot' || login.endsWith('[bot]')
      return { holds, words: `is by ${login}` }
    }
    case 'author':
      return login === undefined
        ? undefined
        : { holds: login.toLowerCase() === value.toLowerCase(), words: `is by ${login}` }
    default: {
      const labels = field(subject, 'labels')
      if (!Array.isArray(labels)) return undefined
      const names = (labels as readonly Json[]).map((label) => text(field(label, 'name')) ?? '')
      const holds = names.some((label) => label.toLowerCase() === value.toLowerCase())
      return { holds, words: holds ? `has the label ${value}` : `does not have the label ${value}` }
    }
  }
}

function field(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) ? value[key] : undefined
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
