/**
 * What the bus costs an instance: its three events (attempt started, attempt ended, instance ended) stamped, serialised, searched for secrets,
 * appended to a journal on disk and folded. Prints one JSON line with microseconds per instance and per event.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createBus } from '../src/journal/bus.ts'
import { openJournal } from '../src/journal/journal-file.ts'
import { createRedactor } from '../src/journal/redactor.ts'
import { attemptEnded, attemptStarted, instanceNamed, runStarted } from '../test/journal/small-run.ts'

const count = Number(process.argv[2] ?? 10_000)
const directory = mkdtempSync(join(tmpdir(), 'bench-events-'))
const journal = openJournal(join(directory, 'journal.ndjson'), (error) => {
  throw error
})
const redactor = createRedactor(['hunter2hunter2', 'a-token-of-some-length', 'another secret value', 'p4ssw0rd'])
const bus = createBus({ journal, redactor, reporters: [], clock: Date.now })
const ids = Array.from({ length: count }, (_, index) => `instance-${index}`)
bus.record(runStarted(ids.map((id) => instanceNamed(id))))
const startedAt = performance.now()
for (const id of ids) {
  bus.record(attemptStarted(id))
  bus.record(attemptEnded(id, 'a short answer'))
  bus.record({ type: 'instance.ended', id, result: 'success', outcome: 'success', reason: '', detail: '', outputs: {} })
}
const us = ((performance.now() - startedAt) * 1000) / count
journal.close()
rmSync(directory, { recursive: true })
console.log(
  JSON.stringify({
    bench: 'events',
    count,
    usPerInstance: Number(us.toFixed(1)),
    usPerEvent: Number((us / 3).toFixed(1)),
  }),
)
