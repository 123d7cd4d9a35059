import type { EffectBounds, EffectRules, PatchBound, PatchRule } from '../core/effect.ts'
import type { ProcessDefinition } from '../core/instance.ts'
import { foldTemplate } from '../expression/fold.ts'
import { ageMs, byteCount } from './amounts.ts'
import type { Compiling } from './compiling.ts'
import type { ProcessDraft } from './draft.ts'
import { readCache } from './read-cache.ts'
import type { InstanceEntry } from './schema-instance.ts'
import type { OrchestrationFile } from './schema.ts'
import type { Settings } from './settings.ts'

/** Size of the changed files where the file gives none. */
const mostBytes = '256KB'

/** Labels that an instance may add where the file gives no number. */
const mostLabels = 3

type EffectsEntry = NonNullable<InstanceEntry['effects']>

/** How large a memory may be where the file does not say. */
const memoryBytes = '256KB'
const memoryFiles = 20

/** What an instance leaves outside of its run: its outcome, what it may ask for on GitHub, and what it remembers. */
export function readOutside(
  draft: ProcessDraft,
  settings: Settings,
  compiling: Compiling,
): Pick<ProcessDefinition, 'cache' | 'effects' | 'memory'> {
  const effects = readEffects(draft, settings, compiling)
  const { memory } = draft.entry
  const given = typeof memory === 'string' ? { name: memory } : memory
  return {
    ...readCache(draft, settings, compiling),
    ...(effects !== undefined && { effects }),
    ...(given !== undefined && {
      memory: {
        name: given.name,
        maxBytes: byteCount(given['max-bytes'] ?? memoryBytes),
        maxFiles: given['max-files'] ?? memoryFiles,
      },
    }),
  }
}

/** What an instance may ask for on GitHub; undefined where that is nothing. */
function readEffects(
  { entry, worktree, closes, groups }: ProcessDraft,
  settings: Settings,
  compiling: Compiling,
): EffectRules | undefined {
  // The changes of a group's worktree leave by the member that keeps them.
  const owner = closes ? groups.at(-1) : entry
  const effects = owner?.effects
  if (owner === undefined || effects === undefined) return undefined
  const { diagnostics, file } = compiling
  if ((closes ? owner.apply : settings.find('apply')?.value) === true)
    diagnostics.error(
      'conflicting-keys',
      '`apply` and `effects` cannot be combined',
      file.origins.ofKey(owner, 'effects'),
      { hint: 'Give the effects to an instance that needs this one.' },
    )
  if (!closes)
    for (const key of ['pull-request', 'push'] as const)
      if (effects[key] !== undefined && (worktree !== undefined || settings.find('workspace')?.value !== 'worktree'))
        diagnostics.error(
          'effect-without-worktree',
          `\`effects.${key}\` needs \`workspace: worktree\``,
          file.origins.ofKey(effects, key),
          {
            hint:
              worktree === undefined
                ? 'Add `workspace: worktree`: what changes there becomes the commit.'
                : 'Put `effects` on the group that has the worktree: what changes there becomes the commit.',
          },
        )
  checkBounds(effects, compiling)
  return rulesOf(effects)
}

/** Reports a kind that the bounds of the file leave out. */
function checkBounds(effects: EffectsEntry, { file, diagnostics }: Compiling): void {
  const bounds = file.documents.findLast((document) => document.effects !== undefined)?.effects
  if (bounds === undefined) return
  for (const key of kinds)
    if (effects[key] !== undefined && bounds[key] === undefined)
      diagnostics.error(
        'effect-not-allowed',
        `\`effects\` of the file does not allow \`${key}\``,
        file.origins.ofKey(effects, key),
        { hint: `Add \`${key}: {}\` to \`effects\` at the top of the file, or remove it here.` },
      )
}

const kinds = ['issue', 'comment', 'labels', 'close', 'pull-request', 'push', 'dispatch'] as const

function rulesOf(effects: EffectsEntry): EffectRules {
  const { issue, comment, labels, close, push, dispatch } = effects
  const pullRequest = effects['pull-request']
  const at = (on: string | undefined) => on !== undefined && { on: foldTemplate(on) }
  return {
    ...(issue !== undefined && {
      issue: {
        ...(issue.title !== undefined && { title: foldTemplate(issue.title) }),
        ...(issue['title-prefix'] !== undefined && { titlePrefix: issue['title-prefix'] }),
        ...(issue.key !== undefined && { key: foldTemplate(issue.key) }),
        ...(issue.labels !== undefined && { labels: issue.labels }),
        ...(issue.expires !== undefined && { expiresMs: ageMs(issue.expires) }),
        max: issue.max ?? 1,
      },
    }),
    ...(comment !== undefined && { comment: { ...at(comment.on), max: comment.max ?? 1 } }),
    ...(labels !== undefined && {
      labels: { ...at(labels.on), allow: labels.allow ?? [], max: labels.max ?? mostLabels },
    }),
    ...(close !== undefined && { close: { ...at(close.on) } }),
    ...(pullRequest !== undefined && {
      pullRequest: {
        ...patchRule(pullRequest),
        ...(pullRequest['title-prefix'] !== undefined && { titlePrefix: pullRequest['title-prefix'] }),
        ...(pullRequest.body !== undefined && { body: foldTemplate(pullRequest.body) }),
        ...(pullRequest.branch !== undefined && { branch: foldTemplate(pullRequest.branch) }),
        ...(pullRequest.base !== undefined && { base: foldTemplate(pullRequest.base) }),
        ...(pullRequest.labels !== undefined && { labels: pullRequest.labels }),
        ...(pullRequest.reviewers !== undefined && { reviewers: pullRequest.reviewers }),
        ...(pullRequest['team-reviewers'] !== undefined && { teamReviewers: pullRequest['team-reviewers'] }),
        draft: pullRequest.draft ?? true,
      },
    }),
    ...(push !== undefined && { push: patchRule(push) }),
    ...(dispatch !== undefined && {
      dispatch: {
        allow: dispatch.allow ?? [],
        ...(dispatch.ref !== undefined && { ref: foldTemplate(dispatch.ref) }),
        ...(dispatch.inputs !== undefined && {
          inputs: Object.fromEntries(
            Object.entries(dispatch.inputs).map(([name, value]) => [name, foldTemplate(value ?? '')]),
          ),
        }),
        ...(dispatch['allow-inputs'] !== undefined && { allowInputs: dispatch['allow-inputs'] }),
        ...(dispatch.mark !== undefined && { mark: dispatch.mark }),
        max: dispatch.max ?? 1,
      },
    }),
  }
}

function patchRule(entry: NonNullable<EffectsEntry['push']>): PatchRule {
  return {
    ...(entry.title !== undefined && { title: foldTemplate(entry.title) }),
    ...(entry.paths !== undefined && { paths: entry.paths }),
    ...(entry.branches !== undefined && { branches: entry.branches }),
    maxBytes: byteCount(entry['max-bytes'] ?? mostBytes),
  }
}

/** What all instances of a run may do together; undefined where the file does not say. */
export function readEffectBounds(entry: OrchestrationFile['effects']): EffectBounds | undefined {
  if (entry === undefined) return undefined
  const { issue, comment, labels, close, push, dispatch } = entry
  const pullRequest = entry['pull-request']
  const most = (bound: { max?: number | undefined }) => bound.max !== undefined && { max: bound.max }
  const allowing = (bound: { max?: number | undefined; allow?: string[] | undefined }) => ({
    ...most(bound),
    ...(bound.allow !== undefined && { allow: bound.allow }),
  })
  return {
    ...most(entry),
    ...(issue !== undefined && { issue: { ...most(issue) } }),
    ...(comment !== undefined && { comment: { ...most(comment) } }),
    ...(labels !== undefined && { labels: allowing(labels) }),
    ...(close !== undefined && { close: { ...most(close) } }),
    ...(pullRequest !== undefined && { pullRequest: patchBound(pullRequest) }),
    ...(push !== undefined && { push: patchBound(push) }),
    ...(dispatch !== undefined && { dispatch: allowing(dispatch) }),
  }
}

function patchBound(entry: NonNullable<NonNullable<OrchestrationFile['effects']>['push']>): PatchBound {
  const { max, paths, branches } = entry
  return {
    ...(max !== undefined && { max }),
    ...(paths !== undefined && { paths }),
    ...(branches !== undefined && { branches }),
    ...(entry['max-bytes'] !== undefined && { maxBytes: byteCount(entry['max-bytes']) }),
  }
}
