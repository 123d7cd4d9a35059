import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, describe, it } from 'node:test'
import type { MemoryRule, MemoryStore } from '../../src/core/memory.ts'
import { ownTrust } from '../../src/core/run-trust.ts'
import { recoverRun } from '../../src/journal/recover.ts'
import { runDirectoryAt } from '../../src/journal/run-directory.ts'
import { executeRun } from '../../src/run/execute-run.ts'
import type { RunOptions } from '../../src/run/run-options.ts'
import { defaultRules, parseRules } from '../../src/simulate/rules.ts'
import { instanceNamed, runStarted } from '../journal/small-run.ts'

const root = mkdtempSync(join(tmpdir(), 'memory-run-'))
after(() => rmSync(root, { recursive: true, force: true }))

const mkWorkspace = (): string => mkdtempSync(join(root, 'w-'))
const usual: MemoryRule = { name: 'notes', maxBytes: 1000, maxFiles: 3 }

describe(
  'the memory of an instance',
  { skip: process.platform === 'win32' && 'its scripts are for a POSIX shell' },
  () => {
    const run = async (script: string, workspace: string, more: Partial<RunOptions> = {}, memory = usual) => {
      const instance = instanceNamed('a')
      const process_ = { ...instance.process, action: { kind: 'script', script }, memory } as const
      const outcome = await executeRun({
        plan: runStarted([{ ...instance, process: process_ }]).plan,
        inputs: {},
        only: null,
        workspace,
        environment: { PATH: process.env['PATH'], API_KEY: 'a-secret-word-1234' },
        secrets: ['a-secret-word-1234'],
        reporters: () => [],
        trust: ownTrust,
        ...more,
      })
      const at = outcome.state.instances.get('a')
      const text = at?.attempts.at(-1)?.ended?.text ?? ''
      return {
        outcome,
        text,
        result: at?.result,
        notices: outcome.state.notices.map(({ message }) => message).join('\n'),
      }
    }
    const inMemory = (workspace: string, path: string): string | undefined => {
      const file = join(workspace, '.orchestrator/memory/notes', path)
      return existsSync(file) ? readFileSync(file, 'utf8') : undefined
    }

    it('is found again by the next run, masked, and what is removed stays away', async () => {
      const workspace = mkWorkspace()
      const key = 'a-secret-word-1234'
      const first = await run(
        `cd "$ORCHESTRATOR_MEMORY"; mkdir d; echo "key ${key}" > d/one; echo two > two`,
        workspace,
      )
      assert.equal(first.result, 'success')
      assert.equal(inMemory(workspace, 'd/one'), 'key ***\n')
      const second = await run('cd "$ORCHESTRATOR_MEMORY"; cat d/one two; rm two; echo 3 > three', workspace)
      assert.equal(second.text, 'key ***\ntwo\n')
      assert.deepEqual([inMemory(workspace, 'two'), inMemory(workspace, 'three')], [undefined, '3\n'])
      assert.match(
        readFileSync(join(first.outcome.directory.path, 'journal.ndjson'), 'utf8'),
        /"type":"effect\.started".*"kind":"memory","name":"notes","changes":\[/,
      )
    })

    it('is kept by attempts that ended well alone, and within its limits', async () => {
      const workspace = mkWorkspace()
      for (const [script, why] of [
        ['echo x > "$ORCHESTRATOR_MEMORY/x"; exit 1', /^$/],
        ['cd "$ORCHESTRATOR_MEMORY"; touch a b c d', /was not kept: it has more than 3 files/],
        [
          'cd "$ORCHESTRATOR_MEMORY"; head -c 600 /dev/zero | tr "\\0" x | tee a > b',
          /was not kept: it has more than 1000 bytes/,
        ],
      ] as const) {
        assert.match((await run(script, workspace)).notices, why)
        assert.equal(existsSync(join(workspace, '.orchestrator/memory')), false)
      }
      const odd = await run(
        'cd "$ORCHESTRATOR_MEMORY"; echo x > good; printf "a\\000b" > bin; ln -s /etc/passwd link; echo obey > CLAUDE.md; mkdir .git; echo x > .git/config',
        workspace,
      )
      assert.equal(odd.result, 'success')
      assert.match(odd.notices, /only text files are, and none that agents obey/)
      for (const path of ['bin', 'link', 'CLAUDE.md', '.git/config']) assert.equal(inMemory(workspace, path), undefined)
      assert.equal(inMemory(workspace, 'good'), 'x\n')
    })

    it('is of every instance that writes to it at the same time', async () => {
      const workspace = mkWorkspace()
      const scripts = ['a', 'b', 'c'].map((name) => `echo ${name} > "$ORCHESTRATOR_MEMORY/${name}"`)
      await Promise.all(scripts.map((script) => run(script, workspace)))
      assert.deepEqual(
        ['a', 'b', 'c'].map((name) => inMemory(workspace, name)),
        ['a\n', 'b\n', 'c\n'],
      )
    })

    it('is read and left as it is by a simulated run, and where it may not be written', async () => {
      const workspace = mkWorkspace()
      await run('echo one > "$ORCHESTRATOR_MEMORY/a"', workspace)
      const simulated = await run('cat "$ORCHESTRATOR_MEMORY/a"; echo two > "$ORCHESTRATOR_MEMORY/a"', workspace, {
        simulation: defaultRules,
      })
      assert.equal(simulated.text, 'one\n')
      assert.match(simulated.notices, /was not kept: the run is simulated/)
      assert.equal(inMemory(workspace, 'a'), 'one\n')
      let written = 0
      const memory: MemoryStore = {
        refusal: 'mallory is a stranger',
        read: () => Promise.resolve({ files: new Map(), version: '' }),
        write: () => Promise.resolve([String(written++)]),
      }
      const untrusted = await run('echo two > "$ORCHESTRATOR_MEMORY/a"', workspace, { memory })
      assert.equal(untrusted.result, 'success')
      assert.match(untrusted.notices, /was not kept: mallory is a stranger/)
      assert.equal(written, 0)
    })

    it('is a directory that Claude Code itself may work in, and that its tools find by the variable', async () => {
      const workspace = mkWorkspace()
      await run('echo "the build is slow" > "$ORCHESTRATOR_MEMORY/known.txt"', workspace)
      const script = 'cd "$ORCHESTRATOR_MEMORY" && pwd && cat known.txt && echo new > new.txt && ls'
      const { rules } = parseRules(
        'rules.yml',
        JSON.stringify({ rules: [{ replies: [{ tools: [{ run: script }] }, { text: 'Done.' }] }] }),
      )
      const instance = instanceNamed('a')
      const process_ = {
        ...instance.process,
        runtime: 'claude',
        action: { kind: 'prompt', prompt: 'Remember.' },
        allowedTools: ['Bash'],
        memory: usual,
      } as const
      const { state, directory } = await executeRun({
        plan: runStarted([{ ...instance, pool: 'agents', process: process_ }]).plan,
        inputs: {},
        only: null,
        workspace,
        environment: { PATH: `${resolve(import.meta.dirname, '../../node_modules/.bin')}:${process.env['PATH']}` },
        simulation: rules,
        reporters: () => [],
        trust: ownTrust,
      })
      const ended = state.instances.get('a')?.attempts.at(-1)?.ended
      assert.equal(ended?.failure, null, JSON.stringify(ended))
      assert.equal(ended.denials, 0)
      const printed = readFileSync(join(directory.path, ended.stdoutFile ?? ''), 'utf8')
      const [, reachable = ''] = /"additional_directories":\["([^"]+)"\]/.exec(printed) ?? []
      assert.match(reachable, /\/memory$/, printed)
      assert.ok(printed.includes(`${reachable}\\nthe build is slow\\nknown.txt\\nnew.txt`), printed)
    })

    it('is empty, which is said, where it cannot be read, and does not fail the instance where it cannot be written', async () => {
      const broken = (read: boolean): MemoryStore => ({
        read: () =>
          read ? Promise.resolve({ files: new Map(), version: '' }) : Promise.reject(new Error('no network')),
        write: () => Promise.reject(new Error('no space')),
      })
      const script = 'echo x > "$ORCHESTRATOR_MEMORY/a"'
      const unread = await run(script, mkWorkspace(), { memory: broken(false) })
      assert.equal(unread.result, 'success')
      assert.match(unread.notices, /is empty, and is not kept this time: no network/)
      const unwritten = await run(script, mkWorkspace(), { memory: broken(true) })
      assert.equal(unwritten.result, 'success')
      assert.match(unwritten.notices, /was not kept: no space/)
    })

    it('is written by a resumed run that finds it begun, and the instance is not run again', async () => {
      const workspace = mkWorkspace()
      const runDirectory = join(workspace, 'run')
      await run('echo x >> ran; echo one > "$ORCHESTRATOR_MEMORY/a"', workspace, { runDirectory })
      const journal = join(runDirectory, 'journal.ndjson')
      const lines = readFileSync(journal, 'utf8').split('\n')
      const begun = lines.findIndex((line) => line.includes('"effect.started"'))
      writeFileSync(journal, `${lines.slice(0, begun + 1).join('\n')}\n`)
      rmSync(join(workspace, '.orchestrator/memory'), { recursive: true })
      const recovery = recoverRun(journal)
      const runId = recovery.state.started?.runId ?? ''
      const directory = runDirectoryAt(runDirectory, runId)
      const resumed = await run('exit 9', workspace, { resume: { ...recovery, runId, directory, changed: [] } })
      assert.equal(resumed.result, 'success')
      assert.equal(inMemory(workspace, 'a'), 'one\n')
      assert.equal(readFileSync(join(workspace, 'ran'), 'utf8'), 'x\n')
    })
  },
)
