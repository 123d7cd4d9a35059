import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Scenario } from './ledger-scenarios.ts'
import type { LedgerServer } from './ledger-server.ts'
import type { Rig } from './rig.ts'

/** A model without a price. */
const models = { m: { name: 'm' } }

/**
 * Leads OpenCode and pi, which take no base URL from a variable, to the ledger of a scenario: by a file of the user. Answers what the task must
 * have besides.
 */
export function leadByFile(
  { runtime, unreachable }: Scenario,
  id: string,
  rig: Rig,
  server: LedgerServer,
): Partial<Record<'model' | 'config', string>> {
  // Else it asks a small model which one to take.
  if (runtime === 'gemini') return { model: 'gemini-2.5-pro' }
  const base = unreachable ? 'http://127.0.0.1:9' : server.urlOf(id)
  if (runtime === 'opencode') {
    const config = join(rig.root, `${id}.opencode.json`)
    const provider = { npm: '@ai-sdk/openai-compatible', name: 'ledger', models }
    const options = { baseURL: `${base}/v1`, apiKey: 'k' }
    writeFileSync(config, JSON.stringify({ small_model: 'ledger/m', provider: { ledger: { ...provider, options } } }))
    return { model: 'ledger/m', config }
  }
  if (runtime !== 'pi') return {}
  providers.set(id, {
    baseUrl: `${base}/v1`,
    apiKey: 'k',
    api: 'openai-completions',
    models: [{ id: 'm', name: 'm', input: ['text'] }],
  })
  const own = join(rig.root, 'user/.pi/agent')
  mkdirSync(own, { recursive: true })
  // Others that run meanwhile read it, too.
  const unfinished = join(own, `models.${id}.tmp`)
  writeFileSync(unfinished, JSON.stringify({ providers: Object.fromEntries(providers) }))
  renameSync(unfinished, join(own, 'models.json'))
  return { model: `${id}/m` }
}

const providers = new Map<string, object>()
