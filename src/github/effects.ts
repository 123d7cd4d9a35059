import type { EffectPerformer } from '../core/effect.ts'
import type { Api } from './api.ts'
import type { RunPosition } from './comment-key.ts'

/** What changes on GitHub are made with, and made for. */
export interface EffectOptions {
  readonly connect: (() => Promise<Api>) | undefined
  readonly repository: { readonly owner: string; readonly name: string }
  readonly graphqlUrl: string
  readonly isPersonal: boolean
  /** The issue or pull request of the event. */
  readonly subject: number | undefined
  /** The branch that the workflow runs on; undefined on a tag and for a pull request. */
  readonly branch: string | undefined
  /** The branch of the event's pull request; undefined where there is none, or it is in another repository. */
  readonly headBranch: string | undefined
  /** Set where the event is not trusted. */
  readonly refusal: string | undefined
  readonly scope: { readonly workflow: string; readonly job: string; readonly name: string }
  readonly position: RunPosition
  readonly commit: string
  /** A line of Markdown of ours. */
  readonly footer: string
  readonly redact: (text: string) => string
}

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
