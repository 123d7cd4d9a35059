import type { CacheRule } from '../core/cache-rule.ts'
import { foldTemplate } from '../expression/fold.ts'
import type { Compiling } from './compiling.ts'
import type { ProcessDraft } from './draft.ts'
import { ageMs } from './amounts.ts'
import type { Settings } from './settings.ts'

/**
 * What an instance that is kept depends on; nothing where it is not kept. What an outcome does not hold cannot be restored: an instance that asks for it
 * itself and leaves more behind is refused, one that has it from `agents` or `defaults` runs each time.
 */
export function readCache(
  draft: ProcessDraft,
  settings: Settings,
  compiling: Compiling,
): { readonly cache?: CacheRule } {
  const setting = settings.find('cache')
  if (setting === undefined || setting.value === false) return {}
  const why = refusalOf(draft, settings)
  if (why !== undefined) {
    if (setting.level === 'instance')
      compiling.diagnostics.error(
        'not-cacheable',
        `\`cache\` cannot be combined with ${why}`,
        compiling.file.origins.ofKey(setting.owner, 'cache'),
        { hint: 'Remove one of them: what it does besides its answer is not kept, so it has to run each time.' },
      )
    return {}
  }
  if (setting.value === true) return { cache: {} }
  const { paths, key, 'max-age': age } = setting.value
  const rule: CacheRule = {
    ...(paths !== undefined && { paths: paths.filter((path) => typeof path === 'string').map(foldTemplate) }),
    ...(key !== undefined && { key: foldTemplate(key) }),
    ...(age !== undefined && { maxAgeMs: ageMs(age) }),
  }
  return { cache: compiling.share(rule) }
}

/** What of an instance is more than an outcome holds: what it changes elsewhere, or that it runs to clean up. */
function refusalOf({ entry, worktree, closes, groups }: ProcessDraft, settings: Settings): string | undefined {
  const group = groups.at(-1)
  if (entry.effects !== undefined || (closes && group?.effects !== undefined)) return '`effects`'
  if (worktree !== undefined) return 'the worktree of its group'
  if (settings.find('apply')?.value === true) return '`apply`'
  if (entry.memory !== undefined) return '`memory`'
  if (entry.session !== undefined) return '`session`'
  if (settings.find('expect')?.value.files !== undefined) return '`expect.files`'
  const condition = typeof entry.if === 'string' ? /\b(always|failure|cancelled)\s*\(/.exec(entry.if)?.[1] : undefined
  return condition === undefined ? undefined : `\`if: ${condition}()\``
}
