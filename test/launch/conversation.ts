import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { addUsage, type Usage, zeroUsage } from '../../src/core/usage.ts'
import { readLedger } from '../../src/simulate/ledger.ts'

/** Rules by which a model knows a colour only from what was said before. */
export const conversationRules = String.raw`rules:
  - match: { prompt: "/remember BLUE[^]*which colour/" }
    reply: { text: It was BLUE. }
  - match: { instance: "*" }
    reply: { text: I know nothing of that. }
`

/** An orchestration file whose agents tell a colour, go on and fork; `where` says where each runs. */
export const conversationFile = (where: string): string => `defaults:
  safety: autonomous
  ${where}
instances:
${['claude', 'codex']
  .map(
    (runtime) => `  ${runtime}: { runtime: ${runtime}, prompt: Please remember BLUE. }
  ${runtime}-on: { runtime: ${runtime}, needs: ${runtime}, prompt: "So which colour was it?", session: continue ${runtime} }
  ${runtime}-fork: { runtime: ${runtime}, needs: ${runtime}, prompt: "So which colour was it?", session: fork ${runtime} }
`,
  )
  .join('')}`

/** Who goes on knows what was said, and each is counted as the ledger has it. */
export function assertConversed(runDirectory: string): void {
  const { instances }: { instances: { id: string; text: string; usage: Usage }[] } = JSON.parse(
    readFileSync(join(runDirectory, 'run.json'), 'utf8'),
  )
  const served = readLedger(join(runDirectory, 'simulation.ndjson'), assert.fail)
  assert.equal(instances.length, 6)
  for (const { id, text, usage } of instances) {
    assert.equal(text, id.includes('-') ? 'It was BLUE.' : 'I know nothing of that.', id)
    const of = served.filter(({ instance }) => instance === id)
    assert.deepEqual(usage, of.map((entry) => ({ ...zeroUsage, ...entry.usage })).reduce(addUsage, zeroUsage), id)
  }
}
