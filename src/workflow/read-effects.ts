import type { EffectRules } from '../core/effect.ts'
import { foldTemplate } from '../expression/fold.ts'
import { byteCount } from './amounts.ts'
import type { Compiling } from './compiling.ts'
import type { ProcessDraft } from './draft.ts'
import type { Settings } from './settings.ts'

/** Size of the changed files where the file gives none. */
const mostBytes = '256KB'

/** Labels that an instance may add where the file gives no number. */
const mostLabels = 3

/** What an instance may ask for on GitHub; undefined where that is nothing. */
export function readEffects(
  { entry }: ProcessDraft,
  settings: Settings,
  compiling: Compiling,
): EffectRules | undefined {
  const { effects } = entry
  if (effects === undefined) return undefined
  if (settings.find('apply')?.value === true)
    compiling.diagnostics.error(
      'conflicting-keys',
      '`apply` and `effects` cannot be combined',
      compiling.file.origins.ofKey(entry, 'effects'),
      { hint: 'Give the effects to an instance that needs this one.' },
    )
  const { issue, comment, labels, close, push } = effects
  const pullRequest = effects['pull-request']
  for (const key of ['pull-request', 'push'] as const)
    if (effects[key] !== undefined && settings.find('workspace')?.value !== 'worktree')
      compiling.diagnostics.error(
        'effect-without-worktree',
        `\`effects.${key}\` needs \`workspace: worktree\``,
        compiling.file.origins.ofKey(effects, key),
        { hint: 'Add `workspace: worktree`: what changes there becomes the commit.' },
      )
  const at = (on: string | undefined) => on !== undefined && { on: foldTemplate(on) }
  return {
    ...(issue !== undefined && {
      issue: {
        ...(issue.title !== undefined && { title: foldTemplate(issue.title) }),
        ...(issue.key !== undefined && { key: foldTemplate(issue.key) }),
        ...(issue.labels !== undefined && { labels: issue.labels }),
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
        ...(pullRequest.title !== undefined && { title: foldTemplate(pullRequest.title) }),
        ...(pullRequest.branch !== undefined && { branch: foldTemplate(pullRequest.branch) }),
        ...(pullRequest.base !== undefined && { base: foldTemplate(pullRequest.base) }),
        ...(pullRequest.labels !== undefined && { labels: pullRequest.labels }),
        draft: pullRequest.draft ?? true,
        maxBytes: byteCount(pullRequest['max-bytes'] ?? mostBytes),
      },
    }),
    ...(push !== undefined && {
      push: {
        ...(push.title !== undefined && { title: foldTemplate(push.title) }),
        maxBytes: byteCount(push['max-bytes'] ?? mostBytes),
      },
    }),
  }
}
