/** A run whose wall clock jumps: started by `clock.test.ts` under libfaketime, whose file this process rewrites. Prints how it ended. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ownTrust } from '../../src/core/run-trust.ts'
import type { Reporter } from '../../src/core/reporter.ts'
import { compile } from '../../src/index.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import type { ReportModel } from '../../src/report/report-model.ts'

const workspace = process.argv[2] ?? ''
const offsets = (process.argv[3] ?? '').split(',')
const { plan } = compile(
  'o.yml',
  `
limits: { timeout-minutes: 30 }
instances:
  a: { run: "while [ ! -e go ]; do sleep 0.05; done", timeout-minutes: 20, idle-timeout-minutes: 20 }
  b: { needs: [{ instance: a, delay: 400ms }], run: "exit 1", retry: { attempts: 2, on: [failure], backoff: 300ms } }
  c: { needs: [{ instance: b, when: failure }], run: "true" }
`,
)
if (plan === undefined) throw new Error('the plan is wrong')

const seen: number[] = []
const jump = (offset: string | undefined): void => {
  if (offset !== undefined) writeFileSync(process.env['FAKETIME_TIMESTAMP_FILE'] ?? '', offset)
  seen.push(Date.now())
}

const jumper: Reporter<ReportModel> = {
  name: 'jumper',
  onEvent(event) {
    if (event.type === 'attempt.started' && event.id === 'a') {
      jump(offsets[0])
      writeFileSync(join(workspace, 'go'), '')
    } else if (event.type === 'attempt.ended') jump(offsets[1])
  },
}

jump(undefined)
const { state } = await executeRun({
  plan,
  inputs: {},
  only: null,
  workspace,
  runDirectory: join(workspace, 'run'),
  environment: { PATH: process.env['PATH'] },
  reporters: () => [jumper],
  trust: ownTrust,
})
const results = [...state.instances].map(([id, { result, reason }]) => `${id} ${result} ${reason}`.trim())
const durationMs = (state.ended?.at ?? 0) - (state.started?.at ?? 0)
process.stdout.write(JSON.stringify({ results, durationMs, jumps: seen.map((at) => at - (seen[0] ?? 0)) }))
