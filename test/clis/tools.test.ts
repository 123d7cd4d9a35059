import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Task } from '../../src/core/task.ts'
import { openRig, type Rig, taskOf } from '../agents/rig.ts'
import { foreignAgents, installClis } from './installed.ts'

after(installClis(foreignAgents).remove)

/** The name of each CLI's shell, as its tools are allowed and denied by. */
const shells: Readonly<Record<string, string>> = {
  qwen: 'run_shell_command',
  opencode: 'bash',
  pi: 'bash',
  copilot: 'shell',
}

describe('what CLIs may do by `allowed-tools` and `disallowed-tools`', { concurrency: 2 }, () => {
  let rig: Rig
  before(async () => {
    rig = await openRig({
      rules: `
rules:
  - match: { prompt: Please make }
    replies: [{ tools: [{ run: 'touch "$FILE"' }] }, { text: Done. }]
    repeat: true
`,
    })
  })
  after(() => rig.close())

  const isMade = async (runtime: string, id: string, task: Partial<Task>): Promise<boolean> => {
    const file = `made-by-${id}`
    await rig.run(
      taskOf(id, runtime, { action: { kind: 'prompt', prompt: `Please make ${file}.` }, env: { FILE: file }, ...task }),
    )
    assert.ok(
      rig.ledger().some(({ instance }) => instance === id),
      'its model was asked',
    )
    return existsSync(join(rig.workspace, file))
  }

  for (const { name } of foreignAgents) {
    const shell = shells[name] ?? 'bash'
    it(`${name} runs a command where it is allowed, and none where it is not`, async () => {
      assert.equal(await isMade(name, `${name}-allowed`, { allowedTools: [shell] }), true)
      assert.equal(await isMade(name, `${name}-denied`, { safety: 'autonomous', disallowedTools: [shell] }), false)
      assert.equal(await isMade(name, `${name}-reading`, { safety: 'read-only', allowedTools: [shell] }), false)
    })
  }
})
