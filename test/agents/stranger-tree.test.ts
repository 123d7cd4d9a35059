import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, it } from 'node:test'
import type { Task } from '../../src/core/task.ts'
import { openRig, taskOf } from './rig.ts'

describe("a stranger's working tree", () => {
  it('does not decide by a linked working directory what may be attached', async (t) => {
    const rig = await openRig({ trust: { tree: false } })
    t.after(() => rig.close())
    mkdirSync(join(rig.root, 'user/.ssh'))
    writeFileSync(join(rig.root, 'user/.ssh/id'), 'key\n')
    symlinkSync(join(rig.root, 'user/.ssh'), join(rig.workspace, 'packages'))
    const { failure } = await rig.run(
      taskOf('review', 'claude', {
        action: { kind: 'prompt', prompt: 'Look.' },
        workingDirectory: 'packages',
        attach: ['id'],
      }),
    )
    assert.deepEqual(failure, {
      kind: 'spawn',
      code: 'ATTACH',
      detail: 'cannot attach id: it is outside the workspace or inside .git',
    })
  })

  const skip = process.platform === 'win32' && 'its programs are scripts for a POSIX shell'

  /** What a task printed in a tree with these files. */
  async function printed(files: Record<string, string>, task: Partial<Task> & Pick<Task, 'action' | 'runtime'>) {
    const rig = await openRig({ trust: { tree: false } })
    try {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(rig.workspace, name)), { recursive: true })
        writeFileSync(join(rig.workspace, name), text, { mode: 0o755 })
      }
      const ended = await rig.run(taskOf('it', task.runtime, task))
      assert.equal(ended.failure, null, ended.tail)
      return readFileSync(join(rig.root, 'run/logs/it.1.stdout.log'), 'utf8')
    } finally {
      await rig.close()
    }
  }

  const evilModule = { 'json.py': 'print("EVIL")\n', 'os.py': 'print("EVIL")\n' }
  const script = 'import json\nprint(json.dumps({"a": 1}))'

  for (const [what, runtime, action] of [
    ['a Python script', 'python', { kind: 'script', script }],
    ['a long Python script', 'python', { kind: 'script', script: `${script}\n${'#'.repeat(70_000)}` }],
    ['Python’s own modules', 'python', { kind: 'argv', argv: ['-m', 'json.tool', '--help'] }],
    ['a script for `shell: python`', 'shell', { kind: 'script', script, shell: 'python' }],
    ['a script for `shell: python3 -u {0}`', 'shell', { kind: 'script', script, shell: 'python3 -u {0}' }],
  ] satisfies [string, string, Task['action']][])
    it(`gives ${what} no modules`, { skip }, async () => {
      assert.doesNotMatch(await printed(evilModule, { runtime, action }), /EVIL/)
    })

  for (const [isTrusted, expected] of [
    [false, 'none'],
    [true, 'EVIL'],
  ] as const)
    it(`gives a Node script ${isTrusted ? 'its packages' : "no package of a stranger's"}`, { skip }, async () => {
      const rig = await openRig({ trust: { tree: false, event: isTrusted } })
      try {
        mkdirSync(join(rig.workspace, 'node_modules/yaml'), { recursive: true })
        writeFileSync(join(rig.workspace, 'node_modules/yaml/index.js'), 'module.exports = "EVIL"\n')
        const script = "let said = 'none'; try { said = require('yaml') } catch {} console.log(said)"
        await rig.run(taskOf('it', 'node', { action: { kind: 'script', script } }))
        assert.equal(readFileSync(join(rig.root, 'run/logs/it.1.stdout.log'), 'utf8'), `${expected}\n`)
        const modern = "import { sep } from 'node:path'; console.log(sep, await 1)"
        await rig.run(taskOf('modern', 'node', { action: { kind: 'script', script: modern } }))
        assert.equal(readFileSync(join(rig.root, 'run/logs/modern.1.stdout.log'), 'utf8'), '/ 1\n')
      } finally {
        await rig.close()
      }
    })

  it('gives no program by way of the PATH of an instance', { skip }, async () => {
    const tools = { 'tools/date': '#!/bin/sh\necho EVIL\n', date: '#!/bin/sh\necho EVIL\n' }
    const action: Task['action'] = { kind: 'argv', argv: ['date', '+%Y'] }
    const PATH = `./tools:tools::${process.env['PATH'] ?? ''}`
    assert.match(await printed(tools, { runtime: 'shell', action, env: { PATH } }), /^\d{4}\n$/)
  })

  for (const [what, task] of [
    ['an option', { args: ['--settings', '.claude/ci.json'] }],
    ['an option with `=`', { args: ['--settings=.claude/ci.json'] }],
    ['a folder', { args: ['--plugin-dir', './.claude'] }],
    ['a quoted value', { args: ['-c', 'hooks="./.claude/ci.json"'] }],
    ['the script of an MCP server', { mcp: { mcpServers: { x: { command: 'node', args: ['.claude/ci.json'] } } } }],
    ['the program of an MCP server', { mcp: { mcpServers: { x: { command: './.claude/ci.json' } } } }],
  ] satisfies [string, Partial<Task>][])
    it(`configures no agent by ${what} when a stranger caused the run`, async () => {
      const rig = await openRig({ trust: { tree: false, event: false }, rules: 'rules: []' })
      try {
        mkdirSync(join(rig.workspace, '.claude'))
        writeFileSync(join(rig.workspace, '.claude/ci.json'), '{}', { mode: 0o755 })
        const action: Task['action'] = { kind: 'prompt', prompt: 'Hello.' }
        const { failure } = await rig.run(taskOf('it', 'claude', { action, ...task }))
        assert.equal(failure?.kind === 'spawn' && failure.code, 'UNTRUSTED')
        assert.match(failure?.detail ?? '', /ci\.json|\.claude.* names something in the working tree/)
      } finally {
        await rig.close()
      }
    })

  const writes = 'rules: [{ reply: { tools: [{ run: "touch ran" }], text: done } }]'

  for (const runtime of ['claude', 'codex'] as const)
    for (const safety of ['autonomous', 'supervised', 'default'] as const)
      it(`lets ${runtime} only read, though the file says ${safety}, when a stranger caused the run`, async () => {
        const rig = await openRig({ trust: { tree: false, event: false }, rules: writes })
        try {
          const action: Task['action'] = { kind: 'prompt', prompt: 'Hello.' }
          const allowed = runtime === 'claude' ? { allowedTools: ['Bash'], permissions: { allow: ['Bash'] } } : {}
          await rig.run(taskOf('it', runtime, { action, safety, ...allowed }))
          assert.ok(!existsSync(join(rig.workspace, 'ran')))
        } finally {
          await rig.close()
        }
      })

  it('lets an agent do what the file says when its own people caused the run', async () => {
    const rig = await openRig({ trust: { tree: false, event: true }, rules: writes })
    try {
      const action: Task['action'] = { kind: 'prompt', prompt: 'Hello.' }
      const { failure } = await rig.run(taskOf('it', 'claude', { action, safety: 'autonomous' }))
      assert.equal(failure, null)
      assert.ok(existsSync(join(rig.workspace, 'ran')))
    } finally {
      await rig.close()
    }
  })

  for (const [runtime, args, isTrusted] of [
    ['claude', ['--permission-mode', 'bypassPermissions'], false],
    ['claude', ['--permission-mode=bypassPermissions'], false],
    ['claude', ['--dangerously-skip-permissions'], false],
    ['claude', ['--tools', 'Bash'], false],
    ['codex', ['-s', 'danger-full-access'], false],
    ['codex', ['-sdanger-full-access'], false],
    ['codex', ['--sandbox=workspace-write'], false],
    ['codex', ['-c', 'sandbox_mode="danger-full-access"'], false],
    ['codex', ['--config=approval_policy="never"'], false],
    ['codex', ['--dangerously-bypass-approvals-and-sandbox'], false],
    ['claude', ['--setting-sources', 'project'], true],
    ['claude', ['--setting-sources=user,project'], true],
    ['claude', ['--setting-sources', 'local'], false],
    ['codex', ['-c', 'project_doc_max_bytes=32768'], true],
    ['codex', ['-c', 'skills.include_instructions=true'], true],
    ['codex', ['--trust'], true],
  ] as const)
    it(`does not start ${runtime} with ${args.join(' ')} ${isTrusted ? 'in a strange tree' : "on a stranger's event"}`, async () => {
      const rig = await openRig({ trust: { tree: false, event: isTrusted }, rules: 'rules: []' })
      try {
        const action: Task['action'] = { kind: 'prompt', prompt: 'Hello.' }
        const { failure } = await rig.run(taskOf('it', runtime, { action, args: ['--verbose', ...args] }))
        assert.equal(failure?.kind === 'spawn' && failure.code, 'UNTRUSTED')
        assert.match(failure?.detail ?? '', new RegExp(args[0] === '-c' ? '-c' : args[0].slice(0, 6)))
      } finally {
        await rig.close()
      }
    })

  it('does not take words for options', async () => {
    const rig = await openRig({ trust: { tree: false, event: false }, rules: 'rules: []' })
    try {
      const action: Task['action'] = { kind: 'prompt', prompt: 'Hello.' }
      const args = ['--setting-sources', 'user', '--append-system-prompt', 'Say --tools and sandbox_mode.']
      assert.equal((await rig.run(taskOf('it', 'claude', { action, args }))).failure, null)
    } finally {
      await rig.close()
    }
  })

  it('leaves agents their words, also where a folder has the name of one', async () => {
    const rig = await openRig({ trust: { tree: false, event: false }, rules: 'rules: []' })
    try {
      for (const name of ['haiku', 'Read', 'src']) mkdirSync(join(rig.workspace, name))
      const action: Task['action'] = { kind: 'prompt', prompt: 'Hello.' }
      const args = ['--add-dir', 'src', '--fallback-model', 'haiku', '--disallowedTools', 'Read']
      const { failure } = await rig.run(taskOf('it', 'claude', { action, args }))
      assert.equal(failure, null)
    } finally {
      await rig.close()
    }
  })
})

describe('a path that an upstream gave', () => {
  it('is attached only from where runs keep their files', async () => {
    const rig = await openRig({ rules: 'rules: []' })
    try {
      mkdirSync(join(rig.workspace, '.git'))
      writeFileSync(join(rig.workspace, '.git/config'), 'extraheader = basic c2VjcmV0\n')
      writeFileSync(join(rig.root, 'outside.txt'), 'outside\n')
      writeFileSync(join(rig.workspace, 'report.txt'), 'fine\n')
      writeFileSync(join(rig.root, 'run/logs/a.1.stdout.log'), 'fine\n')
      symlinkSync('../outside.txt', join(rig.workspace, 'link.txt'))
      const attach = async (path: string, foreignAttach: string[]) => {
        const action: Task['action'] = { kind: 'prompt', prompt: 'Look.' }
        const id = `look${++count}`
        return (await rig.run(taskOf(id, 'claude', { action, attach: [path], foreignAttach }))).failure?.detail
      }
      let count = 0
      for (const path of [
        '.git/config',
        '../outside.txt',
        join(rig.root, 'outside.txt'),
        'link.txt',
        '.git/*',
        '/etc/passwd',
      ])
        assert.match((await attach(path, [path])) ?? '', /cannot attach .*outside the workspace or inside .git/, path)
      for (const path of ['report.txt', join(rig.root, 'run/logs/a.1.stdout.log')])
        assert.equal(await attach(path, [path]), undefined, path)
      assert.equal(await attach('../outside.txt', []), undefined, 'what the author of the file wrote is theirs')
    } finally {
      await rig.close()
    }
  })
})
