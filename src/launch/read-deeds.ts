import type { CommitChange, Deed, EffectRules } from '../core/effect.ts'
import { isObject } from '../core/is-object.ts'
import type { Json } from '../core/json.ts'
import { plainLine } from '../core/plain-text.ts'

/** Characters that GitHub takes of a title and a label; of a body it takes 65,536, which also hold what makes it harmless. */
const titleLimit = 256
const labelLimit = 50
const bodyLimit = 60_000

/** What an instance said in the end; `json` is undefined where it gave none. Redacted. */
export interface Answer {
  readonly text: string
  readonly json: Json | undefined
  /** What its worktree holds to be made a commit, or why it may not; undefined where that is nothing. */
  readonly change?: CommitChange | { readonly refused: string } | undefined
}

/** What to do, or why nothing of it may be done. */
export type ReadDeeds = { readonly deeds: readonly Deed[] } | { readonly refused: string }

/**
 * What an instance asks for, held against what its file allows. An answer that is JSON asks by keys (`issue`, `comment`, `labels`, `close`); one that is
 * text is the body of the issue and the comment.
 */
export function readDeeds(id: string, rules: EffectRules, answer: Answer, subject: number | undefined): ReadDeeds {
  const problems: string[] = []
  const deeds: Deed[] = []
  const bounded = (kind: 'issue' | 'comment', max: number): Json[] => {
    const asked = askedFor(kind, answer)
    if (asked.length > max) problems.push(`it asks for ${asked.length} of \`${kind}\`, and \`max\` is ${max}`)
    return asked
  }
  const target = (kind: string, on: string | undefined): number => {
    const number = on === undefined ? subject : Number(on)
    if (number !== undefined && Number.isSafeInteger(number) && number > 0) return number
    const why = on === undefined ? 'the event is about none' : `\`on\` is ${JSON.stringify(on)}`
    problems.push(`\`${kind}\` needs the number of an issue or pull request, and ${why}`)
    return 0
  }
  const bodyOf = (kind: string, asked: Json): string => {
    const body = typeof asked === 'string' ? asked : textOf(asked, 'body')
    if (body.trim() === '') problems.push(`\`${kind}\` has no body`)
    if (body.length > bodyLimit)
      problems.push(`the body of \`${kind}\` has ${body.length} characters, and GitHub takes ${bodyLimit}`)
    return body
  }

  if (rules.issue !== undefined)
    for (const [index, asked] of bounded('issue', rules.issue.max).entries()) {
      const title = plainLine(rules.issue.title ?? textOf(asked, 'title')).trim()
      if (title === '') problems.push('`issue` has no title: give it one in the file, or ask for it in the answer')
      if (title.length > titleLimit) problems.push(`the title of \`issue\` has more than ${titleLimit} characters`)
      const identity = JSON.stringify([id, rules.issue.key ?? '', index])
      deeds.push({ kind: 'issue', identity, title, body: bodyOf('issue', asked), labels: rules.issue.labels ?? [] })
    }
  if (rules.comment !== undefined)
    for (const [index, asked] of bounded('comment', rules.comment.max).entries())
      deeds.push({
        kind: 'comment',
        identity: JSON.stringify([id, index]),
        on: target('comment', rules.comment.on),
        body: bodyOf('comment', asked),
      })
  if (rules.labels !== undefined) {
    const { allow, max, on } = rules.labels
    const labels = [...new Set(askedFor('labels', answer).map((label) => (typeof label === 'string' ? label : '')))]
    const strange = labels.filter((label) => label.length > labelLimit || !allow.some((name) => matches(name, label)))
    if (strange.length > 0)
      problems.push(`${strange.map((label) => JSON.stringify(label)).join(', ')}: not among the \`labels\` allowed`)
    if (labels.length > max) problems.push(`it asks for ${labels.length} \`labels\`, and \`max\` is ${max}`)
    if (labels.length > 0) deeds.push({ kind: 'labels', on: target('labels', on), labels })
  }
  if (rules.close !== undefined && asksToClose(answer))
    deeds.push({ kind: 'close', on: target('close', rules.close.on) })
  const { change } = answer
  if (change !== undefined && 'refused' in change) problems.push(change.refused)
  else if (change !== undefined) {
    const { pullRequest, push } = rules
    const [said = null] = askedFor('pull-request', answer)
    const titleOf = (kind: string, given: string | undefined): string => {
      const title = plainLine(given ?? textOf(said, 'title')).trim()
      if (title === '' || title.length > titleLimit)
        problems.push(`\`${kind}\` needs a title of at most ${titleLimit} characters`)
      return title
    }
    if (pullRequest !== undefined) {
      const { branch, base, labels = [], draft } = pullRequest
      if (branch !== undefined && !isBranchName(branch))
        problems.push(`${JSON.stringify(branch)} is no name of a branch`)
      const body = typeof said === 'string' ? said : textOf(said, 'body')
      if (body.length > bodyLimit) problems.push(`the body of \`pull-request\` has more than ${bodyLimit} characters`)
      const title = titleOf('pull-request', pullRequest.title)
      deeds.push({
        kind: 'pull-request',
        identity: JSON.stringify([id]),
        title,
        body,
        branch,
        base,
        labels,
        draft,
        change,
      })
    }
    if (push !== undefined)
      deeds.push({ kind: 'push', identity: JSON.stringify([id]), title: titleOf('push', push.title), change })
  }
  return problems.length > 0 ? { refused: plainLine(problems.join('; ')) } : { deeds }
}

/** What deeds come to, for people: `issue "Nightly", labels bug on #3`. */
export function describeDeeds(deeds: readonly Deed[]): string {
  return deeds
    .map((deed) => {
      switch (deed.kind) {
        case 'issue':
          return `issue ${JSON.stringify(deed.title)}`
        case 'comment':
          return `comment on #${deed.on}`
        case 'labels':
          return `labels ${deed.labels.join(', ')} on #${deed.on}`
        case 'close':
          return `close #${deed.on}`
        case 'pull-request':
          return `pull request ${JSON.stringify(deed.title)} (${listFiles(deed.change)})`
        case 'push':
          return `commit ${JSON.stringify(deed.title)} on the pull request (${listFiles(deed.change)})`
      }
    })
    .join(', ')
}

function listFiles({ files }: CommitChange): string {
  const names = files.slice(0, 5).map(({ path }) => path)
  return `${names.join(', ')}${files.length > names.length ? ` and ${files.length - names.length} more` : ''}`
}

/** Whether a branch of this name needs no quoting anywhere (stricter than git). */
function isBranchName(name: string): boolean {
  return (
    /^(?!.*(?:\.\.|\/\/|\.lock(?:\/|$)))[A-Za-z0-9_][\w.-]*(?:\/[A-Za-z0-9_][\w.-]*)*$/.test(name) &&
    !name.endsWith('.')
  )
}

function askedFor(kind: string, { text, json }: Answer): Json[] {
  if (json === undefined || json === null) return kind === 'labels' || text.trim() === '' ? [] : [text]
  const asked = isObject(json) && Object.hasOwn(json, kind) ? json[kind] : undefined
  if (asked === undefined || asked === null) return []
  return Array.isArray(asked) ? [...asked] : [asked]
}

function asksToClose({ json }: Answer): boolean {
  return isObject(json) && json['close'] === true
}

function textOf(value: Json, key: string): string {
  const text = isObject(value) ? value[key] : undefined
  return typeof text === 'string' ? text : ''
}

function matches(name: string, label: string): boolean {
  const [first = '', ...others] = name.toLowerCase().split('*')
  let rest = label.toLowerCase()
  if (!rest.startsWith(first)) return false
  if (others.length === 0) return rest === first
  rest = rest.slice(first.length)
  const last = others.pop() ?? ''
  for (const part of others) {
    const at = rest.indexOf(part)
    if (at === -1) return false
    rest = rest.slice(at + part.length)
  }
  return rest.endsWith(last)
}
