import type { ProcessLimits } from '../core/instance.ts'
import type { Termination } from './spawn.ts'

/** Watches what a process tree uses. */
export interface LimitWatch {
  stop(): void
}

/** Starts watching where a limit asks for it. */
export function watchLimits(
  _mark: string,
  _limits: ProcessLimits,
  _terminate: (why: Termination) => void,
): LimitWatch | undefined {
  return undefined
}
