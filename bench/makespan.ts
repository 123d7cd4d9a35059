/**
 * `node bench/makespan.ts`: 30 random plans of sleeping instances, each run twice for real: without a history, then with the durations that
 * the first run left. Prints both beside the lower bound and the best list schedule that a search finds, and exits 1 when a run with history
 * took more than 5 % longer than that. Four plans at a time: they only sleep.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cli } from './entry.ts'
import { bestKnown, lowerBound, type SleepPlan } from './list-schedule.ts'
import { randomSleepPlan, seededRandom } from './sleep-plan.ts'
import { timeCommand } from './time-command.ts'

const plans = 30
const limit = 1.05

const columns = ['plan', 'instances', 'slots', 'bound', 'best known', 'without history', 'with history', 'ratio']
const printRow = (cells: readonly (string | number)[]): void =>
  console.log(cells.map((cell, at) => String(cell).padStart(columns[at]?.length ?? 0)).join('  '))

function planText({ durations, needs, slots }: SleepPlan, name: string): string {
  const rows = durations.map((ms, at) => {
    const from = needs[at]?.map((need) => `n${need}`).join(', ')
    return `  n${at}: { command: [sleep, '${ms / 1000}'], needs: [${from}] }\n`
  })
  return `name: ${name}\nlimits: { max-parallel: ${slots} }\ninstances:\n${rows.join('')}`
}

/** From the first event of the run to its last, milliseconds. */
async function run(folder: string): Promise<number> {
  const directory = join(folder, 'run')
  rmSync(directory, { recursive: true, force: true })
  const argv = [process.execPath, cli, 'run', 'plan.yml', '--quiet', '--run-dir', directory]
  const { code } = await timeCommand(argv, { cwd: folder })
  if (code !== 0) throw new Error(`a run in ${folder} exited ${code}`)
  const lines = readFileSync(join(directory, 'journal.ndjson'), 'utf8').trimEnd().split('\n')
  const at = (line = '{}'): number => Number(JSON.parse(line).at)
  return at(lines.at(-1)) - at(lines[0])
}

/** How much longer than the best schedule known the two runs of a plan took. */
async function compare(seed: number): Promise<{ blind: number; informed: number }> {
  const random = seededRandom(seed)
  const plan = randomSleepPlan(random)
  const best = bestKnown(plan, random)
  const folder = mkdtempSync(join(tmpdir(), 'bench-makespan-'))
  try {
    writeFileSync(join(folder, 'plan.yml'), planText(plan, 'sleep'))
    const blind = await run(folder)
    const informed = await run(folder)
    const figures = [lowerBound(plan), best, blind, informed].map((ms) => ms.toFixed(0))
    printRow([seed, plan.durations.length, plan.slots, ...figures, (informed / best).toFixed(3)])
    return { blind: blind / best, informed: informed / best }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

printRow(columns)
const ratios: { blind: number; informed: number }[] = []
const seeds = Array.from({ length: plans }, (_, at) => at + 1)
const lane = async (): Promise<void> => {
  for (let seed = seeds.shift(); seed !== undefined; seed = seeds.shift()) ratios.push(await compare(seed))
}
await Promise.all(Array.from({ length: 4 }, lane))
for (const [name, of] of [
  ['with history', 'informed'],
  ['without', 'blind'],
] as const) {
  const sorted = ratios.map((ratio) => ratio[of]).toSorted((a, b) => a - b)
  const within = sorted.filter((ratio) => ratio <= limit).length
  const mean = sorted.reduce((sum, ratio) => sum + ratio, 0) / plans
  console.log(
    `${name}: worst ${sorted.at(-1)?.toFixed(3)}, mean ${mean.toFixed(3)}, ${within} of ${plans} within ${limit}`,
  )
}
if (ratios.some(({ informed }) => informed > limit)) process.exitCode = 1
