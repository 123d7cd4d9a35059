import { fieldOf } from './field-of.ts'
import type { GroupInstance, VariantRule } from './instance.ts'
import type { Json, JsonObject } from './json.ts'
import { sha256 } from './sha256.ts'

/** What of a run a choice is made by: all of it stands in `run.started`. */
export interface VariantFacts {
  readonly commit: string | null
  /** Ids asked for with `--only`. */
  readonly only: readonly string[] | null
  readonly context: { readonly github: JsonObject }
}

/** Which variants run, and why, as a clause. */
export interface VariantChoice {
  readonly names: readonly string[]
  readonly why: string
}

/**
 * Chooses among the variants that are a group's members; undefined for a group without a rule. The same facts give the same choice, wherever and how
 * often it is asked: in a resumed run, a re-run, and in every round of a repeated group.
 */
export function chooseVariant(group: GroupInstance, facts: VariantFacts): VariantChoice | undefined {
  const { variant, members } = group
  if (variant === undefined) return undefined
  const names = members.map((id) => id.slice(group.id.length + 1))
  // What is a round of a loop is the same instance.
  const id = group.id.replaceAll(/#\d+/g, '')
  const asked = names.filter((name) => facts.only?.some((one) => `${one}.`.startsWith(`${id}.${name}.`)) === true)
  if (asked.length > 0) return { names: asked, why: '--only asks for it' }
  switch (variant.by) {
    case 'all':
      return { names, why: 'all of its variants run' }
    case 'label':
      return byLabel(id, names, variant, labelsOf(facts.context.github))
    case 'commit':
      return byCommit(id, names, variant, commitOf(facts))
  }
}

/** The label that chooses a variant. */
export function variantLabel(id: string, name: string, { labels = {} }: VariantRule): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : `${id}:${name}`
}

/** How often a variant comes, in relation to the others. */
export function variantWeight(name: string, { weights = {} }: VariantRule): number {
  return Object.hasOwn(weights, name) ? (weights[name] ?? 1) : 1
}

function byLabel(id: string, names: readonly string[], rule: VariantRule, labels: readonly string[]): VariantChoice {
  const has = (name: string): boolean =>
    labels.some((label) => label.toLowerCase() === variantLabel(id, name, rule).toLowerCase())
  const chosen = names.find(has)
  return chosen === undefined
    ? { names: names.slice(0, 1), why: `no label chose another than ${names[0]}, the first` }
    : { names: [chosen], why: `the label ${variantLabel(id, chosen, rule)} chose ${chosen}` }
}

function byCommit(id: string, names: readonly string[], rule: VariantRule, commit: string | undefined): VariantChoice {
  if (commit === undefined)
    return { names: names.slice(0, 1), why: `there is no commit to choose by, so it is ${names[0]}, the first` }
  const total = names.reduce((sum, name) => sum + variantWeight(name, rule), 0)
  // The first 48 bits, which a double holds exactly, as a part of 1.
  let left = (Number.parseInt(sha256(`${commit} ${id}`).slice(0, 12), 16) / 2 ** 48) * total
  const chosen = names.find((name) => (left -= variantWeight(name, rule)) < 0) ?? names.at(-1) ?? ''
  return { names: [chosen], why: `the commit ${commit.slice(0, 8)} chose ${chosen}` }
}

/** The head of the pull request, which a merge commit made for a test is not; else what is checked out. */
function commitOf({ commit, context: { github } }: VariantFacts): string | undefined {
  const head = fieldOf(fieldOf(fieldOf(github['event'], 'pull_request'), 'head'), 'sha')
  const known = [head, commit, github['sha']].find((one) => typeof one === 'string' && one !== '')
  return typeof known === 'string' ? known : undefined
}

function labelsOf({ event }: JsonObject): string[] {
  const labels = fieldOf(fieldOf(event, 'pull_request') ?? fieldOf(event, 'issue'), 'labels')
  if (!Array.isArray(labels)) return []
  return (labels as readonly Json[]).flatMap((label) => {
    const name = fieldOf(label, 'name')
    return typeof name === 'string' ? [name] : []
  })
}
