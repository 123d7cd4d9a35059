import { messageOf } from '../core/message-of.ts'
import type { Redactor } from '../core/redactor.ts'
import type { Bus } from '../journal/bus.ts'
import type { ReportModel } from '../report/report-model.ts'
import type { Recorder } from './recorder.ts'

/** Loads what keeps the answers of models as rules that replay them. */
export async function openRecorder(): Promise<Recorder> {
  const { createRecorder } = await import('./recorder.ts')
  return createRecorder()
}

/** What cannot be written is told as any report that cannot be delivered. */
export function writeRecord(recorder: Recorder, path: string, redactor: Redactor, bus: Bus<ReportModel>): void {
  try {
    recorder.write(path, redactor)
  } catch (error) {
    bus.record({ type: 'report.failed', reporter: 'record', detail: messageOf(error) })
  }
}
