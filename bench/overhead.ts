/**
 * `node bench/overhead.ts`: four real claude and four real codex agents at once, each with a home of its own, by a run of ours, by one that keeps their keys,
 * and started bare with the same arguments; in turn, against the same model server in a process of its own. An answer takes two seconds and a half, or none at
 * all. Prints medians of wall time, and the fastest, by which a busy machine says more; exits 1 where the run takes more than 5 % longer than the bare one where answers take time, or where an agent's answer or tokens are not its own. Needs `dist/`. `ROUNDS`: 5.
 */
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Agent, AttemptDirectory } from '../src/agents/agent.ts'
import { claude } from '../src/agents/claude/claude.ts'
import { codex } from '../src/agents/codex/codex.ts'
import { simulatedModels } from '../src/agents/registry.ts'
import { loadPatterns } from '../src/core/pattern.ts'
import type { Task } from '../src/core/task.ts'
import { parseRules } from '../src/simulate/rules.ts'
import { startSimulation } from '../src/simulate/server.ts'
import { taskOf as taskNamed } from '../test/agents/rig.ts'
import { cli, root } from './entry.ts'

const rounds = Number(process.env['ROUNDS'] ?? 5)
const limit = 1.05
const agents = [claude, codex].flatMap((agent) =>
  [1, 2, 3, 4].map((number) => ({ id: `${agent.name}${number}`, agent })),
)
const path = `${join(root, 'node_modules/.bin')}:${process.env['PATH'] ?? ''}`
const prompt = 'Work.'

/** Each runs a command and answers with a word and tokens of its own. */
const rulesOf = (delay: string): string =>
  `rules:\n${agents
    .map(
      ({ id }, at) => `  - match: { instance: ${id} }
    replies:
      - { tools: [{ run: "echo $HOME > home-of-${id}" }], delay: ${delay}, usage: { input: ${100 + at}, cache-read: 0, cache-write: 0, output: 10 } }
      - { text: Done by ${id}., delay: ${delay}, chunks: 5, chunk-delay: ${delay === '0ms' ? '0ms' : '100ms'}, usage: { input: ${1000 * (at + 1)}, cache-read: 0, cache-write: 0, output: 20 } }
`,
    )
    .join('')}`

/** The model server, until it is killed: tells where each agent finds its model. */
async function serve(rules: string): Promise<void> {
  await loadPatterns()
  const folder = mkdtempSync(join(tmpdir(), 'bench-overhead-server-'))
  process.on('SIGTERM', () => {
    rmSync(folder, { recursive: true, force: true })
    process.exit()
  })
  const server = await startSimulation({
    rules: parseRules('rules.yml', rules).rules,
    ledgerPath: join(folder, 'ledger.ndjson'),
    models: await simulatedModels(),
    redactor: { text: (text) => text, stream: () => ({ push: (chunk) => chunk, end: () => new Uint8Array() }) },
  })
  // Each run is an attempt of its own, so that the replies begin anew.
  process.on('message', (attempt: number) =>
    process.send?.(Object.fromEntries(agents.map(({ id }) => [id, server.endpoint(id, attempt)]))),
  )
  process.send?.('ready')
}

type Places = Readonly<Record<string, { readonly baseUrl: string; readonly apiKey: string }>>

const taskOf = (id: string, agent: Agent): Task =>
  taskNamed(id, agent.name, { safety: 'autonomous', action: { kind: 'prompt', prompt } })

/** All eight at once, as a script would start them: the arguments and the environment are those of our runs. */
async function runBare(folder: string, places: Places): Promise<void> {
  const work = join(folder, 'work')
  mkdirSync(work)
  await Promise.all(
    agents.map(async ({ id, agent }) => {
      const own = (name: string): string => {
        const made = join(folder, id, name)
        mkdirSync(made, { recursive: true })
        return made
      }
      const env = { PATH: path, HOME: own('home'), TMPDIR: own('tmp'), LANG: 'C.UTF-8' }
      const endpoint = places[id]
      if (endpoint === undefined) throw new Error(`${id} has no model`)
      const directory: AttemptDirectory = {
        cwd: work,
        home: env.HOME,
        temp: env.TMPDIR,
        userHome: undefined,
        stdoutFile: join(folder, id, 'stdout'),
        env,
        find: (program) => join(root, 'node_modules/.bin', program),
        trust: { tree: true, event: true },
        endpoint,
      }
      const { argv, env: more, stdin = '' } = agent.command(taskOf(id, agent), directory)
      const [program = '', ...args] = argv
      const child = spawn(program, args, { cwd: work, env: { ...env, ...more }, stdio: ['pipe', 'pipe', 'ignore'] })
      child.stdin.end(stdin)
      let out = ''
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()))
      await once(child, 'close')
      if (child.exitCode !== 0 || !out.includes(`Done by ${id}.`))
        throw new Error(`${id} exited ${child.exitCode}: ${out}`)
    }),
  )
}

/** The same by a run of ours, whole process; every answer and ledger is held against what its agent was served. */
async function runOurs(folder: string, places: Places, credentials: 'direct' | 'proxy'): Promise<void> {
  const plan = agents.map(({ id, agent }) => {
    const { baseUrl = '', apiKey = '' } = places[id] ?? {}
    const env =
      agent === claude
        ? { ANTHROPIC_BASE_URL: baseUrl, ANTHROPIC_API_KEY: apiKey }
        : { OPENAI_BASE_URL: `${baseUrl}/v1`, OPENAI_API_KEY: apiKey }
    return `  ${id}: ${JSON.stringify({ runtime: agent.name, prompt, safety: 'autonomous', credentials, env })}`
  })
  writeFileSync(join(folder, 'plan.yml'), `limits: { max-parallel: 8 }\ninstances:\n${plan.join('\n')}\n`)
  const child = spawn(process.execPath, [cli, 'run', 'plan.yml', '--quiet', '--run-dir', 'run'], {
    cwd: folder,
    env: { PATH: path, HOME: folder, LANG: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`the run exited ${child.exitCode}`)
}

/** What a run reports is held against what each agent was served; a difference ends the benchmark. */
function checkLedgers(folder: string): void {
  const { instances }: { instances: { id: string; text: string; usage: { input: number; output: number } }[] } =
    JSON.parse(readFileSync(join(folder, 'run/run.json'), 'utf8'))
  const homes = new Set(agents.map(({ id }) => readFileSync(join(folder, `home-of-${id}`), 'utf8')))
  if (homes.size !== agents.length) throw new Error(`${homes.size} homes of ${agents.length} agents`)
  for (const [at, { id }] of agents.entries()) {
    const row = instances.find((instance) => instance.id === id)
    const told = JSON.stringify([row?.text, row?.usage.input, row?.usage.output])
    const served = JSON.stringify([`Done by ${id}.`, 1100 + at + 1000 * at, 30])
    if (told !== served) throw new Error(`${id}: ${told} instead of ${served}`)
  }
}

async function measure(use: (folder: string) => Promise<void>, check: (folder: string) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-overhead-'))
  try {
    const from = performance.now()
    await use(folder)
    const wallMs = performance.now() - from
    check(folder)
    return wallMs
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN

async function compare(delay: string): Promise<number> {
  const server: ChildProcess = fork(import.meta.filename, ['serve', rulesOf(delay)])
  await once(server, 'message')
  let attempt = 0
  const places = async (): Promise<Places> => {
    server.send(++attempt)
    return (await once(server, 'message'))[0] as Places
  }
  const ways = {
    bare: (where: Places) =>
      measure(
        (folder) => runBare(folder, where),
        () => {},
      ),
    run: (where: Places) => measure((folder) => runOurs(folder, where, 'direct'), checkLedgers),
    'run, keys kept': (where: Places) => measure((folder) => runOurs(folder, where, 'proxy'), checkLedgers),
  }
  const walls = new Map<string, number[]>(Object.keys(ways).map((name) => [name, []]))
  for (const way of Object.values(ways)) await way(await places())
  for (let round = 0; round < rounds; round++)
    for (const [name, way] of Object.entries(ways)) walls.get(name)?.push(await way(await places()))
  server.kill()
  const bare = walls.get('bare') ?? []
  const ratios = (name: string): number[] =>
    (walls.get(name) ?? []).map((wallMs, at) => wallMs / (bare[at] ?? Number.NaN))
  const percent = (ratio: number): string => `${ratio < 1 ? '−' : '+'} ${Math.abs((ratio - 1) * 100).toFixed(1)} %`
  console.log(`\nanswers after ${delay}\n`)
  console.log('| | median | over bare | fastest | over bare | by round |\n| --- | --- | --- | --- | --- | --- |')
  for (const [name, own] of walls) {
    const [middle, fastest] = [median(own), Math.min(...own)].map((wallMs) => `${(wallMs / 1000).toFixed(2)} s`)
    const over = percent(median(ratios(name)))
    const overFastest = percent(Math.min(...own) / Math.min(...bare))
    console.log(
      name === 'bare'
        ? `| ${name} | ${middle} | | ${fastest} | | |`
        : `| ${name} | ${middle} | ${over} | ${fastest} | ${overFastest} | ${ratios(name).map(percent).join(', ')} |`,
    )
  }
  return median(ratios('run'))
}

if (process.argv[2] === 'serve') await serve(process.argv[3] ?? '')
else {
  const real = await compare('2s')
  await compare('0ms')
  if (real > limit) process.exitCode = 1
}
