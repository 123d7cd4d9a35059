/** Which comment a run keeps up to date: one for each workflow, job, name of an orchestration, and key. */
export interface CommentScope {
  readonly workflow: string
  readonly job: string
  readonly name: string
  /** The user's, else the cell of the job's matrix. */
  readonly key: string
}

/** Where a run stands among those of the repository: later ones have higher numbers. */
export interface RunPosition {
  readonly run: number
  readonly attempt: number
}

/** What a comment begins with that belongs to this scope; exact, so that names that look alike are told apart. */
export function commentStart({ workflow, job, name, key }: CommentScope): string {
  // Not imported: it takes 4 ms to load, and the action imports us where no comment is asked for.
  const { createHash } = process.getBuiltinModule('node:crypto')
  const digest = createHash('sha256')
    .update(JSON.stringify([workflow, job, name, key]))
    .digest('base64url')
  return `<!-- orchestrator:${digest.replaceAll('--', '-.')} `
}

/** The first line of a comment: whose it is, and of which run and commit it tells. */
export function commentMarker(start: string, { run, attempt }: RunPosition, commit: string): string {
  return `${start}run=${run} attempt=${attempt} commit=${commit} -->`
}

/** The run a comment tells of. */
export function positionIn(body: string): RunPosition | undefined {
  const [, run, attempt] = /^<!-- orchestrator:\S+ run=(\d+) attempt=(\d+) /.exec(body) ?? []
  return run === undefined ? undefined : { run: Number(run), attempt: Number(attempt) }
}

/** Whether a run began before another. */
export function isOlder(one: RunPosition, other: RunPosition): boolean {
  return one.run < other.run || (one.run === other.run && one.attempt < other.attempt)
}
