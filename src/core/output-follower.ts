import type { RunState } from './run-state.ts'

/** A line that an instance printed, as people read it. */
export interface PrintedLine {
  readonly id: string
  /** One line, without what acts on a terminal, secrets masked. */
  readonly text: string
}

/** Reads along what instances print while they run: commands line by line, agents as turns. */
export interface OutputFollower {
  /** An attempt has begun. */
  begin(id: string, attempt: number, state: RunState): void
  /** What has come since. */
  next(): Iterable<PrintedLine>
  /** An attempt is over: what is left of its output, as far as it can be shown by now. */
  end(id: string): Iterable<PrintedLine>
  /** All that is left, when nothing more comes. */
  rest(): Promise<Iterable<PrintedLine>>
  close(): void
}
