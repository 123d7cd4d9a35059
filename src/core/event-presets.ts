import { changesMatch, type Changes } from './changes.ts'
import { isObject } from './is-object.ts'
import type { Json } from './json.ts'

/** A condition on the event that a run is for, as `when` of an orchestration file names it: `draft`, `fork`, `bot`, `label:NAME`, `author:LOGIN`, `paths:GLOB`, each also with `not-`. */
export type EventPreset = string

/** Their pattern. */
export const eventPresetPattern = /^(?:not-)?(?:draft|fork|bot|label:.+|author:.+|paths:.+)$/

/** What of an event the presets are about. */
export interface PresetEvent {
  readonly payload: Json
  /** `owner/name`. */
  readonly repository: string
  /** What the pull request or push changes, where a preset asks for it; see `asksForPaths`. */
  readonly changes?: Changes
}

const pathsPattern = /^(?:not-)?paths:/

/** Whether presets ask what changed, and the event is one that changes something: a pull request or a push. */
export function asksForPaths(presets: readonly EventPreset[], { payload }: PresetEvent): boolean {
  return (
    presets.some((preset) => pathsPattern.test(preset)) && (isObject(field(payload, 'pull_request')) || isPush(payload))
  )
}

function isPush(payload: Json): boolean {
  return text(field(payload, 'before')) !== undefined && text(field(payload, 'after')) !== undefined
}

/**
 * Why a run for this event has nothing to do: the first preset that it does not meet. Undefined where it meets all, and for an event that is about no issue
 * or pull request, of which a push is held against `paths` alone. What the event does not say is not met either way.
 */
export function unmetPreset(presets: readonly EventPreset[], event: PresetEvent): string | undefined {
  const { payload } = event
  const subject = field(payload, 'pull_request') ?? field(payload, 'issue')
  const asked = isObject(subject)
    ? presets
    : isPush(payload)
      ? presets.filter((preset) => pathsPattern.test(preset))
      : []
  for (const preset of asked) {
    const isNegative = preset.startsWith('not-')
    const [name = '', ...rest] = preset.slice(isNegative ? 4 : 0).split(':')
    const found =
      name === 'paths' ? judgePaths(rest.join(':'), event) : judge(name, rest.join(':'), subject ?? null, event)
    const about = isObject(field(payload, 'pull_request'))
      ? 'the pull request'
      : isObject(subject)
        ? 'the issue or pull request'
        : 'the push'
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

function judgePaths(glob: string, { changes }: PresetEvent): Judged | undefined {
  if (changes === undefined) return undefined
  const holds = changesMatch(changes, [glob])
  return { holds, words: `${holds ? 'changes' : 'does not change'} ${glob}` }
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
