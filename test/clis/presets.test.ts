import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { after, before, describe, it } from 'node:test'
import { runtimeFacts } from '../../src/agents/registry.ts'
import type { AttemptEnded } from '../../src/core/event.ts'
import { loadQueries } from '../../src/core/query.ts'
import type { Task } from '../../src/core/task.ts'
import { compile } from '../../src/workflow/compile.ts'
import { openRig, type Rig, taskOf } from '../agents/rig.ts'

/** The CLIs of presets, installed from npm into a folder that is removed, and driven against the loopback model. */
const clis = [
  {
    name: 'qwen',
    package: '@qwen-code/qwen-code@0.24.4',
    shell: 'run_shell_command',
    more: {},
  },
  { name: 'copilot', package: '@github/copilot@1.0.102', shell: 'bash', more: { description: 'says done' } },
  { name: 'opencode', package: 'opencode-ai@1.18.33', shell: 'bash', more: { description: 'says done' } },
] as const

await loadQueries()

const text = `runtimes: { ${clis.map(({ name }) => `${name}: { preset: ${name} }`).join(', ')} }\ninstances: { a: { run: "true" } }\n`
const { plan } = compile('f.yml', text, { read: () => undefined, runtimes: runtimeFacts() })
const runtimes = plan?.runtimes ?? {}

const given = process.env['CLIS'] ?? ''
const root = mkdtempSync(join(tmpdir(), 'clis-'))
after(() => rmSync(root, { recursive: true, force: true }))
before(() => {
  if (given !== '') return
  writeFileSync(join(root, 'package.json'), '{"private":true}')
  const packages = clis.map((cli) => cli.package)
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', ...packages], { cwd: root })
})

/** How many of the tools that never end are running. */
function endless(): number {
  const commands = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n')
  return commands.filter((command) => command.trim() === 'tail -f stalled-by-test').length
}

for (const { name, shell, more } of clis)
  describe(`the preset ${name}`, () => {
    let rig: Rig
    before(async () => {
      rig = await openRig({
        runtimes,
        environment: {
          PATH: [join(given || root, 'node_modules/.bin'), process.env['PATH']].join(delimiter),
          ANTHROPIC_API_KEY: 'planted-key',
          COPILOT_GITHUB_TOKEN: 'planted-key',
        },
        rules: `
rules:
  - match: { instance: answer }
    reply: { text: The answer., usage: { input: 1000, cache-read: 300, output: 40 } }
  - match: { instance: tool }
    replies:
      - { tools: [{ name: ${shell}, input: { command: "env > seen-by-${name}.txt", ...MORE } }] , usage: { input: 700, cache-read: 10, output: 30 } }
      - { text: The tool ran., usage: { input: 900, cache-read: 200, output: 20 } }
  - match: { instance: kept }
    replies: [{ tools: [{ name: ${shell}, input: { command: "touch written-by-${name}", ...MORE } }] }, { text: It did not., usage: { input: 9, output: 9 } }]
  - match: { instance: broken }
    reply: { error: { status: 400, message: no such thing } }
  - match: { instance: stalled }
    replies: [{ tools: [{ name: ${shell}, input: { command: tail -f stalled-by-test, ...MORE } }] }, { text: never }]
`.replaceAll(
          ', ...MORE',
          Object.entries(more)
            .map(([key, value]) => `, ${key}: ${value}`)
            .join(''),
        ),
      })
    })
    after(() => rig.close())

    const ask = (id: string, rest: Partial<Task> = {}): Promise<AttemptEnded> =>
      rig.run(taskOf(id, name, { action: { kind: 'prompt', prompt: 'Please do it.' }, ...rest }))
    const isAccounted = runtimes[name]?.parse.usage.input !== undefined

    /** What it says equals the ledger, or it says nothing. */
    const assertHonest = ({ id, accounting: { usage, partial } }: AttemptEnded): void => {
      if (!isAccounted) return assert.equal(usage, null)
      assert.equal(partial, false)
      const served = rig.served(id)
      // Qwen Code does not say what of its input was written to the cache.
      const told = name === 'qwen' ? { ...served, input: served.input + served.cacheWrite, cacheWrite: 0 } : served
      assert.deepEqual(usage && { ...usage, reasoning: 0 }, told)
    }

    it('answers, to the token where it tells any', async () => {
      const ended = await ask('answer')
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.equal(ended.text, 'The answer.')
      assertHonest(ended)
    })

    it('takes a prompt that begins with a dash or a slash for one', async () => {
      for (const [index, prompt] of ['--help', '/help'].entries()) {
        const ended = await ask(`slash${index}`, { action: { kind: 'prompt', prompt } })
        assert.equal(ended.failure, null, JSON.stringify(ended.failure))
        assert.ok(rig.ledger().some(({ instance }) => instance === `slash${index}`))
      }
    })

    it('runs a tool, which sees no key of the machine, and is shown', async () => {
      const isTierKnown = Object.hasOwn(runtimes[name]?.safety ?? {}, 'autonomous')
      const ended = await ask('tool', isTierKnown ? { safety: 'autonomous' } : {})
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.equal(ended.text, 'The tool ran.')
      const file = join(rig.workspace, `seen-by-${name}.txt`)
      assert.ok(existsSync(file))
      assert.ok(!execFileSync('cat', [file], { encoding: 'utf8' }).includes('planted-key'))
      assertHonest(ended)
    })

    it('fails where its model refuses', async () => {
      const { failure } = await ask('broken')
      assert.notEqual(failure, null)
      assert.match(JSON.stringify(failure), /no such thing|400/)
    })

    if (Object.hasOwn(runtimes[name]?.safety ?? {}, 'read-only'))
      it('changes nothing under `safety: read-only`', async () => {
        await ask('kept', { safety: 'read-only' })
        assert.ok(rig.ledger().filter(({ instance }) => instance === 'kept').length > 0)
        assert.ok(!existsSync(join(rig.workspace, `written-by-${name}`)))
      })

    it('is stopped with its tool, and its figures are a lower bound', async () => {
      const isTierKnown = Object.hasOwn(runtimes[name]?.safety ?? {}, 'autonomous')
      writeFileSync(join(rig.workspace, 'stalled-by-test'), '')
      const ending = ask('stalled', isTierKnown ? { safety: 'autonomous' } : {})
      // Not every CLI says that a tool has begun.
      for (let waited = 0; endless() === 0 && waited < 60_000; waited += 100) await delay(100)
      assert.equal(endless(), 1)
      rig.launcher.stop('stalled', 1, 'cancelled', 'term')
      const { failure, accounting } = await ending
      assert.deepEqual(failure, { kind: 'cancelled', cause: 'cancelled' })
      assert.equal(accounting.partial, true)
      assert.equal(endless(), 0)
    })
  })
