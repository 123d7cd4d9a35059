import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import type { Agent } from '../../src/agents/agent.ts'
import type { AttemptEnded } from '../../src/core/event.ts'
import type { Task } from '../../src/core/task.ts'
import { isInstalled } from './drive-agent.ts'
import { openRig, taskOf } from './rig.ts'

/** Writes down what it is asked, and what of its environment it was given. */
const server = String.raw`
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
const note = (line) => appendFileSync(process.argv[2], line + '\n')
const answer = (id, result) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', id, result }) + '\n')
note('started with ' + process.env.MARK)
createInterface({ input: process.stdin }).on('line', (line) => {
  const { id, method, params } = JSON.parse(line)
  note(method === 'tools/call' ? 'called ' + params.name + ' with ' + params.arguments.word : method)
  if (method === 'initialize')
    answer(id, { protocolVersion: params.protocolVersion, capabilities: { tools: {} }, serverInfo: { name: 's', version: '1' } })
  else if (method === 'tools/list') {
    const inputSchema = { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] }
    answer(id, { tools: [{ name: 'note', description: 'Notes a word.', inputSchema }] })
  } else if (method === 'tools/call') answer(id, { content: [{ type: 'text', text: 'noted' }] })
  else if (id !== undefined) answer(id, {})
})
`

/** By what name each CLI offers the tool `note` of the server `notes` to its model, and by what other name it is allowed. */
const toolNames: Readonly<Record<string, { readonly offered: string; readonly allowed?: string }>> = {
  claude: { offered: 'mcp__notes__note' },
  codex: { offered: 'mcp__notes__note' },
  gemini: { offered: 'mcp_notes_note' },
  copilot: { offered: 'notes-note', allowed: 'notes(note)' },
  qwen: { offered: 'mcp__notes__note' },
  opencode: { offered: 'notes_note' },
}

/** A real CLI starts the servers of `mcp`, offers their tools to its model and calls them; in a checkout of a stranger as well. */
export function driveMcp(agent: Agent): void {
  const skip = isInstalled(agent) ? false : `${agent.program} is not installed`
  describe(`the MCP servers of ${agent.name}`, { skip, concurrency: 2 }, () => {
    const visit = async (tree: boolean, task: Partial<Task>): Promise<{ ended: AttemptEnded; said: string }> => {
      const call = { name: toolNames[agent.name]?.offered, input: { word: 'hello' } }
      const rig = await openRig({
        trust: { tree, event: true },
        rules: JSON.stringify({ rules: [{ replies: [{ tools: [call] }, { text: 'DONE' }] }] }),
      })
      try {
        const program = join(rig.root, 'server.mjs')
        const noted = join(rig.root, 'noted')
        writeFileSync(program, server)
        const notes = { command: process.execPath, args: [program, noted], env: { MARK: 'a-mark' } }
        const ended = await rig.run(
          taskOf('it', agent.name, {
            action: { kind: 'prompt', prompt: 'Please note hello.' },
            mcp: { mcpServers: { notes } },
            ...task,
          }),
        )
        return { ended, said: existsSync(noted) ? readFileSync(noted, 'utf8') : '' }
      } finally {
        await rig.close()
      }
    }

    it('are started as the file says, and their tools called', async () => {
      const { ended, said } = await visit(true, { safety: 'autonomous' })
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.match(said, /^started with a-mark$/m)
      assert.match(said, /^called note with hello$/m)
    })

    it('are started under `read-only`, and none of their tools called', async () => {
      const { ended, said } = await visit(true, { safety: 'read-only' })
      assert.equal(ended.failure, null, JSON.stringify(ended.failure))
      assert.match(said, /^tools\/list$/m)
      assert.doesNotMatch(said, /^called/m)
    })

    const { allowed, offered } = toolNames[agent.name] ?? {}
    if (agent.supports.has('allowed-tools'))
      it(`have \`${allowed ?? offered}\` called where it is allowed`, async () => {
        const { ended, said } = await visit(true, { allowedTools: [allowed ?? offered ?? ''] })
        assert.equal(ended.failure, null, JSON.stringify(ended.failure))
        assert.match(said, /^called note with hello$/m)
      })

    it('are those of the file in the checkout of a stranger, too', async () => {
      const { ended, said } = await visit(false, { safety: 'autonomous' })
      if (ended.failure === null) assert.match(said, /^called note with hello$/m)
      else assert.match(JSON.stringify(ended.failure), /only runs in one that is trusted/)
    })
  })
}
