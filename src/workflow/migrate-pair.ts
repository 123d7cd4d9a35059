import type { Document, YAMLMap, YAMLSeq } from 'yaml'
import { migrateJobs, readStep } from './migrate-jobs.ts'
import { withoutPrivileges } from './pair-checks.ts'
import { isSecret, type Migration, printWorkflow, remark } from './migration.ts'
import {
  commentAbove,
  freeAliases,
  mapUnder,
  pairOf,
  put,
  resolved,
  rewriteTexts,
  stepsOf,
  textOf,
  textsIn,
  textUnder,
} from './workflow-document.ts'

/** Two workflows in the place of one that ran on `pull_request_target`. */
export interface MigratedPair {
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** How many steps were taken over. */
  readonly count: number
}

/** The step that finds the pull request: what a run of a fork says of itself proves nothing. Source: GitHub's API, list pull requests. */
const findPull = {
  name: 'Ask GitHub for the pull request of this commit, and for its change',
  id: 'pull',
  run: `json=$(gh api --method GET "repos/$GITHUB_REPOSITORY/pulls" -f state=open -f head="$HEAD" --jq 'map(select(.head.sha == env.SHA)) | .[0] // empty')
[ -n "$json" ] || { echo "No open pull request has this commit any more."; exit 0; }
number=$(printf '%s' "$json" | jq .number)
gh api "repos/$GITHUB_REPOSITORY/pulls/$number" -H 'Accept: application/vnd.github.diff' > change.diff
{ echo "number=$number"; printf 'json=%s\\n' "$(printf '%s' "$json" | jq -c .)"; } >> "$GITHUB_OUTPUT"
`,
  env: {
    GH_TOKEN: '${{ github.token }}',
    HEAD: '${{ github.event.workflow_run.head_repository.owner.login }}:${{ github.event.workflow_run.head_branch }}',
    SHA: '${{ github.event.workflow_run.head_sha }}',
  },
}

const found = "steps.pull.outputs.number != ''"

/**
 * Makes of a workflow on `pull_request_target`, which runs with secrets on what a stranger wrote, the two that are safe: one on `pull_request`, without
 * secrets, which runs the code of the pull request; and one after it, on `workflow_run`, which has the secrets, never checks that code out, and gives its agents
 * the change as text. `migration` has the document that becomes the second, `checks` another reading of it that becomes the first.
 */
export function migratePair(migration: Migration, checks: Document, stem: string): MigratedPair {
  const { document } = migration
  freeAliases(checks)
  freeAliases(document)
  const first = mapUnder(checks.contents as YAMLMap, 'jobs', checks)
  const second = mapUnder(document.contents as YAMLMap, 'jobs', document)
  const name = `${textOf((document.contents as YAMLMap).get('name', true)) ?? stem} (checks)`
  for (const id of [...(second?.items ?? [])].map((pair) => textOf(pair.key) ?? '')) {
    const [early, late] = [mapUnder(first as YAMLMap, id, checks), mapUnder(second as YAMLMap, id, document)]
    if (early === undefined || late === undefined) continue
    const sides = sidesOf(late, document)
    const isLate = sides.includes('late') || holdsSecret(late, document)
    keepSteps(early, checks, (index) => sides[index] !== 'late')
    if (!isLate) {
      second?.delete(id)
      continue
    }
    if (!hasWork(early, checks)) first?.delete(id)
    prepareLate(migration, late, sides)
  }
  dropMissingNeeds(first, checks, (job, gone) =>
    remark(migration, job, `\`needs\` no longer waits for ${gone}, which runs in the other workflow`),
  )
  dropMissingNeeds(second, document, (job, gone) =>
    remark(
      migration,
      job,
      `\`needs\` no longer waits for ${gone}, which runs in the other workflow; its outputs are not there`,
    ),
  )
  const count = migrateJobs({ ...migration, pull: 'steps.pull.outputs.number' })
  for (const [id, instance] of Object.entries(migration.instances)) giveChange(migration, id, instance)
  const files: { path: string; text: string }[] = []
  const hasChecks = (first?.items.length ?? 0) > 0
  if (!hasChecks) (checks.contents as YAMLMap).set('jobs', checks.createNode(noChecks))
  setHead(checks, name, [
    'First of two: runs what a pull request says, without secrets and with a token that can only read. It was `pull_request_target`.',
  ])
  withoutPrivileges(migration, checks, first)
  renameEvent(checks, 'pull_request')
  files.push({ path: `.github/workflows/${stem}.checks.yml`, text: printWorkflow(checks) })
  for (const key of ['concurrency', 'run-name', 'env'])
    rewriteTexts((document.contents as YAMLMap).get(key, true), (text) =>
      rewriteOutside(migration, document.contents as YAMLMap, text),
    )
  renameEvent(document, 'workflow_run')
  setTriggers(document, { workflow_run: { workflows: [name], types: ['completed'] } })
  setHead(document, textOf((document.contents as YAMLMap).get('name', true)) ?? stem, [
    `Second of two: runs with secrets after "${name}", on the default branch. It never checks out the pull request: the change is text that is attached to the prompts.`,
  ])
  files.push({ path: `.github/workflows/${stem}.publish.yml`, text: printWorkflow(document) })
  return { files, count }
}

const noChecks = { started: { 'runs-on': 'ubuntu-latest', steps: [{ run: 'true' }] } }

/** For each step whether it belongs to the workflow with the secrets (`late`), to both, or to the one that runs foreign code. */
function sidesOf(job: YAMLMap, document: Document): ('early' | 'late' | 'both')[] {
  const lateIds = new Set<string>()
  return stepsOf(job, document).map((step) => {
    const uses = textUnder(step, 'uses', document) ?? ''
    if (/^actions\/(?:checkout|setup-[\w-]+)@/i.test(uses)) return 'both'
    const text = JSON.stringify(step.toJS(document))
    const isAgent = readStep(step, document, undefined, new Set()) !== undefined
    const follows = [...lateIds].some((id) => text.includes(`steps.${id}.`) || text.includes(`steps['${id}']`))
    if (!isAgent && !follows && !isSecret(text)) return 'early'
    const id = textUnder(step, 'id', document)
    if (id !== undefined) lateIds.add(id)
    return 'late'
  })
}

function holdsSecret(job: YAMLMap, document: Document): boolean {
  return (
    textUnder(job, 'secrets', document) !== undefined ||
    [...textsIn(mapUnder(job, 'env', document), document).values()].some(isSecret)
  )
}

function keepSteps(job: YAMLMap, document: Document, isKept: (index: number) => boolean): void {
  const steps = resolved(job.get('steps', true), document) as YAMLSeq | undefined
  if (steps?.items !== undefined) steps.items = steps.items.filter((_, index) => isKept(index))
}

function hasWork(job: YAMLMap, document: Document): boolean {
  return stepsOf(job, document).some(
    (step) => !/^actions\/(?:checkout|setup-)/i.test(textUnder(step, 'uses', document) ?? ''),
  )
}

/** Makes a job one that knows the pull request by what GitHub says of it. */
function prepareLate(migration: Migration, job: YAMLMap, sides: readonly string[]): void {
  const { document } = migration
  const early = stepsOf(job, document).filter((_, index) => sides[index] === 'early')
  for (const step of early) {
    const id = textUnder(step, 'id', document)
    if (id !== undefined && new RegExp(String.raw`\bsteps\.${id}\b`).test(String(document)))
      remark(migration, job, `the step ${id} runs in the other workflow, so that its outputs are not there`)
  }
  keepSteps(job, document, (index) => sides[index] !== 'early')
  const own = textUnder(job, 'if', document)
  const conditions = [found, ...(own === undefined ? [] : [`(${bare(own)})`])]
  put(job, 'if', "github.event.workflow_run.event == 'pull_request'", document)
  for (const step of stepsOf(job, document)) {
    const uses = textUnder(step, 'uses', document) ?? ''
    if (/^actions\/checkout@/i.test(uses)) {
      keepOwnCode(migration, step)
      continue
    }
    const asked = textUnder(step, 'if', document)
    put(step, 'if', [...conditions, ...(asked === undefined ? [] : [`(${bare(asked)})`])].join(' && '), document)
  }
  for (const key of ['steps', 'outputs']) rewriteTexts(job.get(key, true), (text) => rewriteEvent(migration, job, text))
  for (const { key } of job.items) {
    const name = textOf(key) ?? ''
    if (!['steps', 'outputs'].includes(name))
      rewriteTexts(job.get(name, true), (text) => rewriteOutside(migration, job, text))
  }
  const steps = resolved(job.get('steps', true), document) as YAMLSeq | undefined
  const checkout = stepsOf(job, document).findIndex((step) =>
    /^actions\/checkout@/i.test(textUnder(step, 'uses', document) ?? ''),
  )
  if (checkout === -1)
    steps?.items.unshift(document.createNode({ uses: 'actions/checkout@v5', with: { 'persist-credentials': false } }))
  steps?.items.splice(checkout === -1 ? 1 : checkout + 1, 0, document.createNode(findPull))
}

/** A checkout that gets the default branch, whatever it got before. */
function keepOwnCode(migration: Migration, step: YAMLMap): void {
  const { document } = migration
  const given = mapUnder(step, 'with', document)
  for (const key of ['ref', 'repository', 'token', 'ssh-key'])
    if (given?.has(key) === true) {
      remark(
        migration,
        step,
        `\`${key}: ${textUnder(given, key, document)}\` is left out: with secrets at hand only the default branch is checked out`,
      )
      given.delete(key)
    }
  if (given === undefined) step.set('with', document.createNode({ 'persist-credentials': false }))
  else given.set('persist-credentials', false)
}

/** The same where no step has run yet. */
function rewriteOutside(migration: Migration, at: YAMLMap, text: string): string {
  const changed = text
    .replaceAll(
      /\bgithub\.event\.(?:pull_request\.)?number\b|\bgithub\.(?:head_ref|ref)\b/g,
      'github.event.workflow_run.head_branch',
    )
    .replaceAll(/\bgithub\.event\.pull_request\.head\.(sha|ref)\b/g, (_, what) =>
      what === 'sha' ? 'github.event.workflow_run.head_sha' : 'github.event.workflow_run.head_branch',
    )
  const left = /\bgithub\.event\.(?!workflow_run\b)[\w.]+/.exec(changed)?.[0]
  if (left !== undefined) remark(migration, at, `\`${left}\` is not known before a step has run, and is empty here`)
  return changed
}

/** What the event said of the pull request, as the step that asks GitHub says it. */
function rewriteEvent(migration: Migration, job: YAMLMap, text: string): string {
  if (!/\bgithub\s*\.\s*(?:event|head_ref|base_ref)/.test(text)) return text
  const changed = text
    .replaceAll(/\bgithub\.event\.pull_request\.head\.sha\b/g, 'github.event.workflow_run.head_sha')
    .replaceAll(/\bgithub\.event\.(?:pull_request\.)?number\b/g, 'steps.pull.outputs.number')
    .replaceAll(/\bgithub\.event\.pull_request\b/g, 'fromJSON(steps.pull.outputs.json)')
    .replaceAll(/\bgithub\.head_ref\b/g, 'github.event.workflow_run.head_branch')
    .replaceAll(/\bgithub\.base_ref\b/g, 'fromJSON(steps.pull.outputs.json).base.ref')
  const left = /\bgithub\.event\.(?!workflow_run\b)[\w.]+/.exec(changed)?.[0]
  if (left !== undefined) remark(migration, job, `\`${left}\` is not known after the event, and is empty here`)
  return changed
}

/** The agent gets the change as text, and what it used to read from a checkout is not there. */
function giveChange(migration: Migration, id: string, instance: Record<string, unknown>): void {
  const attached = Array.isArray(instance['attach']) ? instance['attach'] : []
  instance['attach'] = [...attached, 'change.diff']
  migration.comments.push({
    path: ['instances', id],
    text: 'It reads the change as text: the files of the pull request are not there, and it must not run them.',
  })
}

function dropMissingNeeds(
  jobs: YAMLMap | undefined,
  document: Document,
  tell: (job: YAMLMap, gone: string) => void,
): void {
  for (const pair of jobs?.items ?? []) {
    const id = textOf(pair.key) ?? ''
    const job = mapUnder(jobs as YAMLMap, id, document)
    const given: unknown = job?.toJS(document)?.needs
    if (job === undefined || given === undefined) continue
    const needs = (Array.isArray(given) ? given : [given]).map(String)
    const gone = needs.filter((need) => jobs?.has(need) !== true)
    if (gone.length === 0) continue
    const left = needs.filter((need) => !gone.includes(need))
    if (left.length === 0) job.delete('needs')
    else job.set('needs', document.createNode(left))
    tell(job, gone.join(' and '))
  }
}

function setTriggers(document: Document, on: object): void {
  const pair = pairOf(document.contents as YAMLMap, 'on')
  if (pair !== undefined) pair.value = document.createNode(on)
}

function setHead(document: Document, name: string, lines: readonly string[]): void {
  const root = document.contents as YAMLMap
  if (root.has('name')) root.set('name', name)
  else root.items.unshift(document.createPair('name', name))
  commentAbove(root.items[0]?.key as never, lines)
}

/** The name of the event where a condition asks for it. */
function renameEvent(document: Document, now: string): void {
  rewriteTexts((document.contents as YAMLMap).get('jobs', true), (text) =>
    text.replaceAll(/(\bevent_name\s*[!=]=\s*)'pull_request_target'/g, `$1'${now}'`),
  )
}

function bare(condition: string): string {
  return condition.replace(/^\s*\$\{\{([^]*)\}\}\s*$/, '$1').trim()
}
