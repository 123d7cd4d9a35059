import { leaveV8Alone, tuneForReading } from '../run/tune-v8.ts'
import type { Surroundings } from './surroundings.ts'
import { statIfThere } from '../process/stat-if-there.ts'

/** Bytes of a file that the shortest instance takes. */
const instanceBytes = 30

/** Before a file is read: V8 is tuned for as many instances as it may have. */
export function tuneForFile(path: string, { environment }: Surroundings): void {
  const size = statIfThere(path)?.size ?? 0
  if (environment['ORCHESTRATOR_NO_V8_TUNING'] === '1') leaveV8Alone()
  tuneForReading(size / instanceBytes)
}
