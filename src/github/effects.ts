import type { EffectPerformer } from '../core/effect.ts'
import type { EffectOptions } from './effect-options.ts'

/**
 * Does on GitHub what instances ask for. Each thing is looked for first by its marker, which it begins with: an issue by the workflow and the instance it is
 * of, a comment also by the workflow run, so that whatever was killed or is run again does nothing twice.
 */
export function createEffectPerformer(options: EffectOptions): EffectPerformer {
  const { connect, subject } = options
  const refusal = connect === undefined ? 'there is no `github-token`' : options.refusal
  return {
    subject,
    ...(refusal !== undefined && { refusal }),
    async perform(deeds, again = false) {
      if (connect === undefined) return { done: [], ...(refusal !== undefined && { problem: refusal }) }
      const { performDeeds } = await import('./perform-deeds.ts')
      return performDeeds(await connect(), deeds, options, again)
    },
  }
}
