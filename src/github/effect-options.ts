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
