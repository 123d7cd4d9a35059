import assert from 'node:assert/strict'
import { lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { claude } from '../../src/agents/claude/claude.ts'
import { codex } from '../../src/agents/codex/codex.ts'
import { directoryOf } from './replay.ts'
import { taskOf } from './rig.ts'

let root: string
before(() => {
  root = mkdtempSync(join(tmpdir(), 'command-'))
  for (const [folder, file] of [
    ['.claude', '.credentials.json'],
    ['.codex', 'auth.json'],
  ] as const) {
    mkdirSync(join(root, 'user', folder), { recursive: true })
    writeFileSync(join(root, 'user', folder, file), '{}')
  }
})
after(() => rmSync(root, { recursive: true }))

let homes = 0
const home = (): string => {
  const path = join(root, `home-${homes++}`)
  mkdirSync(path)
  return path
}

const task = taskOf('x', 'claude', {
  action: { kind: 'prompt', prompt: 'The prompt.' },
  model: 'opus',
  args: ['--effort', 'high'],
  maxTurns: 3,
  allowedTools: ['Read', 'Bash(git log:*)'],
  disallowedTools: ['WebFetch'],
  permissions: { allow: ['Grep'], deny: ['Write'] },
  instructions: 'Be brief.',
  mcp: { mcpServers: {} },
  outputSchema: { type: 'object' },
  budget: { costUsd: 1.5, warnAt: 0.8, onExceeded: 'stop' },
})

const { mcp: _, ...plain } = task

describe('the command line of claude', () => {
  it('says everything a task asks for, the prompt on standard input', () => {
    const { argv, stdin } = claude.command(task, directoryOf(home()))
    assert.equal(stdin, 'The prompt.')
    assert.deepEqual(argv.slice(1), [
      '-p',
      '--output-format',
      'stream-json',
      '--verbose',
      '--model',
      'opus',
      '--max-turns',
      '3',
      '--allowedTools',
      'Read,Bash(git log:*),Grep',
      '--disallowedTools',
      'WebFetch,Write',
      '--append-system-prompt',
      'Be brief.',
      '--mcp-config',
      '{"mcpServers":{}}',
      '--strict-mcp-config',
      '--json-schema',
      '{"type":"object"}',
      '--max-budget-usd',
      '1.5',
      '--effort',
      'high',
    ])
  })

  it('keeps a tree that is not trusted from configuring it', () => {
    const { argv } = claude.command(plain, directoryOf(home(), { trust: { tree: false, event: true } }))
    assert.match(argv.join(' '), /--strict-mcp-config --setting-sources user/)
  })

  it('links a login in where there is no key, and only there', () => {
    const userHome = join(root, 'user')
    const without = home()
    claude.command(task, directoryOf(without, { userHome }))
    assert.equal(readlinkSync(join(without, '.claude/.credentials.json')), join(userHome, '.claude/.credentials.json'))
    const withKey = home()
    claude.command(task, directoryOf(withKey, { userHome, env: { ANTHROPIC_API_KEY: 'k' } }))
    assert.throws(() => lstatSync(join(withKey, '.claude/.credentials.json')), { code: 'ENOENT' })
  })
})

describe('the command line of codex', () => {
  it('says everything a task asks for, the prompt on standard input', () => {
    const directory = directoryOf(home())
    const { argv, stdin, env } = codex.command({ ...task, args: ['--search'], safety: 'read-only' }, directory)
    assert.equal(stdin, 'The prompt.')
    assert.deepEqual(env, { CODEX_HOME: join(directory.home, '.codex') })
    const said = argv.join(' ')
    assert.match(said, /^\/bin\/codex exec --json --skip-git-repo-check .*-m opus -s read-only/)
    assert.match(said, /-c developer_instructions="Be brief." --output-schema \S+ --search -$/)
    assert.doesNotMatch(said, /model_provider|project_doc/)
  })

  it('reads no documents of a tree that is not trusted', () => {
    const { argv } = codex.command(task, directoryOf(home(), { trust: { tree: false, event: true } }))
    assert.match(argv.join(' '), /-c project_doc_max_bytes=0/)
  })

  it('takes a base URL and a key from the environment, else the login', () => {
    const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'https://proxy.example/v1' }
    const command = codex.command(task, directoryOf(home(), { env }))
    assert.match(command.argv.join(' '), /base_url="https:\/\/proxy\.example\/v1" .*env_key="OPENAI_API_KEY"/)
    assert.equal(command.env['CODEX_API_KEY'], 'k')
    const without = home()
    codex.command(task, directoryOf(without, { userHome: join(root, 'user') }))
    assert.equal(readlinkSync(join(without, '.codex/auth.json')), join(root, 'user/.codex/auth.json'))
  })
})
