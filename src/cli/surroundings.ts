/** One of the two streams a command writes to. */
export interface Output {
  /** Writes text; after the reader has gone, nothing. */
  write(text: string): void
  /** Whether the reader has gone: who goes on and on may stop. */
  closed(): boolean
  /** Whether it is a terminal that can be painted over. */
  readonly interactive: boolean
  readonly colour: boolean
  columns(): number
  rows(): number
}

/** A run that is going on, for whoever must end it in a hurry. */
export interface ActiveRun {
  readonly journalPath: string
  kill(): void
}

/** What the process is in: the only way a command sees its environment, the clock, signals and the terminal. */
export interface Surroundings {
  readonly cwd: string
  /** What paths of an orchestration file start from: the root of the repository, see `findRoot`. Looked for when first asked for. */
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: () => number
  readonly out: Output
  readonly err: Output
  /** Calls `listener` at each signal that would end us instead of dying; the result ends that. */
  onInterrupt(listener: (signal: string) => void): () => void
  /** Says which run to name, and to kill, should we die of a bug; undefined when it is over. */
  watch(run: ActiveRun | undefined): void
}
