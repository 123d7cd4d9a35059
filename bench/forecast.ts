/**
 * `node bench/forecast.ts`: 24 runs of a plan of real claude agents under simulation, whose answers differ in length from run to run and of which
 * one is asked only every other time. Before each from the fifth on: what `plan` forecasts, and what the run then cost by the ledger of the API. Needs `dist/`.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { seeded } from '../test/engine/random-plan.ts'

const runs = 24
const warmUp = 4
const cli = resolve(import.meta.dirname, '../dist/cli/index.js')
const folder = mkdtempSync(join(tmpdir(), 'bench-forecast-'))
const random = seeded(20)

const plan = `
name: forecast
inputs: { deep: { type: boolean, default: false } }
instances:
  scout: { runtime: claude, prompt: Scout. }
  review: { needs: scout, runtime: claude, prompt: Review. }
  deep: { needs: scout, if: inputs.deep, runtime: claude, prompt: Deep. }
`
const rulesOf = (): string =>
  `rules:\n${['scout', 'review', 'deep'].map((id) => `  - { match: { instance: ${id} }, reply: { text: Done., usage: { input: ${1000 + Math.floor(random() * 4000)}, cache-read: 0, cache-write: 0, output: ${200 + Math.floor(random() * 800)} } } }`).join('\n')}\n`

const orchestrator = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })

try {
  writeFileSync(join(folder, 'o.yml'), plan)
  let [expectedUsd, spentUsd, within] = [0, 0, 0]
  const errors: number[] = []
  for (let at = 0; at < runs; at++) {
    writeFileSync(join(folder, 'rules.yml'), rulesOf())
    const { forecast } = JSON.parse(orchestrator('plan', 'o.yml', '--format', 'json')) as {
      forecast: { costUsd: { median: number; p90: number } } | null
    }
    orchestrator('run', 'o.yml', '--simulate', 'rules.yml', '--input', `deep=${random() < 0.5}`)
    const { costUsd } = JSON.parse(readFileSync(join(folder, '.orchestrator/latest/run.json'), 'utf8')) as {
      costUsd: number
    }
    if (at < warmUp || forecast === null) continue
    const { median, p90 } = forecast.costUsd
    expectedUsd += median
    spentUsd += costUsd
    if (costUsd <= p90) within++
    errors.push(Math.abs(median - costUsd) / costUsd)
    console.log(
      `run ${at + 1}: forecast $${median.toFixed(4)}, nine of ten $${p90.toFixed(4)}, cost $${costUsd.toFixed(4)}`,
    )
  }
  const off = (100 * (expectedUsd - spentUsd)) / spentUsd
  const mean = (100 * errors.reduce((sum, error) => sum + error, 0)) / errors.length
  console.log(`all: forecast $${expectedUsd.toFixed(4)}, cost $${spentUsd.toFixed(4)}: ${off.toFixed(1)} %`)
  console.log(
    `one run: ${mean.toFixed(1)} % off on average; ${within} of ${errors.length} within the nine-tenths value`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
