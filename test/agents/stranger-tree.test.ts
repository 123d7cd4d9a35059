import assert from 'node:assert/strict'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openRig, taskOf } from './rig.ts'

describe("a stranger's working tree", () => {
  it('does not decide by a linked working directory what may be attached', async (t) => {
    const rig = await openRig({ trustWorkingTree: false })
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
})
